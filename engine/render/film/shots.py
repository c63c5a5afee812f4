"""Shots: each scene's source made ready for one canvas.

Called by engine.render.export. Stills are made by a background thread (photos in the sandbox, cards by our own pen)
while the first segments are already being encoded; a shot waits only for its own still.
Law: a still is kept under a hash of its source's bytes and of how it was cut and sized.
"""

import hashlib
import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from engine.render.film.cache import RenderCache
from engine.render.film.code_version import picture_code_version
from engine.render.film.fingerprints import fingerprint
from engine.render.formats import Canvas
from engine.render.media.clips import ClipReader
from engine.render.media.pictures import StillOrder, make_stills
from engine.render.media.probe import MediaFacts
from engine.render.picture.cards import card_description, draw_card
from engine.render.picture.compositor import ClipShot, FrameReader, Shot, StillShot
from engine.render.picture.frames import Still, read_still, still_of_rgb, write_still
from engine.render.picture.framing import (
    Rect,
    StillSize,
    crop_rect,
    even_size,
    rect_in_still,
    still_size,
    zoom_to_keep,
)
from engine.render.picture.spans import Span, shown_spans
from engine.render.timeline import CardSource, ClipSource, Crop, ImageSource, Motion, Scene, Timeline


@dataclass(frozen=True, slots=True)
class _Missing:
    """A still that is not in the cache yet, and how to make it."""

    name: str
    make: StillOrder | Callable[[], Still]


