"""Lists and sums over a large studio: every screen's query, in process, against one of a tenth of the rows.

Called by bench (`python -m bench lists`).
"""

import asyncio
import shutil
import statistics
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx

from api.main import create_app
from api.studio import Studio
from bench.studio import EMAIL, NOW, make_studio
from engine.core import sessions, staff
from engine.core.database import Database
from engine.settings import Settings

ROUNDS = 40
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
    sizes = {"large": (10_000, 500, 1_000_000), "small": (1_000, 50, 100_000)}
    found: dict[str, dict[str, float]] = {}
    for name, (videos, projects, lines) in sizes.items():
        database = make_studio(folder / name, videos=videos, projects=projects, ledger_lines=lines)
        for address, ms in _timed(database, folder / name).items():
            found.setdefault(address, {})[name] = ms
        database.close()
    shutil.rmtree(folder)
    return [Measured(address, ms["large"], ms["small"]) for address, ms in found.items()]


def _timed(database: Database, folder: Path) -> dict[str, float]:
    studio = Studio(database, Settings(data_dir=folder), clock=lambda: NOW)
    with database.writing() as session:
        owner = staff.find_staff(session, EMAIL)
        assert owner is not None
        token, _ = sessions.begin_session(
            session, owner, lasts=timedelta(days=1), address="127.0.0.1", user_agent="bench", at=NOW
        )
    return asyncio.run(_all_p95_ms(studio, token))


async def _all_p95_ms(studio: Studio, token: str) -> dict[str, float]:
    transport = httpx.ASGITransport(create_app(studio))
    async with httpx.AsyncClient(transport=transport, base_url="http://bench", cookies={"bom": token}) as client:
        addresses = await _addresses(client)
        return {name: await _p95_ms(client, address) for name, address in addresses.items()}


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
        "/api/videos",
        "/api/videos?sort=title",
        "/api/videos?status=ready",
        "/api/exports",
        "/api/assets",
        "/api/assets?type=clip",
        "/api/jobs",
        "/api/jobs?status=failed",
        "/api/events",
        "/api/audit",
        "/api/notifications",
        "/api/costs/ledger",
        "/api/costs/ledger?provider=heygen",
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
        "one client's projects": f"/api/projects?client_id={project['client_id']}",
        "one project's ledger": f"/api/costs/ledger?project_id={project['id']}",
        "one client's ledger": f"/api/costs/ledger?client_id={project['client_id']}",
        "one project's costs": f"/api/costs/summary?project_id={project['id']}&by=provider",
        "one client's costs by project": f"/api/costs/summary?client_id={project['client_id']}&by=project",
        "one client's costs by day": f"/api/costs/summary?client_id={project['client_id']}&by=day",
        "one video": f"/api/videos/{videos[0]['id']}",
        "one video's takes": f"/api/videos/{videos[0]['id']}/takes",
    }
    for address in ("/api/costs/ledger", "/api/videos"):
        addresses[f"{address}, far down"] = f"{address}?cursor={await _far_down(client, address)}"
    return addresses


async def _far_down(client: httpx.AsyncClient, address: str) -> str:
    """The cursor of a page after 800 rows, which should cost what the first one does."""
    cursor = ""
    for _ in range(16):
        page = (await client.get(f"{address}?cursor={cursor}" if cursor else address)).json()
        cursor = page["next_cursor"]
    return cursor


async def _p95_ms(client: httpx.AsyncClient, address: str) -> float:
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        answer = await client.get(address)
        times.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, f"{address}: {answer.text[:300]}"
    return statistics.quantiles(times, n=20)[-1]
