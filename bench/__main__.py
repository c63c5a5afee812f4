"""`make bench`: the targets of the design (§9) that the render engine has, as ratios measured in one run.

Makes its own material from a seed, runs the real command line, prints a table, and writes build/bench/bench.json.
"""

import argparse
import json
import shutil
import statistics
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench import speech_sync
from bench.jitter import jitter_px
from bench.material import make_job
from bench.processes import Run, run
from engine.render.formats import FORMAT_NAMES
from engine.render.timeline import Crop, Motion, Timeline

FOLDER = Path("build/bench")
ROUNDS = 3
"""Of the export and the encoder alone, in turns: whatever slows the machine down slows both."""


@dataclass(frozen=True, slots=True)
class Line:
    """One target: what was measured and the most that it may be."""

    what: str
    measured: float
    target: float
    unit: str
    detail: str = ""

    @property
    def holds(self) -> bool:
        """Whether the target is met."""
        return self.measured <= self.target


@dataclass(frozen=True, slots=True)
class Turn:
    """The encoder alone, and beside it a whole export, one after a change and one after none."""

    alone_s: float
    cold: Run
    edited: Run
    same: Run


class Bench:
    """The bench job in a folder of its own, and the lines measured so far."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lines: list[Line] = []
        self.job = make_job(folder / "material")
        self.console = Console()

    def add(self, what: str, measured: float, target: float, unit: str = "", detail: str = "") -> None:
        """Note a line and say it."""
        self.lines.append(Line(what, measured, target, unit, detail))
        sign = "holds" if self.lines[-1].holds else "MISSED"
        self.console.print(
            f"{sign:7} {what}: {measured:.3f} {unit} (at most {target} {unit}) {detail}", highlight=False
        )

    def render(self, timeline: Timeline, format_name: str, cache: str, *more: str) -> Run:
        """`bom render` with a cache of that name."""
        path = self.write_job(timeline)
        out = self.folder / f"film-{format_name.replace(':', 'x')}.mp4"
        env = {"BOM_CACHE_DIR": str(self.folder / cache), "BOM_DATA_DIR": str(self.folder)}
        return run(
            "engine.cli", "render", str(path), "--format", format_name, "--out", str(out), "--json", *more, env=env
        )

    def write_job(self, timeline: Timeline) -> Path:
        """The timeline in a file for the command line."""
        path = self.folder / "job.json"
        path.write_text(timeline.model_dump_json())
        return path

    def alone(self, format_name: str) -> float:
        """Seconds of the encoder alone on the job's frames."""
        path = self.write_job(self.job)
        wall_s = run("bench.alone", str(path), format_name, str(self.folder / "alone-cache")).result["wall_s"]
        assert isinstance(wall_s, float)
        return wall_s

    def fresh(self, cache: str) -> str:
        """An empty cache of that name."""
        shutil.rmtree(self.folder / cache, ignore_errors=True)
        return cache


def exports(bench: Bench) -> None:
    """Whole exports against the encoder alone, and what a change costs."""
    edit = third_scene_changed(bench.job)
    turns = [
        Turn(
            bench.alone("9:16"),
            bench.render(bench.job, "9:16", bench.fresh("cache")),
            bench.render(edit, "9:16", "cache"),
            bench.render(edit, "9:16", "cache"),
        )
        for _ in range(ROUNDS)
    ]
    cold = turns[-1].cold
    alone_s = statistics.median(turn.alone_s for turn in turns)
    total_s = statistics.median(turn.cold.seconds("total") for turn in turns)
    cold_s, edited_s, same_s = (
        statistics.median(run.wall_s for run in runs)
        for runs in zip(*((turn.cold, turn.edited, turn.same) for turn in turns), strict=True)
    )
    bench.add(
        "whole export ÷ x264 alone", total_s / alone_s, 1.0,
        detail=f"{total_s:.1f} s ÷ {alone_s:.1f} s, medians of {ROUNDS} in turns; {cold.wall_s:.1f} s with start-up",
    )  # fmt: skip
    bench.add("peak memory, 30 s", cold.peak_mib, 600, "MiB")
    files = cold.result["files"]
    assert isinstance(files, list)
    bench.add("loudness, away from −14 LUFS", abs(files[0]["loudness_lufs"] + 14), 0.5, "LU")
    bench.add("true peak", files[0]["true_peak_dbtp"], -1.0, "dBTP")
    bench.add("one scene of six changed ÷ cold", edited_s / cold_s, 0.20, detail=f"{edited_s:.2f} s ÷ {cold_s:.2f} s")
    bench.add("nothing changed ÷ cold", same_s / cold_s, 0.05, detail=f"{same_s:.2f} s")
    path = str(bench.folder / "job.json")
    bench.write_job(bench.job)
    three = run("bench.formats", path, str(bench.folder / bench.fresh("formats-cache"))).result["total_s"]
    assert isinstance(three, float)
    three_alone = alone_s + sum(bench.alone(name) for name in FORMAT_NAMES if name != "9:16")
    bench.add(
        "three formats ÷ the three encodes alone", three / three_alone, 1.0,
        detail=f"{three:.1f} s ÷ {three_alone:.1f} s",
    )  # fmt: skip


