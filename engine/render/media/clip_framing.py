"""Framing a clip: one decoded picture upright on the canvas, in BT.709 limited range, as packed 4:2:0 planes.

Called by clip_task, inside a child process. Drawn by FFmpeg filters, whose graph is built once per kind of picture.
Law: every matrix and range is named to the scaler; nothing about colour is left for it to guess.
"""

from fractions import Fraction
from typing import NamedTuple

import av
from av.filter import Graph
from av.filter.context import FilterContext
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

from engine.render.media.orientation import Orientation, displayed_size, orientation_of
from engine.render.media.tone import Tone, cube_text, tone_of

Crop = tuple[float, float, float, float]
"""x, y, width and height of what is shown, in fractions of the displayed picture."""

# Cubic, with rounding that keeps flat grey flat: 2.3 ms for 1080 × 1920 against 2.0 ms without.
_SCALER = "bicubic+accurate_rnd"

# ITU-T H.273 → the scaler's names. What a file leaves open is BT.709 from 720 lines on, BT.601 below, as players do.
_MATRICES = {1: "bt709", 4: "fcc", 5: "smpte170m", 6: "smpte170m", 7: "smpte240m", 9: "bt2020", 10: "bt2020"}
_FULL_RANGE = 2

_BLUR_SHRINK = 8  # blurred on an eighth of the canvas: the same look for a sixtieth of the work
_BLUR_LEAST = 32  # FFmpeg 8's gblur reads beyond planes narrower than 20 pixels, hence 4:4:4 as well
_BLUR_SIGMA = 0.065  # of the small canvas's shorter side
_DARKENED = 0.72


class _Look(NamedTuple):
    """All of a picture that its graph depends on."""

    width: int
    height: int
    pixels: str
    matrix: int
    range: int
    tone: Tone | None
    orientation: Orientation


class Framer:
    """Frames the pictures of one clip.

    crop: what fills the canvas; None shows the whole picture between sides that are a blurred, darkened
    enlargement of it.
    """

    def __init__(self, width: int, height: int, crop: Crop | None, pixel_aspect: float) -> None:
        self._canvas = width, height
        self._crop = crop
        self._pixel_aspect = pixel_aspect
        self._orientation: Orientation | None = None
        self._look: _Look | None = None
        self._graph = Graph()
        self._count = 0
        # FFmpeg's raw "encoder" drops the padding at the end of lines in one copy, where numpy would cost an import.
        self._packer = VideoCodecContext.create("rawvideo", "w")
        self._packer.width, self._packer.height, self._packer.pix_fmt = width, height, "yuv420p"
        self._packer.time_base = Fraction(1, 1)

    def framed(self, picture: VideoFrame) -> memoryview:
        """The picture on the canvas: width × height × 3 // 2 bytes, planes Y, U, V."""
        if self._orientation is None:
            # Once: it holds for the file, and a frame whose side data was read lives until the garbage collector runs.
            self._orientation = orientation_of(picture)
        look = _Look(
            picture.width,
            picture.height,
            picture.format.name,
            picture.colorspace,
            picture.color_range,
            tone_of(picture),
            self._orientation,
        )
        if look != self._look:
            self._look, self._graph = look, self._graph_for(look, self._displayed(look))
        picture.pts, picture.time_base = self._count, Fraction(1, 1)
        self._count += 1
        self._graph.push(picture)
        drawn = self._graph.pull()
        assert isinstance(drawn, VideoFrame)
        return memoryview(self._packer.encode(drawn)[0])

    def _displayed(self, look: _Look) -> tuple[int, int]:
        return displayed_size(look.width, look.height, self._pixel_aspect, look.orientation)

    def _graph_for(self, look: _Look, displayed: tuple[int, int]) -> Graph:
        graph = Graph()
        graph.threads = 1
        source = graph.add(
            "buffer",
            f"video_size={look.width}x{look.height}:pix_fmt={look.pixels}:time_base=1/1"
            f":colorspace={look.matrix}:range={look.range}",
        )
        crop = self._crop
        width, height = self._canvas if crop else _fitted(displayed, self._canvas)
        upright = self._upright(graph, source, look, crop or (0.0, 0.0, 1.0, 1.0), (width, height))
        whole = (
            upright
            if (width, height) == self._canvas
            else _between_blurred_sides(graph, upright, (width, height), self._canvas)
        )
        whole.link_to(graph.add("buffersink"))
        graph.configure()
        return graph

    def _upright(
        self, graph: Graph, source: FilterContext, look: _Look, crop: Crop, size: tuple[int, int]
    ) -> FilterContext:
        """The cropped part of the picture at this size, upright, in yuv420p BT.709."""
        pixels = av.VideoFormat(look.pixels)
        in_range = "pc" if look.range == _FULL_RANGE or look.pixels.startswith("yuvj") else "tv"
        matrix = _MATRICES.get(look.matrix, "bt709" if max(look.width, look.height) >= 1280 else "smpte170m")
        steps: list[tuple[str, str]] = []
        if any(component.is_alpha for component in pixels.components):
            opaque = "gbrp" if pixels.is_rgb else "yuv444p"
            steps += [("format", opaque.replace("p", "ap") if pixels.is_rgb else "yuva444p")]
            steps += [("premultiply", "inplace=1"), ("format", opaque)]  # over black
        x, y, width, height = look.orientation.stored(crop)
        if (width, height) != (1.0, 1.0):
            columns, rows = max(2, round(width * look.width)), max(2, round(height * look.height))
            left, top = round(x * look.width), round(y * look.height)
            steps += [("crop", f"{columns}:{rows}:{left}:{top}:exact=1")]
        size = size[::-1] if look.orientation.turned else size
        coming = "" if pixels.is_rgb else f":in_color_matrix={matrix}:in_range={in_range}"
        leaving = ":out_color_matrix=bt709:out_range=tv"
        scaled = f"{size[0]}:{size[1]}:flags={_SCALER}"
        if look.tone:
            wide = _chained(graph, source, [*steps, ("scale", scaled + coming), ("format", "gbrp16le")])
            source, steps = _toned(graph, wide, look.tone), [("scale", f"flags={_SCALER}{leaving}")]
        else:
            steps += [("scale", scaled + coming + leaving)]
        steps += [("format", "yuv420p"), *look.orientation.filters]
        return _chained(graph, source, steps)


