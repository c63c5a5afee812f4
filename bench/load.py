"""Load: fifty people who read and write at once, for half a minute, over real HTTP.

Called by bench (`python -m bench load`). The studio runs in a process of its own, as `bom serve` does.
"""

import os
import random
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import httpx

from bench.studio import EMAIL, PASSWORD, make_studio

PEOPLE = 50
SECONDS = 30.0
PAUSE_S = 0.5
"""Between two clicks of one person: much busier than anybody is."""


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
    times: list[float] = []
    errors: Counter[str] = Counter()
    made: list[str] = []
    with httpx.Client(base_url=base_url) as first:
        answer = first.post("/api/auth/login", json={"email": EMAIL, "password": PASSWORD})
        answer.raise_for_status()
        cookies = dict(first.cookies)
    end = time.monotonic() + SECONDS
    people = [
        threading.Thread(target=_person, args=(base_url, cookies, number, end, times, errors, made))
        for number in range(PEOPLE)
    ]
    for person in people:
        person.start()
    for person in people:
        person.join()
    with httpx.Client(base_url=base_url, cookies=cookies, timeout=30) as last:
        there = _all_clients(last)
    times.sort()
    return Load(
        requests=len(times),
        p50_ms=statistics.median(times),
        p95_ms=statistics.quantiles(times, n=20)[-1],
        slowest_ms=times[-1],
        errors=dict(errors),
        lost_writes=len(set(made) - there),
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


def _person(
    base_url: str,
    cookies: dict[str, str],
    number: int,
    end: float,
    times: list[float],
    errors: Counter[str],
    made: list[str],
) -> None:
    """One person: mostly looks, now and then writes."""
    chance = random.Random(number)
    with httpx.Client(base_url=base_url, cookies=cookies, timeout=30) as client:
        while time.monotonic() < end:
            method, address, body = _next_click(chance)
            began = time.perf_counter()
            try:
                answer = client.request(method, address, json=body, headers={"origin": base_url})
            except httpx.TransportError as problem:
                errors[type(problem).__name__] += 1
                continue
            times.append((time.perf_counter() - began) * 1000)
            if answer.status_code >= 400:
                errors[str(answer.status_code)] += 1
            elif method == "POST":
                made.append(answer.json()["id"])
            time.sleep(chance.uniform(0, 2 * PAUSE_S))


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
