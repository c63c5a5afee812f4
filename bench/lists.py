"""Lists and sums over a large studio: every screen's query, in process, against one of a tenth of the videos and of the
ledger's lines, with as many clients and projects.

Called by bench (`python -m bench lists`).
"""

import asyncio
import shutil
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx

from api.main import create_app
from api.studio import Studio
from bench.studio import EMAIL, NOW, make_studio
from engine.core import sessions, staff
from engine.settings import Settings

ROUNDS = 60
FAST_ENOUGH_MS = 5.0
"""Growth is not judged below: the noise of two cores is larger than that."""


@dataclass(frozen=True)
class Measured:
    """One address: the 95th percentile in ms at full size and at a tenth."""

    address: str
    large_ms: float
    small_ms: float

    @property
    def growth(self) -> float:
        """How much longer it takes with ten times the rows."""
        return max(self.large_ms, FAST_ENOUGH_MS) / max(self.small_ms, FAST_ENOUGH_MS)


def measure(folder: Path) -> list[Measured]:
    """Every list and sum that the api has."""
    shutil.rmtree(folder, ignore_errors=True)
    found = asyncio.run(_both(folder))
    shutil.rmtree(folder)
    return found


async def _both(folder: Path) -> list[Measured]:
    """Asked in turns, so that a machine that slows down for a while slows both sizes."""
    async with (
        _asked(folder / "large", videos=10_000, ledger_lines=1_000_000) as large,
        _asked(folder / "small", videos=1_000, ledger_lines=100_000) as small,
    ):
        in_small = await _addresses(small)
        return [
            Measured(name, *await _p95_ms((large, address), (small, in_small[name])))
            for name, address in (await _addresses(large)).items()
        ]


@asynccontextmanager
async def _asked(folder: Path, *, videos: int, ledger_lines: int) -> AsyncIterator[httpx.AsyncClient]:
    """A studio of 50 clients and 500 projects, and its owner who asks."""
    database = make_studio(folder, videos=videos, projects=500, ledger_lines=ledger_lines)
    with database.writing() as session:
        owner = staff.find_staff(session, EMAIL)
        assert owner is not None
        token, _ = sessions.begin_session(
            session, owner, lasts=timedelta(days=1), address="127.0.0.1", user_agent="bench", at=NOW
        )
    transport = httpx.ASGITransport(create_app(Studio(database, Settings(data_dir=folder), clock=lambda: NOW)))
    async with httpx.AsyncClient(transport=transport, base_url="http://bench", cookies={"bom": token}) as client:
        yield client
    database.close()


async def _addresses(client: httpx.AsyncClient) -> dict[str, str]:
    """What is measured, under a name that is the same for every size."""
    project = (await client.get("/api/projects")).json()["items"][0]
    videos = (await client.get("/api/videos", params={"project_id": project["id"]})).json()["items"]
    plain = [
        "/api/clients",
        "/api/projects",
        "/api/projects?sort=due_on",
        "/api/projects?sort=-updated_at",
        "/api/projects?status=review",
        "/api/projects?search=campagne",
        "/api/projects?search=campagne 0004",
        "/api/videos",
        "/api/videos?sort=title",
        "/api/videos?status=ready",
        "/api/exports",
        "/api/library",
        "/api/library?status=ready&sort=created_at",
        "/api/library?status=ready&format=1:1&video_type=avatar_vo&longest_ms=15000",
        "/api/library?status=ready&since=2026-11-01T00:00:00Z",
        "/api/library?status=failed",
        "/api/library?archived=true",
        "/api/library?search=oliebol",
        "/api/library?search=kerstmarkt brood",
        "/api/library?search=de het een",
        "/api/library?search=d e b",
        "/api/library?search=feestlijken&status=ready&format=16:9",
        "/api/library?search=bestaatniet",
        "/api/assets",
        "/api/assets?type=clip",
        "/api/jobs",
        "/api/jobs?status=failed",
        "/api/events",
        "/api/audit",
        "/api/audit?area=work",
        "/api/audit?actor=system&area=money&since=2026-03-01T00:00:00Z",
        "/api/notifications",
        "/api/costs/ledger",
        "/api/costs/ledger?provider=heygen",
        "/api/costs/ledger?kind=voice",
        "/api/costs/ledger?kind=image&provider=heygen&since=2026-03-01T00:00:00Z",
        "/api/costs/months/2026-11",
        "/api/costs/drift",
        "/api/costs/summary?first_day=2026-11-01&last_day=2026-11-30&by=day",
        "/api/costs/summary?first_day=2026-11-01&last_day=2026-11-30&by=provider",
        "/api/costs/summary?first_day=2026-11-01&last_day=2026-11-30&by=client",
        "/api/costs/summary?by=client",
        "/api/costs/summary?by=project",
        "/api/costs/summary?by=month",
        "/api/costs/summary?by=project&provider=heygen",
        "/api/costs/summary?first_day=2026-03-15&last_day=2026-11-22&by=client",
        "/api/costs/summary?first_day=2026-03-15&last_day=2026-11-22&by=project",
        "/api/costs/summary?first_day=2026-03-15&last_day=2026-11-22&by=project&provider=heygen",
        "/api/costs/prices",
        "/api/costs/budgets",
    ]
    addresses = {address: address for address in plain} | {
        "one project's videos": f"/api/videos?project_id={project['id']}",
        "one project's files": f"/api/projects/{project['id']}/files",
        "one project's moves": f"/api/projects/{project['id']}/moves",
        "one project's deliveries": f"/api/projects/{project['id']}/deliveries",
        "one project's films": f"/api/library?project_id={project['id']}",
        "one client's films": f"/api/library?client_id={project['client_id']}&status=ready&limit=10",
        "one client's projects": f"/api/projects?client_id={project['client_id']}",
        "one project's ledger": f"/api/costs/ledger?project_id={project['id']}",
        "one client's ledger": f"/api/costs/ledger?client_id={project['client_id']}",
        "one project's costs": f"/api/costs/summary?project_id={project['id']}&by=provider",
        "one client's costs by project": f"/api/costs/summary?client_id={project['client_id']}&by=project",
        "one client's costs by day": f"/api/costs/summary?client_id={project['client_id']}&by=day",
        "one video": f"/api/videos/{videos[0]['id']}",
        "one video's takes": f"/api/videos/{videos[0]['id']}/takes",
    }
    for address in ("/api/costs/ledger", "/api/videos", "/api/library"):
        addresses[f"{address}, far down"] = f"{address}?cursor={await _far_down(client, address)}"
    return addresses


async def _far_down(client: httpx.AsyncClient, address: str) -> str:
    """The cursor of a page after 800 rows, which should cost what the first one does."""
    cursor = ""
    for _ in range(16):
        page = (await client.get(f"{address}?cursor={cursor}" if cursor else address)).json()
        cursor = page["next_cursor"]
    return cursor


async def _p95_ms(*asked: tuple[httpx.AsyncClient, str]) -> list[float]:
    times: list[list[float]] = [[] for _ in asked]
    for _ in range(ROUNDS):
        for took, (client, address) in zip(times, asked, strict=True):
            began = time.perf_counter()
            answer = await client.get(address)
            took.append((time.perf_counter() - began) * 1000)
            assert answer.status_code == 200, f"{address}: {answer.text[:300]}"
    return [statistics.quantiles(took, n=20)[-1] for took in times]
