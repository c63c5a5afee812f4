"""`bom make`: the finished films and what stands beside them."""

import re
from itertools import pairwise
from pathlib import Path

import av
import opentimelineio as otio
import pytest
from PIL import Image

from engine.render.timeline import ClipSource, ImageSource, Timeline, parse_timeline
from tests.cli.studio import Answer, Studio

FILE_KEYS = {
    "path",
    "format",
    "width",
    "height",
    "frames",
    "duration_s",
    "sha256",
    "size",
    "loudness_lufs",
    "true_peak_dbtp",
}
SCENES = (
    "Brood & kaas zijn <lekker> bij O'Brien.",
    "Wie koopt er twaalf?",
    "مرحبا بالعالم يا أصدقاء.",
    "Tot morgen dan maar weer 🎬",
)


@pytest.fixture(scope="module")
def made(shared_studio: Studio) -> Answer:
    """A film of four scenes from pictures and a clip, in two formats, with music and a logo named by relative paths."""
    shared_studio.picture("map/10.jpg", left=(0, 0, 200))
    shared_studio.picture("map/2.jpg")
    shared_studio.file("map/lees mij.txt", "Foto's van zaterdag.")
    shared_studio.clip("clip.mp4", frames=200)
    shared_studio.picture("logo.png")
    answer = shared_studio.make(
        "\n---\n".join(SCENES),
        *("--clip", "clip.mp4", "--images", "map", "--logo", "logo.png", "--music", "bed:calm"),
        *("--format", "9x16", "--format", "1:1", "--progress-bar"),
    )
    assert answer.code == 0, answer.stderr
    return answer


@pytest.fixture(scope="module")
def timeline(shared_studio: Studio, made: Answer) -> Timeline:
    return parse_timeline((shared_studio.out / "script.timeline.json").read_text("utf-8"))


def test_the_result_has_the_promised_keys(made: Answer) -> None:
    result = made.result

    assert set(result) == {"files", "segments", "seconds", "warnings"}
    assert [set(file) for file in made.files] == [FILE_KEYS, FILE_KEYS]
    assert set(result["segments"]) == {"rendered", "reused"}  # type: ignore[call-overload]
    assert set(result["seconds"]) == {"total", "audio", "video"}  # type: ignore[call-overload]


def test_each_format_is_a_film_of_its_size_and_of_the_same_length(made: Answer, timeline: Timeline) -> None:
    sizes = {}
    for file in made.files:
        with av.open(str(file["path"])) as container:
            stream = container.streams.video[0]
            sizes[str(file["format"])] = (stream.width, stream.height, stream.frames)
            assert container.streams.audio[0].codec_context.sample_rate == 48_000
        assert file["size"] == Path(str(file["path"])).stat().st_size
        assert file["loudness_lufs"] == pytest.approx(-14, abs=0.7)
    frames = timeline.duration_frames
    assert sizes == {"9:16": (360, 640, frames), "1:1": (360, 360, frames)}


def test_clips_and_pictures_go_to_the_scenes_in_the_order_given_and_repeat(timeline: Timeline) -> None:
    sources = [scene.source for scene in timeline.scenes]

    names = [source.path.name for source in sources if isinstance(source, ImageSource | ClipSource)]
    assert names == ["clip.mp4", "2.jpg", "10.jpg", "clip.mp4"]


def test_a_clip_that_comes_back_goes_on_where_it_stopped(timeline: Timeline) -> None:
    first, last = timeline.scenes[0], timeline.scenes[3]

    assert isinstance(last.source, ClipSource)
    assert last.source.trim_start_frames == first.duration_frames


def test_a_file_of_the_folder_that_is_no_picture_is_named_in_a_warning(made: Answer) -> None:
    assert made.result["warnings"] == [
        "Left out: 'lees mij.txt' is text, not a picture, film or sound. Choose another file."
    ]


def cues(text: str, mark: str) -> list[tuple[float, float, str]]:
    """The cues of subtitles: start and end in seconds, and the text on one line."""
    found = []
    stamp = rf"(\d\d):(\d\d):(\d\d){re.escape(mark)}(\d\d\d)"
    for block in re.split(r"\r?\n\r?\n", text.strip()):
        lines = block.splitlines()
        at = next((number for number, line in enumerate(lines) if "-->" in line), None)
        if at is None:
            continue
        match = re.fullmatch(f"{stamp} --> {stamp}", lines[at])
        assert match, lines[at]
        hours = [int(part) for part in match.groups()]
        start, end = (h * 3600 + m * 60 + s + ms / 1000 for h, m, s, ms in (hours[:4], hours[4:]))
        found.append((start, end, " ".join(lines[at + 1 :])))
    return found


