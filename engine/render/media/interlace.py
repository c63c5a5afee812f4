"""Interlaced film made whole: both fields of a picture taken at one moment, by FFmpeg's bwdif.

Called by clip_task, inside a child process.
Law: one picture in, one out, with the same time; film that is not interlaced passes untouched and at no cost.
"""

from collections import deque
from collections.abc import Iterator
from fractions import Fraction
from itertools import count

import av
from av.filter import Graph
from av.video.frame import VideoFrame

Timed = tuple[float, VideoFrame]
"""Seconds, and the picture shown from then on."""


def progressive(pictures: Iterator[Timed]) -> Iterator[Timed]:
    """The same pictures without combs."""
    graph: Graph | None = None
    shape: tuple[int, int, str] | None = None
    times_s: deque[float] = deque()
    numbers = count()
    for time_s, picture in pictures:
        found = (picture.width, picture.height, picture.format.name)
        if graph is not None and found != shape:
            yield from _drained(graph, times_s)
            graph = None
        if graph is None and picture.interlaced_frame:
            graph, shape = _bwdif(picture), found
        if graph is None:
            yield time_s, picture
            continue
        picture.pts, picture.time_base = next(numbers), Fraction(1, 1)
        times_s.append(time_s)
        graph.push(picture)
        yield from _ready(graph, times_s)
    if graph is not None:
        yield from _drained(graph, times_s)


def _bwdif(picture: VideoFrame) -> Graph:
    graph = Graph()
    graph.threads = 1
    source = graph.add(
        "buffer",
        f"video_size={picture.width}x{picture.height}:pix_fmt={picture.format.name}:time_base=1/1"
        f":colorspace={picture.colorspace}:range={picture.color_range}",
    )
    graph.link_nodes(source, graph.add("bwdif", "mode=send_frame:deint=interlaced"), graph.add("buffersink"))
    graph.configure()
    return graph


def _ready(graph: Graph, times_s: deque[float]) -> Iterator[Timed]:
    """What the filter, which looks one picture ahead, has finished."""
    while True:
        try:
            picture = graph.pull()
        except (av.error.BlockingIOError, EOFError):
            return
        if times_s and isinstance(picture, VideoFrame):
            yield times_s.popleft(), picture


def _drained(graph: Graph, times_s: deque[float]) -> Iterator[Timed]:
    graph.push(None)
    yield from _ready(graph, times_s)
    times_s.clear()
