"""A clip shows on each frame what a viewer would see at that moment, upright, in the right colours."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import pytest

from engine.render.media.clips import ClipReader
from engine.render.media.sandbox import MediaRefused
from tests.material import Rgb, halves, make_clip, make_sound, number_card, number_on, sine

WHOLE = (0.0, 0.0, 1.0, 1.0)
CARDS = [number_card(n) for n in range(60)]

Planes = tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8], npt.NDArray[np.uint8]]


def frames_of(
    path: Path,
    *,
    start: int = 0,
    count: int = 1,
    size: tuple[int, int] = (160, 96),
    crop: tuple[float, float, float, float] | None = WHOLE,
) -> list[Planes]:
    """The frames' Y, U and V planes."""
    width, height = size
    luma, chroma = width * height, width * height // 4
    frames: list[Planes] = []
    with ClipReader(path, start_frame=start, count=count, width=width, height=height, crop=crop) as clip:
        for _ in range(count):
            data = np.empty(luma * 3 // 2, np.uint8)
            clip.read_into(data.data)
            u, v = data[luma : luma + chroma], data[luma + chroma :]
            shape = (height // 2, width // 2)
            frames.append((data[:luma].reshape(height, width), u.reshape(shape), v.reshape(shape)))
    return frames


def numbers_of(path: Path, *, start: int, count: int) -> list[int]:
    return [number_on(luma) for luma, _, _ in frames_of(path, start=start, count=count)]


def shown_at(times: list[Fraction], frame: int) -> int:
    """Which picture a viewer sees: the last that began, at most 1 ms late; the first before that."""
    return max([0, *(number for number, at in enumerate(times) if at <= Fraction(frame, 30) + Fraction(1, 1000))])


@pytest.mark.parametrize("fps", [24, 25, Fraction(30000, 1001), 30, 50, 60])
@pytest.mark.parametrize("start", [-3, 0, 1, 29, 31])
def test_each_frame_shows_the_picture_of_its_moment(tmp_path: Path, fps: int | Fraction, start: int) -> None:
    clip = make_clip(tmp_path / "clip.mp4", CARDS, fps=fps, options={"bf": "2"})
    times = [number / Fraction(fps) for number in range(60)]

    assert numbers_of(clip, start=start, count=12) == [shown_at(times, n) for n in range(start, start + 12)]


@pytest.mark.parametrize("start", [0, 33, 55])
def test_uneven_frame_times_are_followed(tmp_path: Path, start: int) -> None:
    ticks = np.cumsum([0, *np.random.default_rng(3).integers(1000, 9000, 59)]).tolist()
    clip = make_clip(tmp_path / "scherm.mp4", CARDS, ticks=ticks)
    times = [Fraction(tick, 90_000) for tick in ticks]

    assert numbers_of(clip, start=start, count=30) == [shown_at(times, n) for n in range(start, start + 30)]


@pytest.mark.parametrize(
    ("name", "codec", "options"),
    [
        ("a.webm", "libvpx-vp9", {"deadline": "realtime", "cpu-used": "8", "g": "20"}),
        ("a.mkv", "libx264", {"bf": "3", "x264-params": "open-gop=1"}),
        ("a.ts", "libx264", {"bf": "3"}),
        ("a.avi", "mpeg4", {"g": "20"}),
        ("a.mov", "libx265", {"x265-params": "log-level=none:open-gop=1:bframes=4:keyint=16"}),
        ("one-key-frame.mp4", "libx264", {"g": "1000"}),
    ],
)
@pytest.mark.parametrize("start", [0, 40])
def test_trimming_is_exact_in_every_container(
    tmp_path: Path, name: str, codec: str, options: dict[str, str], start: int
) -> None:
    clip = make_clip(tmp_path / name, CARDS, codec=codec, options=options)

    assert numbers_of(clip, start=start, count=8) == list(range(start, start + 8))


def test_a_clip_whose_times_start_late_begins_with_its_first_picture(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "laat.mkv", CARDS, ticks=[n * 3000 + 450_000 for n in range(60)])

    assert numbers_of(clip, start=0, count=3) == [0, 1, 2]
    assert numbers_of(clip, start=45, count=3) == [45, 46, 47]


def test_behind_its_end_a_clip_holds_its_last_picture(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "kort.mp4", CARDS[:40])

    assert numbers_of(clip, start=38, count=5) == [38, 39, 39, 39, 39]
    assert numbers_of(clip, start=4000, count=2) == [39, 39]


def test_a_broken_place_holds_the_last_good_picture(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "stuk.mkv", CARDS, codec="mjpeg", pixel_format="yuvj420p", options={"q:v": "2"})
    data = bytearray(clip.read_bytes())
    with av.open(str(clip)) as container:
        broken = [(packet.pos, packet.size) for packet in container.demux(video=0) if packet.pos][20:23]
    for at, size in broken:
        data[at + 8 : at + size] = bytes(size - 8)
    clip.write_bytes(data)

    assert numbers_of(clip, start=18, count=7) == [18, 19, 19, 19, 19, 23, 24]


def test_a_clip_in_which_nothing_decodes_is_refused(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "kapot.mp4", CARDS)
    data = bytearray(clip.read_bytes())
    start = data.index(b"mdat") + 4
    with av.open(str(clip)) as container:
        size = sum(packet.size for packet in container.demux(video=0))
    data[start : start + size] = bytes(size)
    clip.write_bytes(data)

    with pytest.raises(MediaRefused, match=r"'kapot\.mp4'.*decoded"):
        frames_of(clip)


def test_a_sound_is_no_clip(tmp_path: Path) -> None:
    with pytest.raises(MediaRefused, match="no pictures, only sound"):
        frames_of(make_sound(tmp_path / "stem.wav", sine(440, 1)))


def corners(width: int = 160, height: int = 96) -> Rgb:
    """Grey, with a white upper left and a black upper right corner."""
    picture = np.full((height, width, 3), 128, np.uint8)
    picture[: height // 3, : width // 4] = 255
    picture[: height // 3, -width // 4 :] = 0
    return picture


def corner_lumas(luma: npt.NDArray[np.uint8]) -> list[int]:
    """Upper left, upper right, lower right, lower left, rounded to black 0, grey 1, white 2."""
    height, width = luma.shape
    places = ((8, 8), (8, width - 9), (height - 9, width - 9), (height - 9, 8))
    return [round((int(luma[place]) - 16) / 110) for place in places]


@pytest.mark.parametrize(
    ("rotation_deg", "seen"), [(0, [2, 0, 1, 1]), (90, [1, 2, 0, 1]), (180, [1, 1, 2, 0]), (270, [0, 1, 1, 2])]
)
@pytest.mark.parametrize("crop", [WHOLE, None])
def test_a_phone_clip_stands_upright(
    tmp_path: Path, rotation_deg: int, seen: list[int], crop: tuple[float, float, float, float] | None
) -> None:
    clip = make_clip(tmp_path / "telefoon.mp4", [corners()] * 3, rotation_deg=rotation_deg)
    size = (96, 160) if rotation_deg % 180 else (160, 96)

    (luma, _, _), *_ = frames_of(clip, size=size, crop=crop)

    assert corner_lumas(luma) == seen


def test_a_crop_is_taken_from_the_upright_picture(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "telefoon.mp4", [corners(320, 192)] * 3, rotation_deg=90)

    (luma, _, _), *_ = frames_of(clip, size=(48, 40), crop=(0.7, 0.0, 0.28, 0.2))  # where white now is

    assert luma.min() > 220


def test_the_whole_picture_stands_between_darker_blurred_sides(tmp_path: Path) -> None:
    red_and_blue = halves(320, 180, (200, 30, 30), (30, 30, 200))
    clip = make_clip(tmp_path / "breed.mp4", [red_and_blue] * 2)

    (luma, u, v), *_ = frames_of(clip, size=(180, 320), crop=None)

    inside, above = luma[120:200], luma[:60]
    assert inside[:, 20].mean() == pytest.approx(luma[160, 20], abs=1)
    assert above[:, 20].mean() < inside[:, 20].mean() - 5
    steps = np.abs(np.diff(above.mean(axis=0)))
    assert steps.max() < 3  # no edge of red and blue is left
    assert v[:30, 5].mean() > 150
    assert u[:30, -5].mean() > 150


def test_oblong_pixels_become_square(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "dv.mp4", [np.full((96, 96, 3), 235, np.uint8)] * 2, pixel_aspect=Fraction(2, 1))

    (luma, _, _), *_ = frames_of(clip, size=(192, 192), crop=None)

    bright = luma[:, 96] > 200
    assert bright.sum() == pytest.approx(96, abs=2)
    assert (luma[96] > 200).all()


@pytest.mark.parametrize("size", [(161, 97), (160, 97), (99, 175)])
def test_odd_sizes_fill_even_canvases(tmp_path: Path, size: tuple[int, int]) -> None:
    grey = np.full((size[1], size[0], 3), 200, np.uint8)
    clip = make_clip(tmp_path / "oneven.mp4", [grey] * 2, pixel_format="yuv444p")

    for crop in (WHOLE, None):
        (luma, _, _), *_ = frames_of(clip, size=(90, 160), crop=crop)
        assert luma[80].mean() == pytest.approx(16 + 200 * 219 / 255, abs=2)


# Luma and chroma of pure colours in BT.709, limited range (ITU-R BT.709-6, 8 bits).
COLOURS = {
    (255, 0, 0): (63, 102, 240),
    (0, 255, 0): (173, 42, 26),
    (0, 0, 255): (32, 240, 118),
    (255, 255, 255): (235, 128, 128),
}


@pytest.mark.parametrize(
    ("matrix", "full_range"),
    [("bt709", False), ("bt709", True), ("smpte170m", False), ("smpte170m", True), ("bt2020nc", False)],
)
@pytest.mark.parametrize("colour", COLOURS)
def test_colours_keep_whatever_matrix_the_clip_was_written_with(
    tmp_path: Path, matrix: str, full_range: bool, colour: tuple[int, int, int]
) -> None:
    numbers = {"bt709": 1, "smpte170m": 6, "bt2020nc": 9}

    def coded(frame: av.VideoFrame) -> av.VideoFrame:
        matrices = {"bt709": "ITU709", "smpte170m": "ITU601", "bt2020nc": "BT2020"}
        made = coded_by_hand(frame, matrices[matrix], full_range)
        made.colorspace, made.color_range = numbers[matrix], 2 if full_range else 1
        return made

    clip = make_clip(
        tmp_path / "kleur.mp4",
        [np.full((64, 96, 3), colour, np.uint8)] * 2,
        options={"x264-params": f"colormatrix={matrix}:fullrange={'on' if full_range else 'off'}", "qp": "1"},
        prepare=coded,
    )

    (y, u, v), *_ = frames_of(clip, size=(96, 64))

    assert (y.mean(), u.mean(), v.mean()) == pytest.approx(COLOURS[colour], abs=2.1)


def coded_by_hand(frame: av.VideoFrame, matrix: str, full_range: bool) -> av.VideoFrame:
    """RGB to 4:2:0 by the matrix's own definition, so that the scaler under test is not its own judge."""
    red, green, blue = frame.to_ndarray()[0, 0].astype(float) / 255
    kr, kb = {"ITU709": (0.2126, 0.0722), "ITU601": (0.299, 0.114), "BT2020": (0.2627, 0.0593)}[matrix]
    y = kr * red + (1 - kr - kb) * green + kb * blue
    u, v = (blue - y) / (2 - 2 * kb), (red - y) / (2 - 2 * kr)
    codes = (255 * y, 255 * u + 128, 255 * v + 128) if full_range else (16 + 219 * y, 128 + 224 * u, 128 + 224 * v)
    height, width = frame.height, frame.width
    planes = np.concatenate(
        [
            np.full(n, round(min(c, 255)), np.uint8)
            for n, c in zip((width * height, width * height // 4, width * height // 4), codes, strict=True)
        ]
    )
    return av.VideoFrame.from_ndarray(planes.reshape(height * 3 // 2, width), "yuv420p")
