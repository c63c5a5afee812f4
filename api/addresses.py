"""Addresses: where a request came from, and by which names the studio is reached.

Called by api.middleware and api.deps.
Law: X-Forwarded-* is believed only when the connection itself comes from a proxy that the settings name.
"""

from ipaddress import ip_address, ip_network

from starlette.datastructures import Headers
from starlette.types import Scope

from engine.settings import Settings

_LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")


def client_address(scope: Scope, settings: Settings) -> str:
    """The caller's address; behind trusted proxies the last one in X-Forwarded-For that is none of them."""
    address = scope["client"][0] if scope.get("client") else ""
    if not settings.trusted_proxies or not _is_trusted(address, settings):
        return str(address)
    hops = [hop.strip() for hop in ",".join(Headers(scope=scope).getlist("x-forwarded-for")).split(",")]
    for hop in reversed(hops):
        if not _is_address(hop):
            break
        address = hop
        if not _is_trusted(hop, settings):
            break
    return str(address)


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


def _is_trusted(address: str, settings: Settings) -> bool:
    if not _is_address(address):
        return False
    networks = (part.strip() for part in settings.trusted_proxies.split(","))
    return any(ip_address(address) in ip_network(network, strict=False) for network in networks if network)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
