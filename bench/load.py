"""Load: fifty people who read and write at once, for half a minute, over real HTTP.

Called by bench (`python -m bench load`). The studio runs in a process of its own, as `bom serve` does.
"""

import asyncio
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from bench.studio import EMAIL, PASSWORD, make_studio

PEOPLE = 50
SECONDS = 30.0
PAUSE_S = 0.5
"""Between two clicks of one person: much busier than anybody is."""
LONGEST_S = 30.0
"""Who has no answer by then has met an error."""


@dataclass(frozen=True)
class Load:
    """What fifty people met."""

    requests: int
    p50_ms: float
    p95_ms: float
    slowest_ms: float
    errors: dict[str, int]
    """Status or failure to how often; empty is well."""
    lost_writes: int
    """Clients that were made and answered 201, and are not in the list."""


@dataclass
class _Met:
    """What is met while they are at it."""

    times_ms: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    made: list[str] = field(default_factory=list)


def measure(folder: Path) -> Load:
    """Serve a studio of some size and let them all in."""
    shutil.rmtree(folder, ignore_errors=True)
    make_studio(folder, videos=2_000, projects=200, ledger_lines=50_000).close()
    server = subprocess.Popen(
        [sys.executable, "-m", "engine.cli", "serve", "--port", "8791", "--data", str(folder)],
        stderr=subprocess.DEVNULL,
        env={**os.environ, "BOM_DATABASE_URL": ""},
    )
    try:
        wait_until_alive("http://127.0.0.1:8791")
        return _crowd("http://127.0.0.1:8791")
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder)


def wait_until_alive(base_url: str) -> None:
    """Until the api answers there. Raises TimeoutError."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            if httpx.get(f"{base_url}/api/health").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise TimeoutError("the api did not start")


def _crowd(base_url: str) -> Load:
    met = _Met()
    with httpx.Client(base_url=base_url) as first:
        answer = first.post("/api/auth/login", json={"email": EMAIL, "password": PASSWORD})
        answer.raise_for_status()
        cookies = dict(first.cookies)
    asyncio.run(_everybody(base_url, cookies, met))
    with httpx.Client(base_url=base_url, cookies=cookies, timeout=30) as last:
        there = _all_clients(last)
    times = sorted(met.times_ms)
    return Load(
        requests=len(times),
        p50_ms=statistics.median(times),
        p95_ms=statistics.quantiles(times, n=20)[-1],
        slowest_ms=times[-1],
        errors=dict(met.errors),
        lost_writes=len(set(met.made) - there),
    )


def _all_clients(client: httpx.Client) -> set[str]:
    there: set[str] = set()
    cursor = None
    while True:
        page = client.get("/api/clients", params={"limit": 200, **({"cursor": cursor} if cursor else {})}).json()
        there |= {item["id"] for item in page["items"]}
        cursor = page["next_cursor"]
        if cursor is None:
            return there


async def _everybody(base_url: str, cookies: dict[str, str], met: _Met) -> None:
    end = time.monotonic() + SECONDS
    async with asyncio.TaskGroup() as people:
        for number in range(PEOPLE):
            people.create_task(_person(base_url, cookies, number, end, met))


async def _person(base_url: str, cookies: dict[str, str], number: int, end: float, met: _Met) -> None:
    """One person: mostly looks, now and then writes."""
    chance = random.Random(number)
    line = await _Line.open(base_url, cookies)
    while time.monotonic() < end:
        method, address, body = _next_click(chance)
        began = time.perf_counter()
        try:
            status, answer = await asyncio.wait_for(line.ask(method, address, body), LONGEST_S)
        except (OSError, EOFError, TimeoutError) as problem:
            met.errors[type(problem).__name__] += 1
            line.close()
            line = await _Line.open(base_url, cookies)
            continue
        met.times_ms.append((time.perf_counter() - began) * 1000)
        if status >= 400:
            met.errors[str(status)] += 1
        elif method == "POST":
            met.made.append(json.loads(answer)["id"])
        await asyncio.sleep(chance.uniform(0, 2 * PAUSE_S))
    line.close()


class _Line:
    """One browser's connection, kept open. Says what a browser says, and costs a tenth of what httpx does: fifty
    people on the server's own two cores would otherwise take more of them than it."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, head: str) -> None:
        self._reader, self._writer, self._head = reader, writer, head

    @classmethod
    async def open(cls, base_url: str, cookies: dict[str, str]) -> "_Line":
        """Raises OSError."""
        place = urlsplit(base_url)
        reader, writer = await asyncio.open_connection(place.hostname, place.port, limit=1 << 20)
        cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
        head = (
            f"Host: {place.netloc}\r\nOrigin: {base_url}\r\nCookie: {cookie}\r\nAccept: */*\r\n"
            "Accept-Encoding: gzip, deflate\r\nConnection: keep-alive\r\nUser-Agent: bench\r\n"
        )
        return cls(reader, writer, head)

    async def ask(self, method: str, address: str, body: dict[str, str] | None) -> tuple[int, bytes]:
        """Status and body. Raises OSError, EOFError."""
        content = json.dumps(body).encode() if body is not None else b""
        about = f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n" if content else ""
        self._writer.write(f"{method} {address} HTTP/1.1\r\n{self._head}{about}\r\n".encode() + content)
        head = (await self._reader.readuntil(b"\r\n\r\n")).lower()
        length = re.search(rb"\r\ncontent-length: (\d+)", head)
        return int(head[9:12]), await self._reader.readexactly(int(length[1]) if length else 0)

    def close(self) -> None:
        """Hang up."""
        self._writer.close()


def _next_click(chance: random.Random) -> tuple[str, str, dict[str, str] | None]:
    if chance.random() < 0.2:
        return "POST", "/api/clients", {"name": f"Klant {chance.randrange(10**6)}"}
    return "GET", chance.choice(_LOOKS), None


_LOOKS = (
    "/api/projects",
    "/api/videos?limit=20",
    "/api/jobs",
    "/api/clients",
    "/api/costs/summary?by=provider",
    "/api/notifications",
    "/api/exports?limit=20",
    "/api/auth/me",
)
