"""Exports: the finished file, as a player and a client would find it."""

import signal
import subprocess
import sys
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image, ImageCms

from bench.material import speech_like
from engine.render.export import Exported, ExportOrder, export
from engine.render.film.cache import RenderCache
from engine.render.film.facts import facts_of_scenes
from engine.render.formats import FORMAT_NAMES, FormatName
from engine.render.media.sandbox import MediaRefused
from engine.render.picture.spans import Span
from engine.render.timeline import (
    CaptionStyle,
    CardSource,
    ClipSource,
    Crop,
    ImageSource,
    Motion,
    Music,
    MusicBed,
    Scene,
    Source,
    Timeline,
    Transition,
    Voice,
    Word,
)
from tests.material import beep_at, halves, make_clip, make_sound, number_card, number_on

GREEN, RED = (0, 150, 0), (200, 0, 0)


def photo(path: Path, left: tuple[int, int, int] = GREEN, right: tuple[int, int, int] = RED, **save: object) -> Path:
    Image.fromarray(halves(600, 800, left, right)).save(path, **save)  # type: ignore[arg-type]  # Pillow's **params
    return path


def scene(name: str, source: Source, frames: int = 20, crossfade: int = 0, **more: object) -> Scene:
    transition = Transition(kind="crossfade", duration_frames=crossfade) if crossfade else Transition()
    fields = {"id": name, "source": source, "duration_frames": frames, "transition": transition, **more}
    return Scene.model_validate(fields)


def film(*scenes: Scene, **more: object) -> Timeline:
    return Timeline.model_validate({"title": "Zomer", "scenes": scenes, "captions": None, **more})


def render(
    timeline: Timeline, folder: Path, format_name: FormatName = "9:16", span: Span | None = None
) -> tuple[Exported, Path]:
    """Export as a draft (the same code on a small canvas) into `folder`, with its cache there too."""
    cache = RenderCache(folder / "cache", 1 << 30)
    order = ExportOrder(timeline, format_name, folder / "film.mp4", draft=True, span=span)
    made = export(order, facts_of_scenes(timeline, cache), cache, lambda _: None)
    return made, order.out


def pictures(path: Path) -> list[np.ndarray]:
    """Every frame as RGB."""
    with av.open(str(path)) as container:
        return [np.asarray(frame.to_ndarray(format="rgb24")) for frame in container.decode(video=0)]


def colour_at(picture: np.ndarray, x: float, y: float) -> np.ndarray:
    height, width, _ = picture.shape
    return np.asarray(picture[int(y * height), int(x * width)], int)


def is_near(colour: np.ndarray, wanted: tuple[int, int, int], tolerance: int = 14) -> bool:
    return bool(np.abs(colour - np.array(wanted)).max() <= tolerance)


def test_a_film_has_exactly_its_frames_in_order_from_time_zero(tmp_path: Path) -> None:
    picture = ImageSource(path=photo(tmp_path / "a.jpg"))
    timeline = film(
        scene("a", picture, 47, 7), scene("b", CardSource(heading="Hallo"), 33, 6), scene("c", picture, 101)
    )

    made, path = render(timeline, tmp_path)

    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        packets = [packet for packet in container.demux(stream) if packet.dts is not None]
        assert stream.time_base is not None
        times = sorted(packet.pts * stream.time_base for packet in packets if packet.pts is not None)
        decoding = [packet.dts for packet in packets if packet.dts is not None]
    assert made.frames == len(packets) == 181
    assert times == [Fraction(number, 30) for number in range(181)]
    assert all(earlier < later for earlier, later in pairwise(decoding))
    assert len(pictures(path)) == 181


def test_sound_and_picture_start_together_and_are_equally_long(tmp_path: Path) -> None:
    voice = make_sound(tmp_path / "v.wav", beep_at(1.0))
    timeline = film(scene("a", CardSource(heading="Piep"), 90), voice=Voice(path=voice))

    _, path = render(timeline, tmp_path)

    with av.open(str(path)) as container:
        sound = np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1)
        lengths = {
            stream.type: float(stream.duration * stream.time_base)
            for stream in container.streams
            if stream.duration is not None and stream.time_base is not None
        }
    first = int(np.argmax(np.abs(sound[0]) > 0.5 * np.abs(sound[0]).max()))
    assert abs(first / 48_000 - 1.0) < 1 / 30
    assert abs(lengths["audio"] - 3.0) < 1 / 30
    assert abs(lengths["video"] - 3.0) < 1e-6


