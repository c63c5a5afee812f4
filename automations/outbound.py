"""Requests to addresses that a person typed: no way from there into the studio's own network.

Called by automations.workflows.hooks and, when an endpoint is saved, by api.services.
Law: the name is looked up once, every address that it has is checked, and the connection goes to exactly that address;
no redirect is followed and no proxy of the environment is used. A host of the private network is reached only where a
setting names it.

Why each: a name can point to 127.0.0.1 or to the cloud's metadata address; it can be written as one decimal number or
inside an IPv6 address; it can point elsewhere at the second look-up; a public host can redirect to a private one.
"""

import asyncio
import ipaddress
import socket
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

import httpx

from engine.core.errors import Invalid

LONGEST_ANSWER_BYTES: Final = 16_384
"""What is read of an answer; the rest is not our business."""
TIMEOUT_S: Final = 15.0
"""For the whole request: Standard Webhooks asks receivers to answer within 15 to 30 s."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], list[str]]

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_NAT64_LOCAL = ipaddress.IPv6Network("64:ff9b:1::/48")


class AddressRefused(Invalid):
    """The address must not be called; the message says why."""

    code = "address_refused"

    def __init__(self, message: str) -> None:
        super().__init__(message, field="url")


@dataclass(frozen=True)
class Target:
    """An address that was looked up and checked: where to connect, and what to say there."""

    url: httpx.URL
    ip: str


@dataclass(frozen=True)
class Answer:
    """How a request went. problem: empty where the receiver took it, else what a person can act on."""

    status_code: int | None
    duration_ms: int
    problem: str


def resolve(host: str, port: int) -> list[str]:
    """Every address that a name has just now, by this machine's resolver. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found))


def checked_target(url: str, private_hosts: Collection[str], *, look_up: Resolve = resolve) -> Target:
    """Where a request to `url` would go.

    private_hosts: names (or addresses) that may be private, with a port (`n8n.local:5678`) or for any port.
    Raises AddressRefused.
    """
    parsed = _parsed(url)
    host, port = parsed.host, parsed.port or (443 if parsed.scheme == "https" else 80)
    is_named = host in private_hosts or f"{host}:{port}" in private_hosts
    if parsed.scheme == "http" and not is_named:
        raise AddressRefused("The address must begin with https://, so that nobody on the way can read it.")
    try:
        ips = look_up(host, port)
    except (OSError, UnicodeError):
        raise AddressRefused(f"The name {host} cannot be found. Check the spelling.") from None
    if not ips:
        raise AddressRefused(f"The name {host} has no address. Check the spelling.")
    if not is_named and any(not _is_public(ipaddress.ip_address(ip)) for ip in ips):
        raise AddressRefused(
            f"{host} lies in a private network. If it is your own, name it in BOM_PRIVATE_HOSTS and try again."
        )
    return Target(parsed, ips[0])


def post(target: Target, body: bytes, headers: dict[str, str], *, timeout_s: float = TIMEOUT_S) -> Answer:
    """Send once and never again by itself. Only a 2xx within the time counts as taken."""
    return asyncio.run(_post(target, body, headers, timeout_s))


async def _post(target: Target, body: bytes, headers: dict[str, str], timeout_s: float) -> Answer:
    started = time.monotonic()
    status_code: int | None = None
    try:
        # One limit over all: a receiver that sends a byte now and then would never run into a limit per read.
        async with (
            asyncio.timeout(timeout_s),
            httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=timeout_s) as client,
            client.stream(
                "POST",
                target.url.copy_with(host=target.ip),
                content=body,
                headers={**headers, "host": _host_header(target.url)},
                extensions={"sni_hostname": target.url.host},
            ) as response,
        ):
            status_code = response.status_code
            read = 0
            async for block in response.aiter_raw():
                read += len(block)
                if read > LONGEST_ANSWER_BYTES:
                    break
        problem = _problem(status_code)
    except (TimeoutError, httpx.TimeoutException):
        problem = f"It did not answer within {timeout_s:.0f} s."
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as failure:
        problem = f"It could not be reached: {_reason(failure)}."
    return Answer(status_code, round((time.monotonic() - started) * 1000), problem)


def _parsed(url: str) -> httpx.URL:
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError):
        raise AddressRefused("This is not an address. It looks like https://n8n.example/webhook/1.") from None
    if parsed.scheme not in {"http", "https"} or not parsed.host:
        raise AddressRefused("The address must begin with https:// and name a host.")
    if parsed.userinfo:
        raise AddressRefused("The address must not hold a user name or password. Use the fixed header instead.")
    if len(url) > 2000:
        raise AddressRefused("The address has more than 2,000 characters.")
    return parsed


def _is_public(ip: Address) -> bool:
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64 or ip in _NAT64_LOCAL:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None and not _is_public(inner):
            return False
        if ip.ipv4_mapped is not None or ip in _NAT64:
            return True  # and what it holds is public
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and not ip.is_unspecified


def _host_header(url: httpx.URL) -> str:
    host = f"[{url.host}]" if ":" in url.host else url.host
    return host if url.port is None else f"{host}:{url.port}"


def _problem(status_code: int) -> str:
    if 200 <= status_code < 300:
        return ""
    if 300 <= status_code < 400:
        return f"It answered {status_code}, a redirect, which is not followed. Enter the address it leads to."
    return f"It answered {status_code}."


def _reason(failure: Exception) -> str:
    text = str(failure).strip().rstrip(".")
    return text[:200] or type(failure).__name__
