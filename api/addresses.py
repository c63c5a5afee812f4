"""Addresses: where a request came from, and by which names the studio is reached.

Called by api.middleware and api.deps.
Law: X-Forwarded-* is believed only when the connection itself comes from a proxy that the settings name, or from the
portal's own process beside this one, which proves itself by a key that only the two of them know.
"""

import secrets
from ipaddress import ip_address, ip_network
from typing import Final

from starlette.datastructures import Headers
from starlette.types import Scope

from engine.settings import Settings

PORTAL_HEADER: Final = "x-bom-portal"
"""Carries the portal's key. The portal writes over it what a visitor may have sent."""
_LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")


def client_address(scope: Scope, settings: Settings, portal_key: str) -> str:
    """The caller's address; behind trusted proxies the last one in X-Forwarded-For that is none of them.

    portal_key: what the portal's process beside this one proves itself with; empty where there is none.
    """
    address = str(scope["client"][0]) if scope.get("client") else ""
    headers = Headers(scope=scope)
    if not _is_portal(scope, address, headers, portal_key) and not _is_trusted(address, settings):
        return address
    hops = [hop.strip() for hop in ",".join(headers.getlist("x-forwarded-for")).split(",")]
    for hop in reversed(hops):
        if not _is_address(hop):
            break
        address = hop
        if not _is_trusted(hop, settings):
            break
    return address


def own_origins(scope: Scope, settings: Settings) -> frozenset[str]:
    """The origins whose pages may write: the public one, and the address that was called where it cannot be forged.

    A page of another site can make its own name point to this machine (DNS rebinding), so that a Host header proves
    nothing, unless it is a number or localhost: those names are nobody else's.
    """
    origins = {settings.public_url} if settings.public_url else set()
    host = Headers(scope=scope).get("host", "").lower()
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    if name in _LOOPBACK_NAMES or _is_address(name.strip("[]")):
        scheme = {"ws": "http", "wss": "https"}.get(scope["scheme"], scope["scheme"])
        origins.add(f"{scheme}://{host}")
    return frozenset(origins)


def _is_portal(scope: Scope, address: str, headers: Headers, portal_key: str) -> bool:
    """Whether the call comes from the portal's process: on this very machine, and with the key."""
    if not portal_key or not secrets.compare_digest(headers.get(PORTAL_HEADER, "").encode(), portal_key.encode()):
        return False
    here = str(scope["server"][0]) if scope.get("server") else ""
    return address == here or (_is_address(address) and ip_address(address).is_loopback)


def _is_trusted(address: str, settings: Settings) -> bool:
    if not settings.trusted_proxies or not _is_address(address):
        return False
    networks = (part.strip() for part in settings.trusted_proxies.split(","))
    return any(ip_address(address) in ip_network(network, strict=False) for network in networks if network)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