@pytest.mark.parametrize("format_name", FORMAT_NAMES)
def test_each_format_shows_the_picture_unstretched(tmp_path: Path, format_name: FormatName) -> None:
    board = np.full((900, 900, 3), 255, np.uint8)
    board[350:550, 350:550] = 0
    Image.fromarray(board).save(tmp_path / "vierkant.png")

    _, path = render(film(scene("a", ImageSource(path=tmp_path / "vierkant.png"))), tmp_path, format_name)

    dark = np.nonzero(pictures(path)[0].mean(axis=2) < 100)
    assert abs(np.ptp(dark[0]) - np.ptp(dark[1])) <= 2


def test_nothing_is_encoded_again_when_nothing_changed(tmp_path: Path) -> None:
    timeline = film(
        scene("a", ImageSource(path=photo(tmp_path / "a.jpg")), 60), scene("b", CardSource(heading="x"), 60)
    )
    first, path = render(timeline, tmp_path)

    second, _ = render(timeline, tmp_path)

    assert (first.segments_rendered, first.segments_reused) == (2, 0)
    assert (second.segments_rendered, second.segments_reused) == (0, 2)
    assert second.sha256 == first.sha256
    assert path.stat().st_size == second.size


def test_a_changed_scene_is_the_only_one_encoded_again(tmp_path: Path) -> None:
    picture = ImageSource(path=photo(tmp_path / "a.jpg"))
    scenes = [
        scene("a", picture, 60),
        scene("b", picture, 60, motion=Motion(end=Crop(zoom=1.2))),
        scene("c", picture, 60),
    ]
    render(film(*scenes), tmp_path)

    scenes[1] = scene("b", picture, 60, motion=Motion(end=Crop(zoom=1.3)))
    again, _ = render(film(*scenes), tmp_path)

    assert again.segments_rendered == 1


def test_a_picture_replaced_under_the_same_name_is_seen(tmp_path: Path) -> None:
    timeline = film(scene("a", ImageSource(path=photo(tmp_path / "a.png"))))
    render(timeline, tmp_path)
    photo(tmp_path / "a.png", left=RED, right=GREEN)

    _, path = render(timeline, tmp_path)

    assert is_near(colour_at(pictures(path)[0], 0.1, 0.5), RED)


def test_a_photo_turned_by_its_camera_stands_upright(tmp_path: Path) -> None:
    turned = Image.Exif()
    turned[0x0112] = 6  # the stored picture must be turned a quarter clockwise
    photo(tmp_path / "a.jpg", quality=95, exif=turned)

    _, path = render(film(scene("a", ImageSource(path=tmp_path / "a.jpg"))), tmp_path)

    assert is_near(colour_at(pictures(path)[0], 0.5, 0.1), GREEN)
    assert is_near(colour_at(pictures(path)[0], 0.5, 0.9), RED)


def test_a_colour_profile_is_respected(tmp_path: Path) -> None:
    """A picture whose profile says that its numbers are CIE Lab-like XYZ would look wrong if it were ignored."""
    plain = Image.new("RGB", (400, 400), (120, 60, 200))
    lab = ImageCms.createProfile("LAB", 6500)
    as_lab = ImageCms.profileToProfile(plain, ImageCms.createProfile("sRGB"), lab, outputMode="LAB")
    assert as_lab is not None
    as_lab.save(tmp_path / "a.tif")

    _, path = render(film(scene("a", ImageSource(path=tmp_path / "a.tif"))), tmp_path)

    assert is_near(colour_at(pictures(path)[0], 0.5, 0.5), (120, 60, 200), tolerance=20)


def test_a_transparent_picture_lies_on_the_brands_ground(tmp_path: Path) -> None:
    Image.new("RGBA", (300, 300), (0, 0, 0, 0)).save(tmp_path / "a.png")

    _, path = render(film(scene("a", ImageSource(path=tmp_path / "a.png")), brand={"ground": "#2457A6"}), tmp_path)

    assert is_near(colour_at(pictures(path)[0], 0.5, 0.5), (0x24, 0x57, 0xA6))


