"""The encoder alone: x264 in one pass with its default threads, on the very frames that the export draws.

Run by bench as a process of its own, since it holds every frame in memory (2.8 GB for 30 s of 1080 x 1920), so that
nothing but the encoder is timed. Prints {"wall_s", "cpu_s"}.
"""

import json
import sys
import time
from fractions import Fraction
from pathlib import Path

import av

from engine.render.export import ExportOrder
from engine.render.film.cache import RenderCache
from engine.render.film.facts import facts_of_scenes
from engine.render.film.logo_cache import CachedLogos
from engine.render.film.shots import ShotMaker
from engine.render.formats import FormatName, Quality, format_named
from engine.render.picture.compositor import Painter, Picture
from engine.render.picture.frames import Frame
from engine.render.picture.layers import layers_of
from engine.render.picture.spans import Span
from engine.render.timeline import FPS, parse_timeline


def frames_of(timeline_path: Path, format_name: FormatName, cache_folder: Path) -> list[Frame]:
    """Every frame of the film, drawn as the export draws them."""
    timeline = parse_timeline(timeline_path.read_text())
    cache = RenderCache(cache_folder, 1 << 40)
    canvas = ExportOrder(timeline, format_name, Path()).canvas
    logos = CachedLogos(cache)
    layers = layers_of(timeline, canvas, logos.content(timeline.brand.logo), logos.load)
    whole = Span(0, timeline.duration_frames)
    shots = ShotMaker(timeline, canvas, facts_of_scenes(timeline, cache), cache, whole).shots
    drawn = []
    with Painter(Picture(timeline, canvas, shots, layers), whole) as painter:
        for number in range(whole.end):
            frame = Frame(canvas.width, canvas.height)
            painter.paint(number, frame)
            drawn.append(frame)
    return drawn


def encode(frames: list[Frame], out: Path, quality: Quality) -> None:
    """One pass, x264's own choice of threads, key frames and scene cuts."""
    with av.open(str(out), "w", options={"movflags": "+faststart"}) as film:
        stream = film.add_stream("libx264", rate=FPS)
        stream.width, stream.height, stream.pix_fmt = frames[0].width, frames[0].height, "yuv420p"
        stream.codec_context.options = {"preset": quality.preset, "crf": str(quality.crf)}
        stream.codec_context.thread_count = 0
        stream.codec_context.thread_type = "FRAME"  # x264's own default; PyAV's is slices, which cost quality
        for number, frame in enumerate(frames):
            picture = av.VideoFrame.from_numpy_buffer(frame.packed, format="yuv420p")
            picture.pts, picture.time_base = number, Fraction(1, FPS)
            film.mux(stream.encode(picture))
        film.mux(stream.encode(None))


if __name__ == "__main__":
    timeline_file, name, cache_dir = sys.argv[1:4]
    frames = frames_of(Path(timeline_file), format_named(name), Path(cache_dir))
    began, cpu_began = time.perf_counter(), time.process_time()
    encode(frames, Path(cache_dir) / "alone.mp4", Quality())
    print(json.dumps({"wall_s": time.perf_counter() - began, "cpu_s": time.process_time() - cpu_began}))