class ShotMaker:
    """Makes a film's shots for one canvas; leaving the `with` block waits for the thread that makes stills."""

    def __init__(
        self, timeline: Timeline, canvas: Canvas, facts: Mapping[Path, MediaFacts], cache: RenderCache, span: Span
    ) -> None:
        """facts: of every image and clip that the timeline names. span: the frames that will be asked for."""
        self._timeline, self._canvas, self._facts, self._cache = timeline, canvas, facts, cache
        self._hashes: dict[Path, str] = {}
        self._ready: dict[str, threading.Event] = {}
        self._missing: list[_Missing] = []
        self._failure: BaseException | None = None
        self._stopped = threading.Event()
        self._wanted = [shown.meets(span) for shown in shown_spans(timeline)]
        self.shots: tuple[Shot, ...] = tuple(self._shot(scene) for scene in timeline.scenes)
        self._thread = threading.Thread(target=self._make_missing, name="stills", daemon=True)
        self._thread.start()

    @property
    def needs_no_more_children(self) -> bool:
        """Whether every still is made and no clip will be read."""
        return not self._thread.is_alive() and not any(isinstance(shot, ClipShot) for shot in self.shots)

    def stop(self) -> None:
        """Make no further still; whoever waits for one gets the failure or a RuntimeError."""
        self._stopped.set()
        self._release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        self._thread.join()

    def _shot(self, scene: Scene) -> Shot:
        match scene.source:
            case ImageSource():
                return self._image_shot(scene, scene.source)
            case ClipSource():
                return self._clip_shot(scene, scene.source)
            case CardSource():
                return self._card_shot(scene)

    def _image_shot(self, scene: Scene, source: ImageSource) -> Shot:
        facts, canvas = self._facts[source.path], self._canvas
        assert facts.width is not None
        assert facts.height is not None
        blur = scene.fit == "blur"
        motion = scene.motion or Motion()
        if blur:
            size, start, end = self._whole_canvas(motion)
        else:
            size = still_size(facts.width, facts.height, canvas.width, canvas.height, motion, scene.focus)
            start, end = (
                rect_in_still(
                    crop_rect(facts.width, facts.height, canvas.width / canvas.height, crop, scene.focus), size
                )
                for crop in (motion.start, motion.end)
            )
        ground = self._timeline.brand.ground
        name = _still_name("image", self._hash(source.path), size, blur, ground)
        order = StillOrder(source.path, size.region, size.width, size.height, Path(), blur, ground)
        return self._still_shot(scene, name, order, start, end)

    def _card_shot(self, scene: Scene) -> Shot:
        size, start, end = self._whole_canvas(scene.motion or Motion())
        brand = self._timeline.brand
        name = _still_name("card", card_description(scene, brand), size, False, self._canvas.format)
        return self._still_shot(
            scene,
            name,
            lambda: still_of_rgb(draw_card(scene, brand, self._canvas, size.width, size.height)),
            start,
            end,
        )

    def _whole_canvas(self, motion: Motion) -> tuple[StillSize, Rect, Rect]:
        """For a source that has the canvas's own shape: its size and the parts seen first and last."""
        zoom = zoom_to_keep(motion)
        width, height = even_size(self._canvas.width * zoom), even_size(self._canvas.height * zoom)
        aspect = self._canvas.width / self._canvas.height
        start, end = (crop_rect(width, height, aspect, crop, None) for crop in (motion.start, motion.end))
        return StillSize((0, 0, width, height), width, height), start, end

    def _still_shot(
        self, scene: Scene, name: str, make: StillOrder | Callable[[], Still], start: Rect, end: Rect
    ) -> Shot:
        if name not in self._ready and self._is_wanted(scene):
            self._ready[name] = threading.Event()
            if self._cache.find(name):
                self._ready[name].set()
            else:
                self._missing.append(_Missing(name, make))
        return StillShot(lambda: self._load(name), start, end, content=name)

    def _clip_shot(self, scene: Scene, source: ClipSource) -> Shot:
        facts, canvas = self._facts[source.path], self._canvas
        assert facts.width is not None
        assert facts.height is not None
        motion = scene.motion or Motion()
        size, start, end = self._whole_canvas(motion)
        crop: tuple[float, float, float, float] | None = None
        if scene.fit == "fill":
            aspect = canvas.width / canvas.height
            seen = crop_rect(facts.width, facts.height, aspect, Crop(), scene.focus)
            crop = (
                seen.left / facts.width,
                seen.top / facts.height,
                seen.width / facts.width,
                seen.height / facts.height,
            )

        def open_clip(first: int, count: int) -> FrameReader:
            return ClipReader(
                source.path,
                start_frame=source.trim_start_frames + first - lead,
                count=count,
                width=size.width,
                height=size.height,
                crop=crop,
            )

        # A transition into the scene shows the frames before the trim, where the clip has them.
        lead = self._lead(scene)
        content = json.dumps([self._hash(source.path), source.trim_start_frames - lead, crop, size.width, size.height])
        return ClipShot(open_clip, size.width, size.height, start, end, content)

    def _lead(self, scene: Scene) -> int:
        """How many frames before its own start a scene is already seen."""
        scenes = self._timeline.scenes
        index = scenes.index(scene)
        return scenes[index - 1].transition.duration_frames // 2 if index else 0

    def _is_wanted(self, scene: Scene) -> bool:
        return self._wanted[self._timeline.scenes.index(scene)]

    def _hash(self, path: Path) -> str:
        if path not in self._hashes:
            self._hashes[path] = fingerprint(path, self._cache)
        return self._hashes[path]

    def _load(self, name: str) -> Still:
        self._ready[name].wait()
        if self._failure is not None:
            raise self._failure
        if self._stopped.is_set():
            raise RuntimeError("The stills were stopped.")
        return read_still(self._cache.folder / name)

    def _make_missing(self) -> None:
        try:
            photos: list[_Missing] = []
            for missing in self._missing:
                if isinstance(missing.make, StillOrder):
                    photos.append(missing)
                else:
                    with self._cache.writing(missing.name) as unfinished:
                        write_still(missing.make(), unfinished)
                    self._ready[missing.name].set()
                if self._stopped.is_set():
                    return
            self._make_photos(photos)
        except BaseException as failure:  # handed to whoever waits for a still
            self._failure = failure
        finally:
            self._release()

    def _make_photos(self, photos: list[_Missing]) -> None:
        orders = [
            replace(photo.make, out=self._cache.unfinished(photo.name))
            for photo in photos
            if isinstance(photo.make, StillOrder)
        ]
        if not orders:
            return
        try:
            for index in make_stills(orders):
                self._cache.finish(orders[index].out, photos[index].name)
                self._ready[photos[index].name].set()
                if self._stopped.is_set():
                    return
        finally:
            for order in orders:
                order.out.unlink(missing_ok=True)

    def _release(self) -> None:
        for event in self._ready.values():
            event.set()


def _still_name(kind: str, *parts: object) -> str:
    return f"still-{hashlib.sha256(repr((picture_code_version(), kind, *parts)).encode()).hexdigest()}"