def _toned(graph: Graph, source: FilterContext, tone: Tone) -> FilterContext:
    """The filter reads its table while it is made; nobody needs the file afterwards."""
    from tempfile import NamedTemporaryFile  # few clips need it, and it brings much along

    with NamedTemporaryFile("w", suffix=".cube") as table:
        table.write(cube_text(tone))
        table.flush()
        toned = graph.add("lut3d", file=table.name)
    source.link_to(toned)
    return toned


def _fitted(displayed: tuple[int, int], canvas: tuple[int, int]) -> tuple[int, int]:
    """The largest even size of the picture's shape inside the canvas; the canvas itself where two pixels are left."""
    factor = min(canvas[0] / displayed[0], canvas[1] / displayed[1])
    width, height = (max(2, round(side * factor / 2) * 2) for side in displayed)
    width, height = min(width, canvas[0]), min(height, canvas[1])
    return canvas if canvas[0] - width <= 2 and canvas[1] - height <= 2 else (width, height)


def _between_blurred_sides(
    graph: Graph, picture: FilterContext, size: tuple[int, int], canvas: tuple[int, int]
) -> FilterContext:
    width, height = canvas
    factor = min(size[0] / width, size[1] / height)
    columns, rows = (max(2, round(side * factor / 2) * 2) for side in canvas)
    small = tuple(max(_BLUR_LEAST, side // _BLUR_SHRINK) for side in canvas)
    twice = graph.add("split")
    picture.link_to(twice)
    sides = _chained(
        graph,
        twice,
        [
            ("crop", f"{columns}:{rows}"),
            ("scale", f"{small[0]}:{small[1]}:flags=area"),
            # Sixteen bits from here: eight would show as bands where a dark sky is enlarged.
            ("format", "yuv444p16le"),
            ("gblur", f"sigma={max(1.0, _BLUR_SIGMA * min(small)):.2f}:steps=3"),
            (
                "lutyuv",
                f"y=(val-4096)*{_DARKENED}+4096:u=(val-32768)*{_DARKENED}+32768:v=(val-32768)*{_DARKENED}+32768",
            ),
            ("scale", f"{width}:{height}:flags=bilinear"),
            ("format", "yuv420p"),
        ],
    )
    laid = graph.add("overlay", f"x={(width - size[0]) // 4 * 2}:y={(height - size[1]) // 4 * 2}:format=yuv420")
    sides.link_to(laid, 0, 0)
    twice.link_to(laid, 1, 1)
    return laid


def _chained(graph: Graph, source: FilterContext, steps: list[tuple[str, str]]) -> FilterContext:
    for name, arguments in steps:
        step = graph.add(name, arguments or None)
        source.link_to(step)
        source = step
    return source
