"""Facts: what the files of a timeline are, probed once and remembered by content.

Called by engine.cli and later by automations.
"""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from engine.render.film.cache import RenderCache
from engine.render.film.fingerprints import fingerprint
from engine.render.media.probe import MediaFacts, probe
from engine.render.media.sandbox import MediaRefused
from engine.render.timeline import CardSource, Timeline

PROBES_AT_ONCE = 2
"""Each is a child process that spends most of its time starting."""


def facts_of(paths: Iterable[Path], cache: RenderCache) -> dict[Path, MediaFacts]:
    """The facts of each file. Raises MediaRefused or FileNotFoundError for the first that cannot be used."""
    distinct = list(dict.fromkeys(paths))
    with ThreadPoolExecutor(PROBES_AT_ONCE) as pool:
        return dict(zip(distinct, pool.map(lambda path: _facts(path, cache), distinct), strict=True))


def facts_of_scenes(timeline: Timeline, cache: RenderCache) -> dict[Path, MediaFacts]:
    """The facts of every image and clip that a timeline shows. Raises MediaRefused where one is neither."""
    named = {
        scene.source.path: (scene.source.kind, f"Scene {number} ({scene.id})")
        for number, scene in enumerate(timeline.scenes, 1)
        if not isinstance(scene.source, CardSource)
    }
    facts = facts_of(named, cache)
    for path, (kind, scene) in named.items():
        if facts[path].kind != kind:
            raise MediaRefused(f"{scene}: '{path.name}' is named as {_a(kind)} but is {_a(facts[path].kind)}.")
    return facts


def _a(kind: str) -> str:
    return {"image": "a picture", "clip": "a clip", "audio": "a sound"}[kind]


def _facts(path: Path, cache: RenderCache) -> MediaFacts:
    if not path.is_file():
        return probe(path)  # which says what is wrong with it
    name = f"facts-{fingerprint(path, cache)}.json"
    if known := cache.find(name):
        return MediaFacts.model_validate_json(known.read_text())
    facts = probe(path)
    with cache.writing(name) as unfinished:
        unfinished.write_text(facts.model_dump_json())
    return facts
