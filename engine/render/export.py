"""Export: a timeline becomes a finished MP4 in one format.

Called by engine.cli, later by automations.workflows.render.
Law: the file has its final name only when it is whole; a render that was killed resumes from the pieces it finished.
"""

import os
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from pathlib import Path

from engine.render.film.cache import RenderCache
from engine.render.film.fingerprints import sha256_of
from engine.render.film.join import join
from engine.render.film.logo_cache import CachedLogos
from engine.render.film.segments import Cancelled, encode_segment, plan_segments, segment_name
from engine.render.film.shots import ShotMaker
from engine.render.film.soundtracks import SoundtrackPiece, find_or_make_part, find_or_make_soundtrack
from engine.render.film.turns import CROSSING_COST, Turns
from engine.render.formats import DRAFT, DRAFT_QUALITY, FULL, Canvas, FormatName, Quality
from engine.render.media.children import rest
from engine.render.media.probe import MediaFacts
from engine.render.picture.compositor import Picture
from engine.render.picture.layers import layers_of
from engine.render.picture.spans import Span, crossings
from engine.render.picture.typefaces import with_own_typefaces
from engine.render.timeline import FPS, Timeline
from engine.render.whole_files import written_whole

PROGRESS_EVERY_S = 0.1
CORES = os.cpu_count() or 2

OnProgress = Callable[[float], None]
"""Told the share of the work that is done, 0 to 1, never less than before; may raise to stop the render."""


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What to render: the film or a part of it, for one format, into one file."""

    timeline: Timeline
    format: FormatName
    out: Path
    quality: Quality = field(default_factory=Quality)
    draft: bool = False
    """A small, quick preview: a third of the size, x264's fastest preset, one pass over the sound."""
    span: Span | None = None
    """Frames of the film to render; None is all of it."""

    @property
    def canvas(self) -> Canvas:
        """The size of the picture."""
        return (DRAFT if self.draft else FULL)[self.format]

    @property
    def encoder_quality(self) -> Quality:
        """What the encoder is told."""
        return DRAFT_QUALITY if self.draft else self.quality

    @property
    def frames(self) -> Span:
        """The frames that the file will hold."""
        return self.span or Span(0, self.timeline.duration_frames)


@dataclass(frozen=True, slots=True)
class Exported:
    """A finished file and what it took. Loudness and peak are None where the film is silent."""

    path: Path
    format: FormatName
    width: int
    height: int
    frames: int
    sha256: str
    size: int
    loudness_lufs: float | None
    true_peak_dbtp: float | None
    segments_rendered: int
    segments_reused: int
    sound_s: float
    picture_s: float

    @property
    def duration_s(self) -> float:
        """Its length."""
        return self.frames / FPS


def export(
    order: ExportOrder, facts: Mapping[Path, MediaFacts], cache: RenderCache, on_progress: OnProgress
) -> Exported:
    """Render an order. facts: of every image and clip in the timeline (engine.render.media.probe).

    Picture and sound are made side by side. Raises MediaRefused and TypefaceUnusable (a source cannot be used), OSError
    (a full disk), and whatever on_progress raises; then the finished segments stay in the cache and nothing stands at
    `order.out` that was not there before.
    """
    order = replace(order, timeline=with_own_typefaces(order.timeline))
    out = order.out.absolute()  # a relative name such as "Anna: zomer/film.mp4" would be an address to FFmpeg
    out.parent.mkdir(parents=True, exist_ok=True)
    stopped = threading.Event()
    with ThreadPoolExecutor(1, "sound") as sound_thread:
        sound = sound_thread.submit(_sound, order, cache, stopped)
        try:
            began = time.perf_counter()
            segments, rendered = _render_segments(order, facts, cache, on_progress, stopped, sound)
            picture_s = time.perf_counter() - began
            piece = sound.result()
        except BaseException:
            stopped.set()
            raise
    with written_whole(out) as unfinished:
        join(segments, order.canvas, order.encoder_quality, piece.path, unfinished, order.timeline.title)
        sha256, size = sha256_of(unfinished), unfinished.stat().st_size
    on_progress(1.0)
    cache.sweep(keep=frozenset(path.name for path, _ in segments))
    return Exported(
        path=out,
        format=order.format,
        width=order.canvas.width,
        height=order.canvas.height,
        frames=order.frames.count,
        sha256=sha256,
        size=size,
        loudness_lufs=piece.loudness_lufs,
        true_peak_dbtp=piece.true_peak_dbtp,
        segments_rendered=rendered,
        segments_reused=len(segments) - rendered,
        sound_s=piece.seconds,
        picture_s=picture_s,
    )


