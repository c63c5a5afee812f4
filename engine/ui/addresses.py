"""Addresses: what a list shows, kept in the address of its page.

Called by pages with filters. Law: a reload, a bookmark and the back button show the same list again.
"""

from collections.abc import Mapping
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import flet as ft

from engine.ui.desk import use_desk


def use_query() -> Mapping[str, str]:
    """What stands behind the ? of this window's address, by name; whatever asks is drawn again when that changes."""
    ft.use_route_location()
    return query_of(use_desk().address)


def query_of(address: str) -> Mapping[str, str]:
    """What stands behind the ? of an address; of what stands there twice, the last."""
    return dict(parse_qsl(urlsplit(address).query))


def address_of(path: str, asked: Mapping[str, str]) -> str:
    """A page's address; what is empty is left out."""
    query = urlencode({name: value for name, value in asked.items() if value}, quote_via=quote)
    return f"{path}?{query}" if query else path
