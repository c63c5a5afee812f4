"""Voices: what is said, when each word is heard, and what a recording that does not fit is met with."""

import wave
from itertools import pairwise
from pathlib import Path

import pytest

from automations.storyboard import LEAD_IN_MS
from engine.render.timeline import Timeline, parse_timeline
from tests.cli.studio import LONGEST_COMMAND_S, Answer, Studio, assert_refused

SCENES = ("Brood is warm en lekker.", "Kaas is oud. 🎬", "Morgen komt de bakker weer langs.")
SCRIPT = "\n---\n".join(SCENES)
SILENCE_S = 2


@pytest.fixture(scope="module")
def spoken(shared_studio: Studio) -> Answer:
    """A film with the draft voice, which is what one gets without asking."""
    answer = shared_studio.bom("make", shared_studio.script(SCRIPT), "--draft", "--json", "--out", "out")
    assert answer.code == 0, answer.stderr
    return answer


@pytest.fixture(scope="module")
def recording(shared_studio: Studio, spoken: Answer) -> Path:
    """The same voice as somebody would send it in: with silence before and after."""
    path = shared_studio.folder / "opname.wav"
    with wave.open(str(shared_studio.out / "script.voice.wav")) as voice, wave.open(str(path), "wb") as file:
        file.setparams(voice.getparams())
        silence = bytes(2 * SILENCE_S * voice.getframerate())
        file.writeframes(silence + voice.readframes(voice.getnframes()) + silence)
    return path


def timeline_in(folder: Path) -> Timeline:
    return parse_timeline((folder / "script.timeline.json").read_text("utf-8"))


def test_the_draft_voice_says_every_word_in_order_inside_the_film(shared_studio: Studio, spoken: Answer) -> None:
    timeline = timeline_in(shared_studio.out)

    assert [word.text for word in timeline.words] == " ".join(SCENES).split()
    assert timeline.words[0].start_ms >= LEAD_IN_MS
    assert all(one.start_ms <= other.start_ms for one, other in pairwise(timeline.words))
    assert timeline.words[-1].end_ms < timeline.duration_frames * 1000 / 30
    assert spoken.files[0]["loudness_lufs"] == pytest.approx(-14, abs=0.7)


def test_a_folder_with_its_film_can_be_moved(shared_studio: Studio, spoken: Answer, tmp_path: Path) -> None:
    moved = Studio(tmp_path)
    for name in ("script.timeline.json", "script.voice.wav"):
        moved.file(f"verhuisd/{name}", (shared_studio.out / name).read_bytes())

    (film,) = moved.render(tmp_path / "verhuisd" / "script.timeline.json").files

    assert film["sha256"] == spoken.files[0]["sha256"]


def test_a_recording_is_found_in_its_script_and_its_silence_left_out(
    shared_studio: Studio, spoken: Answer, recording: Path
) -> None:
    answer = shared_studio.make(SCRIPT, "--voice", recording, "--out", "opgenomen")

    draft, made = timeline_in(shared_studio.out), timeline_in(shared_studio.folder / "opgenomen")
    assert made.voice is not None
    assert made.voice.trim_start_ms == pytest.approx(SILENCE_S * 1000, abs=150)
    assert [word.text for word in made.words] == [word.text for word in draft.words]
    off = [abs(one.start_ms - other.start_ms) for one, other in zip(draft.words, made.words, strict=True)]
    assert sorted(off)[len(off) // 2] <= 120
    assert answer.files[0]["duration_s"] == pytest.approx(spoken.files[0]["duration_s"], abs=0.4)


def test_sync_tells_the_words_as_json(shared_studio: Studio, recording: Path) -> None:
    answer = shared_studio.bom("sync", recording, "script.txt", env={})

    assert set(answer.result) == {"words", "warnings"}
    words = answer.result["words"]
    assert isinstance(words, list)
    assert all(set(word) == {"text", "start_s", "end_s", "confidence"} for word in words)
    assert [word["text"] for word in words] == " ".join(SCENES).split()
    assert words[0]["start_s"] == pytest.approx(SILENCE_S, abs=0.15)


def test_a_recording_of_another_text_is_used_with_a_warning(shared_studio: Studio, recording: Path) -> None:
    script = shared_studio.script("De trein naar Groningen rijdt over een brug van staal. " * 9, "trein.txt")

    answer = shared_studio.bom("sync", recording, script)

    assert answer.code == 0
    assert "does not seem to say this script" in str(answer.result["warnings"])


def test_sync_refuses_what_cannot_be_heard_or_read(shared_studio: Studio, recording: Path) -> None:
    for voice, script, sentence in (
        (shared_studio.sound("stil.wav", level=0), "script.txt", "'stil.wav' is silent"),
        (shared_studio.picture(), "script.txt", "'foto.jpg'"),
        ("weg.wav", "script.txt", "'weg.wav'"),
        (recording, "weg.txt", "'weg.txt' does not exist"),
        (recording, shared_studio.file("leeg.txt", ""), "no words yet"),
    ):
        answer = shared_studio.bom("sync", voice, script)
        steps = [line for line in answer.said if line.endswith(" …")]
        sentences = [line for line in answer.stderr.splitlines() if line not in steps]
        assert_refused(Answer(answer.code, answer.stdout, "\n".join(sentences)), sentence)


def test_two_runs_with_the_draft_voice_do_not_speak_into_each_others_file(studio: Studio) -> None:
    arguments = ("make", studio.script(SCRIPT), "--draft", "--json", "--out", "out")
    with studio.begin(*arguments) as one, studio.begin(*arguments) as other:
        said = [process.communicate(timeout=LONGEST_COMMAND_S) for process in (one, other)]

    answers = [Answer(process.returncode, *spoken) for process, spoken in zip((one, other), said, strict=True)]
    assert len({str(answer.files[0]["sha256"]) for answer in answers}) == 1
    assert studio.unfinished() == []
    assert not list(studio.out.glob(".*"))
