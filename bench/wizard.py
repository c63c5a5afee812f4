"""The wizard's waits: drafts, frames and a voice of the bench job, over real HTTP, as Jeroen meets them.

Called by bench (`python -m bench wizard`). The studio runs in a process of its own, with its worker, as `bom serve`
does.
"""

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from bench.load import wait_until_alive
from bench.material import make_job
from bench.studio import EMAIL, PASSWORD, make_studio

BASE_URL = "http://127.0.0.1:8794"
SENTENCES = (
    "Elke ochtend om vier uur gaat bij ons het licht aan en begint het kneden.",
    "Deeg dat een hele nacht mag rusten, geeft brood dat een week lekker blijft.",
    "Aan de lange tafel vormen vier bakkers met de hand de eerste honderd broden.",
    "Om zes uur gaat de deur open en ruikt de hele straat naar warme korst.",
    "In december bakken we oliebollen, want zonder oliebollen is het geen winter.",
    "Kom langs voor een kop koffie, of bestel vandaag nog voor het hele weekend.",
)


@dataclass(frozen=True)
class Waits:
    """Seconds that a person waits."""

    film_s: float
    """How long the film is."""
    first_draft_s: float
    """The child has to start, nothing is in the cache."""
    other_format_s: float
    """The child is warm; pictures and sound are known, no frame is."""
    unchanged_s: float
    scene_changed_s: float
    cut_moved_s: float
    captions_changed_s: float
    music_changed_s: float
    frame_median_s: float
    sync_s: float
    """Of a recording as long as the film, from the click to the take."""
    video_median_s: float
    cut_median_s: float


def measure(folder: Path, material: Path) -> Waits:
    """Serve a studio with the bench job in it, and click."""
    make_job(material)
    with _served(folder) as client:
        video = _make_video(client, material)
        first, draft = _timed(client, "POST", f"videos/{video}/drafts", {"format": "9:16"})
        other, _ = _timed(client, "POST", f"videos/{video}/drafts", {"format": "1:1"})
        unchanged, _ = _timed(client, "POST", f"videos/{video}/drafts", {"format": "9:16"})
        scenes = client.get(f"/api/videos/{video}").json()["scenes"]
        _change(client, f"scenes/{scenes[2]['id']}", {"motion": {"start": {"zoom": 1.0}, "end": {"zoom": 1.1}}})
        scene, _ = _timed(client, "POST", f"videos/{video}/drafts", {"format": "9:16"})
        _change(client, f"scenes/{scenes[3]['id']}", {"cut_shift_ms": 200})
        moved, _ = _timed(client, "POST", f"videos/{video}/drafts", {"format": "9:16"})
        _change(client, f"videos/{video}/cut", {"captions": {"name": "box"}})
        captions, _ = _timed(client, "POST", f"videos/{video}/drafts", {"format": "9:16"})
        _change(client, f"videos/{video}/cut", {"music": {"bed": "warm", "level_db": -14}})
        music, _ = _timed(client, "POST", f"videos/{video}/drafts", {"format": "9:16"})
        frames = [_timed(client, "GET", f"videos/{video}/frames?at_ms={at * 1000 // 30}")[0] for at in range(200, 220)]
        return Waits(
            film_s=draft["duration_ms"] / 1000,
            first_draft_s=first,
            other_format_s=other,
            unchanged_s=unchanged,
            scene_changed_s=scene,
            cut_moved_s=moved,
            captions_changed_s=captions,
            music_changed_s=music,
            frame_median_s=statistics.median(frames),
            sync_s=_sync_s(client, video),
            video_median_s=statistics.median(_timed(client, "GET", f"videos/{video}")[0] for _ in range(20)),
            cut_median_s=statistics.median(_timed(client, "GET", f"videos/{video}/cut")[0] for _ in range(20)),
        )


@contextmanager
def _served(folder: Path) -> Iterator[httpx.Client]:
    shutil.rmtree(folder, ignore_errors=True)
    make_studio(folder, videos=10, projects=2, ledger_lines=10).close()
    server = subprocess.Popen(
        [sys.executable, "-m", "engine.cli", "serve", "--port", "8794", "--data", str(folder)],
        stderr=subprocess.DEVNULL,
        env={**os.environ, "BOM_DATABASE_URL": "", "BOM_CACHE_DIR": ""},
    )
    try:
        wait_until_alive(BASE_URL)
        with httpx.Client(base_url=BASE_URL, timeout=120, headers={"origin": BASE_URL}) as client:
            client.post("/api/auth/login", json={"email": EMAIL, "password": PASSWORD}).raise_for_status()
            yield client
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder)


def _make_video(client: httpx.Client, material: Path) -> str:
    """Six photos, a logo, a bed and the draft voice; the video's id."""
    owner = _timed(client, "POST", "clients", {"name": "Bakkerij Bench"})[1]["id"]
    logo = _stored(client, material / "logo.png", owner)
    _change(client, f"clients/{owner}/brand-kit", {"logo_light_asset_id": logo, "music": {"bed": "warm"}})
    project = _timed(client, "POST", "projects", {"client_id": owner, "name": "Bench"})[1]["id"]
    script = "\n---\n".join(SENTENCES)
    video = _timed(client, "POST", "videos", {"project_id": project, "title": "Bench", "script": script})[1]
    for number, scene in enumerate(video["scenes"]):
        photo = _stored(client, material / f"photo-{number}.jpg", owner)
        take = {"asset_id": photo, "kind": "image", "scene_id": scene["id"]}
        _timed(client, "POST", f"videos/{video['id']}/takes", take)
    _finished(client, _timed(client, "POST", f"videos/{video['id']}/voices", {"source": "draft"})[1]["job"]["id"])
    return str(video["id"])


def _sync_s(client: httpx.Client, video: str) -> float:
    """Seconds from the click to the take, of the draft voice sent in as a recording."""
    asset = client.get(f"/api/videos/{video}").json()["voice"]["asset_id"]
    began = time.perf_counter()
    job = _timed(client, "POST", f"videos/{video}/voices", {"source": "upload", "asset_id": asset})[1]["job"]
    _finished(client, job["id"])
    return time.perf_counter() - began


def _stored(client: httpx.Client, path: Path, owner: str) -> str:
    answer = client.put("/api/assets", params={"file_name": path.name, "client_id": owner}, content=path.read_bytes())
    answer.raise_for_status()
    return str(answer.json()["id"])


def _finished(client: httpx.Client, job_id: str) -> None:
    while (job := client.get(f"/api/jobs/{job_id}").json())["status"] in {"queued", "running"}:
        time.sleep(0.02)
    assert job["status"] == "succeeded", job


def _change(client: httpx.Client, address: str, body: dict[str, Any]) -> None:
    tag = client.get(f"/api/{address}").headers["etag"]
    client.patch(f"/api/{address}", json=body, headers={"If-Match": tag}).raise_for_status()


def _timed(
    client: httpx.Client, method: str, address: str, body: dict[str, Any] | None = None
) -> tuple[float, dict[str, Any]]:
    """Seconds that the answer took, and the answer where it is JSON."""
    began = time.perf_counter()
    answer = client.request(method, f"/api/{address}", json=body)
    took_s = time.perf_counter() - began
    answer.raise_for_status()
    found: dict[str, Any] = answer.json() if "json" in answer.headers["content-type"] else {}
    return took_s, found