def _sound(order: ExportOrder, cache: RenderCache, stopped: threading.Event) -> SoundtrackPiece:
    def keep_on(_: float) -> None:
        if stopped.is_set():
            raise Cancelled

    if order.span is None:
        return find_or_make_soundtrack(order.timeline, cache, draft=order.draft, on_progress=keep_on)
    return find_or_make_part(order.timeline, order.span, cache, draft=order.draft, on_progress=keep_on)


def _render_segments(
    order: ExportOrder,
    facts: Mapping[Path, MediaFacts],
    cache: RenderCache,
    on_progress: OnProgress,
    stopped: threading.Event,
    sound: Future[SoundtrackPiece],
) -> tuple[list[tuple[Path, int]], int]:
    """Every segment's file with its length, in order, and how many had to be rendered."""
    with ShotMaker(order.timeline, order.canvas, facts, cache, order.frames) as shot_maker:
        return _render_missing(order, shot_maker, cache, on_progress, stopped, sound)


def _render_missing(
    order: ExportOrder,
    shot_maker: ShotMaker,
    cache: RenderCache,
    on_progress: OnProgress,
    stopped: threading.Event,
    sound: Future[SoundtrackPiece],
) -> tuple[list[tuple[Path, int]], int]:
    logos, brand_logo = CachedLogos(cache), order.timeline.brand.logo
    layers = layers_of(order.timeline, order.canvas, logos.content(brand_logo), logos.load)
    picture = Picture(order.timeline, order.canvas, shot_maker.shots, layers)

    def find(segment: Span) -> Path | None:
        return cache.find(segment_name(picture, segment, order.encoder_quality))

    plan = plan_segments(order.timeline, order.frames, lambda segment: find(segment) is not None, CORES)
    kept = {segment: find(segment) for segment in plan}
    missing = [segment for segment in plan if kept[segment] is None]
    frames_kept = order.frames.count - sum(segment.count for segment in missing)
    moving = [crossing.span for crossing in crossings(order.timeline)]
    turns = Turns({s: CROSSING_COST if any(map(s.meets, moving)) else 1.0 for s in missing}, CORES)

    def encode_in_turn() -> None:
        while segment := turns.take():

            def on_frame(segment: Span = segment) -> None:
                if stopped.is_set():
                    raise Cancelled
                turns.count_frame(segment)

            kept[segment] = encode_segment(picture, segment, order.encoder_quality, cache, on_frame)

    with ThreadPoolExecutor(CORES, "segment") as pool:
        waiting = {pool.submit(encode_in_turn) for _ in range(min(CORES, len(missing)))}
        try:
            while waiting:
                done, waiting = wait(waiting, timeout=PROGRESS_EVERY_S, return_when=FIRST_EXCEPTION)
                for job in done:
                    job.result()
                if sound.done():
                    sound.result()  # a voice that cannot be read ends the render now, not when all is drawn
                    if shot_maker.needs_no_more_children and not order.draft:  # after a draft comes another one
                        rest()
                # The last hundredth is the joining's.
                on_progress(0.99 * (frames_kept + turns.frames_done) / order.frames.count)
        except BaseException:
            stopped.set()
            shot_maker.stop()
            raise
    return [(path, segment.count) for segment in plan if (path := kept[segment])], len(missing)
