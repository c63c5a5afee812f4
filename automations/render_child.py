"""The render child: one export in a process of its own, so that it can be slowed, limited and killed.

Started by automations.workflows.render as `python -m automations.render_child`. Reads a RenderOrder as the first line
of standard input and writes a line of JSON for each step: {"progress": 0.4}, and at the end {"made": …} or
{"refused": "why"}. It ends with its worker (automations.child_life).
Law: it knows no database. What it made is a file only when it is whole; finished segments stay in the cache.
"""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from automations.child_life import begin, only_order, say
from engine.render.formats import FormatName
from engine.render.timeline import Timeline

MEMORY_BYTES = 4 * 1024**3
"""Six times what a large export takes: enough for any film, too little to take the machine along."""


class RenderOrder(BaseModel):
    """What to render, and where to."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    timeline: Timeline
    """Its paths are files on this machine."""
    format: FormatName
    quality: Literal["draft", "standard", "high"]
    folder: Path
    """Made by the caller and empty: film.mp4 and what stands beside it."""
    cache_dir: Path
    cache_limit_bytes: int


class RenderMade(BaseModel):
    """A finished film. Its sidecars are film.srt, film.vtt, film.otio, film.thumbnail.jpg and so on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    duration_ms: int
    width: int
    height: int
    size_bytes: int
    segments_rendered: int
    segments_reused: int


def render(order: RenderOrder) -> RenderMade:
    """Render an order, saying how far it is. Raises MediaRefused, OSError."""
    from engine.render.export import ExportOrder, export
    from engine.render.film.cache import RenderCache
    from engine.render.film.facts import facts_of, facts_of_scenes, files_of
    from engine.render.formats import Quality
    from engine.render.sidecars.beside import write_sidecars

    quality = Quality("slow", 17) if order.quality == "high" else Quality()
    cache = RenderCache(order.cache_dir, order.cache_limit_bytes)
    facts_of(files_of(order.timeline), cache)  # all in one child; what follows finds them
    film = export(
        ExportOrder(order.timeline, order.format, order.folder / "film.mp4", quality, draft=order.quality == "draft"),
        facts_of_scenes(order.timeline, cache),
        cache,
        lambda share: say({"progress": round(0.95 * share, 4)}),
    )
    write_sidecars(order.timeline, film, order.folder, "film")
    return RenderMade(
        duration_ms=round(film.duration_s * 1000),
        width=film.width,
        height=film.height,
        size_bytes=film.size,
        segments_rendered=film.segments_rendered,
        segments_reused=film.segments_reused,
    )


def main() -> None:
    """The process."""
    begin(MEMORY_BYTES)
    order = RenderOrder.model_validate_json(only_order())
    try:
        made = render(order)
    except ValueError as error:  # MediaRefused, TimelineInvalid: each carries its sentence
        say({"refused": str(error)})
    else:
        say({"made": made.model_dump()})


if __name__ == "__main__":
    main()
