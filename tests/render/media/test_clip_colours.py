"""High dynamic range, wide colour, transparency and interlacing become ordinary pictures."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import pytest

from engine.render.media.probe import probe
from engine.render.media.sandbox import MediaRefused
from engine.render.media.tone import Tone, bt709_of, pq_code, pq_nits
from tests.material import make_clip, number_card, number_on
from tests.render.media.test_clips import frames_of

Values = npt.NDArray[np.float64]


def make_hdr(path: Path, transfer: str, codes: list[float]) -> Path:
    """Four grey bars side by side, coded as these fractions of the full signal."""
    lumas = np.repeat(np.round(64 + 876 * np.array(codes)).astype("<u2"), 40)

    def coded(frame: av.VideoFrame) -> av.VideoFrame:
        made = av.VideoFrame(frame.width, frame.height, "yuv420p10le")
        for plane, values in zip(made.planes, (lumas, np.full(80, 512, "<u2"), np.full(80, 512, "<u2")), strict=True):
            rows = np.zeros((plane.height, plane.line_size // 2), "<u2")
            rows[:, : plane.width] = values
            plane.update(rows.tobytes())
        return made

    return make_clip(
        path,
        [number_card(0)] * 2,
        codec="libx265",
        pixel_format="yuv420p10le",
        options={
            "x265-params": f"log-level=none:bframes=0:qp=4:colorprim=bt2020:transfer={transfer}:colormatrix=bt2020nc"
        },
        prepare=coded,
    )


def bars(path: Path) -> list[float]:
    """Displayed light of the four bars (BT.1886), 1 is white."""
    (luma, u, v), *_ = frames_of(path)
    assert abs(u.astype(int) - 128).max() <= 1
    assert abs(v.astype(int) - 128).max() <= 1
    return [float(np.clip((luma[48, at] - 16) / 219, 0, 1) ** 2.4) for at in (20, 60, 100, 140)]


def test_pq_keeps_shadows_and_skin_and_rolls_off_the_sun(tmp_path: Path) -> None:
    nits = np.array([5.0, 60.0, 203.0, 1000.0])
    clip = make_hdr(tmp_path / "pq.mp4", "smpte2084", pq_code(nits).tolist())

    shadow, skin, white, sun = bars(clip)

    assert shadow == pytest.approx(5 / 203, rel=0.08)
    assert skin == pytest.approx(60 / 203, rel=0.05)
    assert 0.7 < white < 0.9  # room is left for what is brighter
    assert sun > 0.99


def test_hlg_looks_as_pq_of_the_same_light(tmp_path: Path) -> None:
    # BT.2408: the signal of 38 % is an 18 % grey at 26 nits, 75 % is reference white at 203 nits.
    hlg = make_hdr(tmp_path / "hlg.mp4", "arib-std-b67", [0.38, 0.75, 1.0, 0.0])
    pq = make_hdr(tmp_path / "pq.mp4", "smpte2084", pq_code(np.array([26.0, 203.0, 1000.0, 0.0])).tolist())

    assert bars(hlg) == pytest.approx(bars(pq), abs=0.02)


def test_the_pq_curve_is_the_standards() -> None:
    assert pq_nits(np.array([0.0, 0.508078, 0.751827, 1.0])) == pytest.approx([0, 100, 1000, 10_000], rel=1e-4)


@pytest.mark.parametrize("tone", ["pq", "hlg", "wide"])
def test_greys_stay_grey_and_brightness_never_turns_back(tone: Tone) -> None:
    codes = np.linspace(0, 1, 200)

    shown = bt709_of(np.repeat(codes[:, None], 3, axis=1), tone)

    assert np.ptp(shown, axis=1).max() < 1e-3
    assert np.diff(shown[:, 1]).min() >= -1e-9
    assert shown[0].max() == 0
    assert shown[-1].min() == pytest.approx(1, abs=2e-3)


def test_colours_that_bt709_lacks_keep_their_kind() -> None:
    pure = pq_code(np.array([[100.0, 0, 0], [0, 100.0, 0], [0, 0, 100.0]]))

    shown = bt709_of(pure, "pq")

    assert shown.argmax(axis=1).tolist() == [0, 1, 2]
    assert shown.min() >= 0
    assert shown.max() <= 1


def test_dolby_vision_with_colours_of_its_own_is_refused(tmp_path: Path) -> None:
    clip = make_clip(
        tmp_path / "dv.mp4", [number_card(1)] * 2, codec="libx265", options={"x265-params": "log-level=none:bframes=0"}
    )
    data = clip.read_bytes()
    clip.write_bytes(data.replace(b"hev1", b"dvh1").replace(b"hvc1", b"dvh1"))

    with pytest.raises(MediaRefused, match=r"Dolby Vision profile 5.*HDR10"):
        probe(clip)


@pytest.mark.parametrize(
    ("name", "codec", "pixels"),
    [("a.webm", "libvpx-vp9", "yuva420p"), ("a.webm", "libvpx", "yuva420p"), ("a.mov", "qtrle", "argb")],
)
def test_a_transparent_clip_stands_on_black(tmp_path: Path, name: str, codec: str, pixels: str) -> None:
    """Light grey left, and right the same but clear."""

    def half_clear(frame: av.VideoFrame) -> av.VideoFrame:
        made = av.VideoFrame(frame.width, frame.height, "yuva420p")
        for number, (plane, value) in enumerate(zip(made.planes, (180, 128, 128, 0), strict=True)):
            rows = np.full((plane.height, plane.line_size), value, np.uint8)
            if number == 3:
                rows[:, : plane.width // 2] = 255
            plane.update(rows.tobytes())
        return made if pixels == "yuva420p" else made.reformat(format=pixels)

    clip = make_clip(
        tmp_path / name,
        [number_card(0)] * 2,
        codec=codec,
        pixel_format=pixels,
        options={"auto-alt-ref": "0"} if codec == "libvpx" else {},
        prepare=half_clear,
    )

    (luma, u, v), *_ = frames_of(clip)

    assert luma[48, 20] == pytest.approx(180, abs=3)
    assert luma[48, 140] == pytest.approx(16, abs=1)
    assert u.mean() == pytest.approx(128, abs=1)
    assert v.mean() == pytest.approx(128, abs=1)


def test_interlaced_film_shows_no_combs(tmp_path: Path) -> None:
    """A white bar that moves 16 pixels between the two fields of each picture."""

    def bar(moment: int) -> npt.NDArray[np.uint8]:
        picture = np.full((96, 160, 3), 16, np.uint8)
        picture[:, 16 + moment * 16 : 32 + moment * 16] = 235
        return picture

    woven = []
    for number in range(4):
        picture = bar(2 * number)
        picture[1::2] = bar(2 * number + 1)[1::2]
        woven.append(picture)
    clip = make_clip(
        tmp_path / "band.ts",
        woven,
        fps=Fraction(25),
        codec="mpeg2video",
        options={"flags": "+ildct+ilme", "g": "1", "q:v": "2", "field_order": "tt"},
        prepare=as_interlaced,
    )

    assert probe(clip).interlaced is True
    (luma, _, _), *_ = frames_of(clip, start=1)

    combs = np.abs(np.diff(luma[20:76].astype(int), axis=0)).max(axis=0)
    assert (combs > 60).sum() <= 4


def as_interlaced(frame: av.VideoFrame) -> av.VideoFrame:
    """The same picture, flagged as two fields by a filter."""
    graph = av.filter.Graph()
    source = graph.add("buffer", f"video_size={frame.width}x{frame.height}:pix_fmt=rgb24:time_base=1/25")
    steps = [graph.add("format", "yuv420p"), graph.add("setfield", "tff"), graph.add("buffersink")]
    graph.link_nodes(source, *steps).configure()
    frame.pts, frame.time_base = 0, Fraction(1, 25)
    graph.push(frame)
    made = graph.pull()
    assert isinstance(made, av.VideoFrame)
    return made


def test_a_recording_whose_window_was_resized_goes_on(tmp_path: Path) -> None:
    parts = [
        make_clip(tmp_path / f"{n}.ts", [number_card(n + k, *size) for k in range(6)], options={"bf": "0"}, ticks=ticks)
        for n, size in ((0, (160, 96)), (6, (240, 160)))
        for ticks in [[(n + k) * 3000 + 90_000 for k in range(6)]]
    ]
    joined = tmp_path / "samen.ts"
    joined.write_bytes(b"".join(part.read_bytes() for part in parts))

    frames = frames_of(joined, count=12)

    assert [number_on(luma) for luma, _, _ in frames] == list(range(12))