@pytest.mark.parametrize(("kind", "mark"), [("srt", ","), ("vtt", ".")])
def test_subtitles_hold_every_word_in_order_inside_the_film(
    shared_studio: Studio, timeline: Timeline, kind: str, mark: str
) -> None:
    text = (shared_studio.out / f"script.{kind}").read_bytes().decode("utf-8")

    found = cues(text, mark)

    spoken = " ".join(said for _, _, said in found)
    if kind == "vtt":
        assert text.startswith("WEBVTT\n\n")
        spoken = spoken.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert spoken == " ".join(SCENES)
    assert all(start < end for start, end, _ in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))
    assert found[-1][1] <= timeline.duration_frames / 30


def test_the_cut_opens_in_an_editor_and_is_as_long_as_the_film(shared_studio: Studio, timeline: Timeline) -> None:
    cut = otio.adapters.read_from_file(str(shared_studio.out / "script.otio"))

    assert cut.duration() == otio.opentime.RationalTime(timeline.duration_frames, 30)
    targets = [clip.media_reference.target_url for clip in cut.video_tracks()[0].find_clips()]
    assert [Path(target).name for target in targets] == ["clip.mp4", "2.jpg", "10.jpg", "clip.mp4"]


@pytest.mark.parametrize("name", ["thumbnail.jpg", "filmstrip.jpg", "waveform.png"])
def test_previews_are_pictures(shared_studio: Studio, made: Answer, name: str) -> None:
    with Image.open(shared_studio.out / f"script.{name}") as picture:
        picture.load()
        assert picture.format == ("PNG" if name.endswith("png") else "JPEG")
        assert min(picture.size) > 100


def test_nothing_else_stands_in_the_folder(shared_studio: Studio, made: Answer) -> None:
    endings = ["-9x16.mp4", "-1x1.mp4", ".timeline.json", ".srt", ".vtt", ".otio"]
    pictures = [".thumbnail.jpg", ".filmstrip.jpg", ".waveform.png"]

    assert {path.name for path in shared_studio.out.iterdir()} == {f"script{end}" for end in endings + pictures}


def test_the_timeline_renders_again_to_the_same_bytes_from_anywhere(shared_studio: Studio, made: Answer) -> None:
    again = shared_studio.render(
        Path("out") / "script.timeline.json", "--out", "Klant: Bakker/nog eens.mp4", "--format", "9:16"
    )

    (film,) = again.files
    assert film["sha256"] == made.files[0]["sha256"]
    assert again.count("rendered") == 0
    assert Path(str(film["path"])) == shared_studio.folder / "Klant: Bakker" / "nog eens.mp4"


def test_a_second_run_makes_the_same_film_without_rendering(shared_studio: Studio, made: Answer) -> None:
    again = shared_studio.make(
        "\n---\n".join(SCENES),
        *("--clip", "clip.mp4", "--images", "map", "--logo", "logo.png", "--music", "bed:calm"),
        *("--format", "9:16", "--format", "1:1", "--progress-bar", "--out", "elders"),
    )

    assert [file["sha256"] for file in again.files] == [file["sha256"] for file in made.files]
    assert again.count("rendered") == 0
    assert again.count("reused") == made.count("rendered")


def test_probe_and_doctor_answer_in_json(shared_studio: Studio, made: Answer) -> None:
    facts = shared_studio.bom("probe", "clip.mp4").result
    findings = shared_studio.bom("doctor", "--json").result["findings"]

    assert (facts["kind"], facts["width"], facts["height"], facts["duration_s"]) == ("clip", 160, 96, 200 / 30)
    assert isinstance(findings, list)
    assert all(set(finding) == {"thing", "is_fine", "detail", "turned_off", "is_needed"} for finding in findings)
    assert {"Kernels", "Encoder", "Typefaces"} <= {finding["thing"] for finding in findings if finding["is_fine"]}


def test_without_json_a_refusal_is_for_people_alone(studio: Studio) -> None:
    answer = studio.bom("make", "weg.txt", "--out", "out")

    assert (answer.code, answer.stdout) == (2, "")
    assert answer.said == ["'weg.txt' does not exist."]


@pytest.mark.parametrize(("voice", "is_heard"), [("none", True), ("offline:nl", False)])
def test_a_clip_is_heard_where_nobody_speaks_over_it(studio: Studio, voice: str, is_heard: bool) -> None:
    clip = studio.clip(frames=60)

    studio.make("Brood is warm en lekker.", "--clip", clip, "--voice", voice, "--music", "none")

    film = parse_timeline(next(studio.folder.rglob("*.timeline.json")).read_text())
    source = film.scenes[0].source
    assert isinstance(source, ClipSource)
    assert (source.sound_db is not None) is is_heard
