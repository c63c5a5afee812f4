"""Fetching: a file that the browser is to download.

Called by pages with something to fetch.
"""

import flet as ft


def fetch(address: str) -> None:
    """Have the browser download it."""
    ft.context.page.run_task(ft.UrlLauncher().launch_url, address, web_only_window_name="_self")