def test_a_whole_picture_between_blurred_sides_is_all_there(tmp_path: Path) -> None:
    wide = photo(tmp_path / "a.png")

    _, path = render(film(scene("a", ImageSource(path=wide), fit="blur")), tmp_path, "16:9")

    first = pictures(path)[0]
    assert is_near(colour_at(first, 0.31, 0.5), GREEN)
    assert is_near(colour_at(first, 0.69, 0.5), RED)


@pytest.mark.parametrize("fps", [24, 25, 50])
def test_a_clip_is_trimmed_to_the_frame(tmp_path: Path, fps: int) -> None:
    clip = make_clip(tmp_path / "c.mp4", (number_card(n) for n in range(3 * fps)), fps=fps)

    source = ClipSource(path=clip, trim_start_frames=31)
    _, path = render(film(scene("a", source, 30)), tmp_path, "16:9")

    shown = [number_on(picture[:, :, 1]) for picture in pictures(path)]
    assert shown == [(31 + n) * fps // 30 for n in range(30)]


def test_a_crossfade_into_a_clip_shows_the_frames_before_its_trim(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "c.mp4", (number_card(n) for n in range(90)))
    black = tmp_path / "b.png"
    Image.new("RGB", (320, 180)).save(black)

    timeline = film(
        scene("a", ImageSource(path=black), 30, 10), scene("b", ClipSource(path=clip, trim_start_frames=20), 40)
    )
    _, path = render(timeline, tmp_path, "16:9")

    shown = pictures(path)
    assert number_on(shown[36][:, :, 1]) == 26
    assert number_on(shown[69][:, :, 1]) == 59


def test_a_clip_shorter_than_its_scene_holds_its_last_picture(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "c.mp4", (number_card(n) for n in range(20)))

    _, path = render(film(scene("a", ClipSource(path=clip), 40)), tmp_path, "16:9")

    assert number_on(pictures(path)[39][:, :, 1]) == 19


def test_a_clip_that_ends_before_its_scene_begins_is_refused_by_name(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "c.mp4", (number_card(n) for n in range(20)))

    with pytest.raises(MediaRefused, match=r"Scene 1 \(a\): 'c\.mp4' has 20 frames.*trim_start_frames is 60"):
        render(film(scene("a", ClipSource(path=clip, trim_start_frames=60), 30)), tmp_path)


def test_a_moving_clip_scene_is_zoomed(tmp_path: Path) -> None:
    board = np.full((180, 320, 3), 255, np.uint8)
    board[70:110, 140:180] = 0
    clip = make_clip(tmp_path / "c.mp4", [board] * 30)

    _, path = render(film(scene("a", ClipSource(path=clip), 30, motion=Motion(end=Crop(zoom=2)))), tmp_path, "16:9")

    first, last = (
        np.ptp(np.nonzero(picture.mean(axis=2) < 128)[1]) for picture in (pictures(path)[i] for i in (0, 29))
    )
    assert last == pytest.approx(2 * first, abs=6)


def test_a_part_of_a_film_shows_the_same_frames_and_its_own_sound(tmp_path: Path) -> None:
    voice = make_sound(tmp_path / "v.wav", beep_at(1.0))
    clip = make_clip(tmp_path / "c.mp4", (number_card(n) for n in range(90)))
    timeline = film(scene("a", ClipSource(path=clip), 90), voice=Voice(path=voice))

    made, path = render(timeline, tmp_path, "16:9", Span(20, 50))

    shown = [number_on(picture[:, :, 1]) for picture in pictures(path)]
    with av.open(str(path)) as container:
        sound = np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1)
    first = int(np.argmax(np.abs(sound[0]) > 0.5 * np.abs(sound[0]).max()))
    assert made.frames == 30
    assert shown == list(range(20, 50))
    assert abs(first / 48_000 - (1.0 - 20 / 30)) < 0.04


def test_the_first_second_from_an_empty_cache_waits_only_for_its_own_sound(tmp_path: Path) -> None:
    voice = make_sound(tmp_path / "v.wav", beep_at(1.0))
    timeline = film(scene("a", CardSource(heading="Licht"), 90), voice=Voice(path=voice))
    cold, beside = tmp_path / "cold", tmp_path / "beside"

    part, _ = render(timeline, cold, "16:9", Span(20, 50))
    whole, _ = render(timeline, beside, "16:9")
    cut, _ = render(timeline, beside, "16:9", Span(20, 50))

    sizes = [path.stat().st_size for path in (cold / "cache").glob("sound-*.m4a")]
    assert len(sizes) == 1
    assert sizes[0] < max(path.stat().st_size for path in (beside / "cache").glob("sound-*.m4a"))
    assert part.loudness_lufs == cut.loudness_lufs == whole.loudness_lufs


