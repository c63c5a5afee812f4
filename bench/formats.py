"""Three formats in one process, as `bom make` exports them.

Run by bench as a process of its own. Prints {"total_s"}, counted after start-up.
"""

import json
import sys
import time
from pathlib import Path

from engine.render.export import ExportOrder, export
from engine.render.film.cache import RenderCache
from engine.render.film.facts import facts_of_scenes
from engine.render.formats import FORMAT_NAMES, slug_of
from engine.render.timeline import parse_timeline

if __name__ == "__main__":
    timeline_file, folder = Path(sys.argv[1]), Path(sys.argv[2])
    began = time.perf_counter()
    timeline = parse_timeline(timeline_file.read_text())
    cache = RenderCache(folder, 1 << 40)
    facts = facts_of_scenes(timeline, cache)
    for name in FORMAT_NAMES:
        export(ExportOrder(timeline, name, folder / f"film-{slug_of(name)}.mp4"), facts, cache, lambda _: None)
    print(json.dumps({"total_s": time.perf_counter() - began}))