def third_scene_changed(job: Timeline) -> Timeline:
    """The job after a person gave its third scene another motion."""
    third = job.scenes[2].model_copy(update={"motion": Motion(start=Crop(), end=Crop(zoom=1.1))})
    return job.model_copy(update={"scenes": (*job.scenes[:2], third, *job.scenes[3:])})


def drafts(bench: Bench) -> None:
    """What a person waits for while editing."""
    draft = bench.render(bench.job, "9:16", bench.fresh("draft-cache"), "--draft")
    bench.add("draft of 30 s, after start-up", draft.seconds("total"), 2.0, "s", f"{draft.wall_s:.2f} s with start-up")
    cold = bench.render(bench.job, "9:16", bench.fresh("first-cache"), "--draft", "--from", "450", "--to", "480")
    bench.add(
        "first second of a scene, empty cache, after start-up", cold.seconds("total"), 0.5, "s",
        f"{cold.wall_s:.2f} s with start-up",
    )  # fmt: skip
    edit = third_scene_changed(bench.job)
    second = bench.render(edit, "9:16", "draft-cache", "--draft", "--from", "300", "--to", "330")
    bench.add(
        "first second of a changed scene, after start-up", second.seconds("total"), 0.5, "s",
        f"{second.wall_s:.2f} s with start-up",
    )  # fmt: skip


def wizard(bench: Bench) -> None:
    """What a person waits for in the Create wizard, over HTTP."""
    from bench import wizard as waits

    met = waits.measure(bench.folder / "wizard", bench.folder / "material")
    bench.add("first draft, child started, nothing cached", met.first_draft_s, 3.0, "s", f"{met.film_s:.1f} s of film")
    bench.add("draft in another format, warm", met.other_format_s, 2.0, "s")
    bench.add("draft with other captions", met.captions_changed_s, 2.0, "s")
    bench.add("draft unchanged", met.unchanged_s, 0.1, "s")
    bench.add("draft with a changed scene", met.scene_changed_s, 0.5, "s")
    bench.add("draft with a moved cut", met.cut_moved_s, 0.5, "s")
    bench.add("draft with softer music", met.music_changed_s, 1.0, "s")
    bench.add("one frame, median", met.frame_median_s, 0.2, "s")
    bench.add("words of a recording found", met.sync_s, 5.0, "s")
    bench.add("a whole video read, median", met.video_median_s, 0.1, "s")
    bench.add("its cut made, median", met.cut_median_s, 0.1, "s")


def long_film(bench: Bench) -> None:
    """Memory does not grow with length."""
    film = make_job(bench.folder / "material", seconds=600, scenes=120)
    long = bench.render(film, "9:16", bench.fresh("long-cache"))
    bench.add("peak memory, 10 minutes", long.peak_mib, 600, "MiB", f"{long.wall_s:.0f} s")
    shutil.rmtree(bench.folder / "long-cache")


def motion(bench: Bench) -> None:
    """Ken Burns."""
    bench.add("Ken Burns jitter", jitter_px(), 0.01, "px rms")


def sync(bench: Bench) -> None:
    """Words found in a voice-over."""
    found = speech_sync.measure()
    bench.add("voice-over sync, median", found["median_ms"], 50, "ms")
    bench.add("voice-over sync, p95", found["p95_ms"], 150, "ms")