def test_a_film_with_everything_is_as_loud_as_platforms_expect(tmp_path: Path) -> None:
    voice = make_sound(tmp_path / "v.wav", speech_like(6.0, 14)[0].astype(np.float32))
    words = tuple(Word(text=f"woord{n}", start_ms=500 * n, end_ms=500 * n + 400) for n in range(10))
    timeline = film(
        scene("a", CardSource(heading="Licht"), 90, 12),
        scene("b", CardSource(layout="quote", heading="Rust"), 90),
        words=words,
        captions=CaptionStyle(),
        voice=Voice(path=voice),
        music=Music(source=MusicBed(name="warm")),
        progress_bar=True,
    )
    cache = RenderCache(tmp_path / "cache", 1 << 30)
    order = ExportOrder(timeline, "1:1", tmp_path / "film.mp4")

    made = export(order, facts_of_scenes(timeline, cache), cache, lambda _: None)

    assert made.loudness_lufs == pytest.approx(-14, abs=0.5)
    assert made.true_peak_dbtp is not None
    assert made.true_peak_dbtp <= -1.0


def test_a_file_that_is_no_picture_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "tekst.jpg").write_text("Dit is geen foto.")
    (tmp_path / "film.mp4").write_text("an older film")

    with pytest.raises(MediaRefused, match=r"tekst\.jpg"):
        render(film(scene("a", ImageSource(path=tmp_path / "tekst.jpg"))), tmp_path)

    assert (tmp_path / "film.mp4").read_text() == "an older film"
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_voice_that_cannot_be_read_stops_the_render(tmp_path: Path) -> None:
    (tmp_path / "stem.wav").write_text("Dit is geen stem.")
    timeline = film(scene("a", CardSource(heading="x"), 300), voice=Voice(path=tmp_path / "stem.wav"))

    with pytest.raises(MediaRefused, match=r"stem\.wav"):
        render(timeline, tmp_path)

    assert not (tmp_path / "film.mp4").exists()


def test_a_render_that_is_stopped_keeps_its_finished_segments_and_nothing_half_written(tmp_path: Path) -> None:
    timeline = film(*(scene(str(n), CardSource(heading=str(n)), 70) for n in range(6)))
    cache = RenderCache(tmp_path / "cache", 1 << 30)
    order = ExportOrder(timeline, "9:16", tmp_path / "film.mp4", draft=True)

    def stop_half_way(share: float) -> None:
        if share > 0.4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(order, {}, cache, stop_half_way)

    assert not any(path.name.startswith("unfinished") for path in (tmp_path / "cache").iterdir())
    assert [path.name for path in tmp_path.iterdir()] == ["cache"]
    again = export(order, {}, cache, lambda _: None)
    assert again.segments_reused > 0
    assert len(pictures(order.out)) == 420


KILLED = """
import os, sys
from pathlib import Path
from engine.render.export import ExportOrder, export
from engine.render.film.cache import RenderCache
from engine.render.timeline import parse_timeline
folder = Path(sys.argv[1])
order = ExportOrder(parse_timeline((folder / "t.json").read_text()), "9:16", folder / "film.mp4", draft=True)
def die(share):
    if share > 0.5:
        os.kill(os.getpid(), 9)
export(order, {}, RenderCache(folder / "cache", 1 << 30), die)
"""


def test_a_render_killed_half_way_resumes_from_its_finished_segments(tmp_path: Path) -> None:
    timeline = film(*(scene(str(n), CardSource(heading=str(n)), 70) for n in range(6)))
    (tmp_path / "t.json").write_text(timeline.model_dump_json())
    code = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False, cwd=Path.cwd()).returncode
    assert code == -signal.SIGKILL
    assert not (tmp_path / "film.mp4").exists()

    made, path = render(timeline, tmp_path)

    assert made.segments_reused >= 1
    assert len(pictures(path)) == 420
    assert not any(p.name.startswith("unfinished") for p in [*tmp_path.iterdir(), *(tmp_path / "cache").iterdir()])