def a_hundred_kills(bench: Bench) -> None:
    """Nothing lost, nothing paid for twice, whatever is killed."""
    from bench import kills

    for where, kill in (("SQLite", kills.on_sqlite), ("PostgreSQL, 4 workers", kills.on_postgresql)):
        counted = kill()
        detail = (
            f"{counted.kills} kills ({counted.kills_in_renders} in renders), {counted.pictures} pictures, "
            f"{counted.films} films, {counted.seconds:.0f} s "
            f"{counted.faults or ''}"
        )
        bench.add(f"lost, paid twice, orphaned on {where}", sum(counted.faults.values()), 0, detail=detail)


def large_lists(bench: Bench) -> None:
    """Every list and sum of the api over 10,000 videos and 1,000,000 ledger lines, against a tenth of that."""
    from bench import lists

    found = lists.measure(bench.folder / "lists")
    for one in sorted(found, key=lambda one: -one.large_ms):
        print(f"  {one.large_ms:7.1f} ms {one.growth:5.2f} x  {one.address}", flush=True)
    slowest = max(found, key=lambda one: one.large_ms)
    growth = max(found, key=lambda one: one.growth)
    bench.add("slowest list or sum, p95", slowest.large_ms, 50, "ms", f"{slowest.address} ({len(found)} measured)")
    bench.add("most growth from a tenth", growth.growth, 1.5, "x", growth.address)


def fifty_people(bench: Bench) -> None:
    """Fifty people read and write at once for half a minute, on SQLite."""
    from bench import load

    met = load.measure(bench.folder / "load")
    detail = f"{met.requests} requests, p50 {met.p50_ms:.0f} ms, slowest {met.slowest_ms:.0f} ms {met.errors or ''}"
    bench.add("50 people at once, p95", met.p95_ms, 300, "ms", detail)
    bench.add("50 people at once, errors and lost writes", sum(met.errors.values()) + met.lost_writes, 0)


def engine_app(bench: Bench) -> None:
    """What people wait for in the engine app, in Chromium on the same two cores."""
    from bench import app

    met = app.measure(bench.folder / "app")
    detail = (
        f"{met.clicks} clicks, p50 {met.click_p50_ms:.0f} ms, slowest {met.slowest}; "
        f"with all that they load, p95 {met.content_p95_ms:.0f} ms"
    )
    bench.add("click to visible answer, p95", met.click_p95_ms, 200, "ms", detail)
    said = ", ".join(f"{name} {ms:.0f} ms" for name, ms in met.first_pages_ms.items())
    bench.add("first page of 10,000 videos and 500 projects", max(met.first_pages_ms.values()), 500, "ms", said)
    bench.add("cold load of the app", met.cold_load_s, 4.0, "s")
    bench.add("the whole process with 8 windows open", met.sessions_mib, 600, "MiB")


def client_portal(bench: Bench) -> None:
    """What clients wait for on a review page of the portal, in Chromium on the same two cores, on a phone's screen."""
    from bench import portal

    met = portal.measure(bench.folder / "portal")
    bench.add(
        "review page, largest contentful paint, p95", met.paint_p95_ms / 1000, 1.5, "s",
        f"median {met.paint_median_ms / 1000:.2f} s of {portal.LOADS} with an empty cache",
    )  # fmt: skip
    detail = f"median {met.touch_median_ms:.0f} ms, slowest {met.slowest}"
    bench.add("review page, touch to what it leads to, p95", met.touch_p95_ms, 200, "ms", detail)
    bench.add("review page, JavaScript over the wire", met.scripts_kb, 200, "kB")


PARTS: dict[str, Callable[[Bench], None]] = {
    "exports": exports,
    "drafts": drafts,
    "wizard": wizard,
    "motion": motion,
    "sync": sync,
    "long": long_film,
    "kills": a_hundred_kills,
    "lists": large_lists,
    "load": fifty_people,
    "app": engine_app,
    "portal": client_portal,
}


def main() -> None:
    """Measure the parts that are named, or all of them."""
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="which parts; all where none is named")
    bench = Bench(FOLDER.resolve())
    for part in parser.parse_args().parts or PARTS:
        PARTS[part](bench)
    table = Table("target", "measured", "at most", "")
    for line in bench.lines:
        table.add_row(
            line.what, f"{line.measured:.3f} {line.unit}", f"{line.target} {line.unit}", "" if line.holds else "missed"
        )
    bench.console.print(table)
    (bench.folder / "bench.json").write_text(
        json.dumps([asdict(line) | {"holds": line.holds} for line in bench.lines], indent=1)
    )


if __name__ == "__main__":
    main()
