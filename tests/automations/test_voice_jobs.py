"""A voice is never lost, knows its words, and says when it does not."""

import multiprocessing
import os
import signal
import threading
import wave
from functools import partial
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from automations import jobs
from automations.assembly import assembled_cut, assembled_timeline
from automations.runs import Run, Workshop
from automations.voices import (
    VoiceFacts,
    draft_voice,
)
from automations.workflows.voices import (
    DRAFT_VOICE,
    SYNC_VOICE,
    TAKE_IN_VOICE,
    ask_draft_voice,
    ask_sync,
    ask_voice,
    take_in_voice,
)
from engine.core import brand_kits
from engine.core.actors import SYSTEM
from engine.core.assets import keep_asset
from engine.core.database import Database
from engine.core.errors import Conflict, Invalid
from engine.core.models import Asset, AssetType, Job, JobStatus, JsonObject, Take, TakeKind, TakeSource
from engine.core.scripts import spoken_words
from engine.core.takes import change_facts, get_take, takes_of_video
from engine.core.videos import get_video
from tests.automations.chaos import work_for_ever, workshop_in
from tests.automations.conftest import ON_SQLITE, StartWorker
from tests.automations.cuts import JEROEN
from tests.automations.waiting import now, wait_for_status, wait_until
from tests.core.domain import a_picture, a_video
from tests.material import make_sound, sine

NO_VENDOR = "http://127.0.0.1:9/v1"
KINDS = (DRAFT_VOICE, TAKE_IN_VOICE, SYNC_VOICE)
TEXTS = ("Brood is warm en lekker.", "Kaas is oud. 🎬", "Morgen komt de bakker weer langs.")
SCRIPT = "\n---\n".join(TEXTS)
SILENCE_S = 2


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The script as somebody would send it in: with silence before and after."""
    folder = tmp_path_factory.mktemp("voice")
    draft_voice(TEXTS, "nl", folder / "draft.wav")
    path = folder / "opname.wav"
    with wave.open(str(folder / "draft.wav")) as voice, wave.open(str(path), "wb") as file:
        file.setparams(voice.getparams())
        silence = bytes(2 * SILENCE_S * voice.getframerate())
        file.writeframes(silence + voice.readframes(voice.getnframes()) + silence)
    return path


def an_upload(workshop: Workshop, content: bytes, media_type: str = "audio/wav") -> str:
    """A sound in the library."""
    stored = workshop.storage.put(BytesIO(content))
    with workshop.database.writing() as session:
        return keep_asset(
            session,
            sha256=stored.sha256,
            size_bytes=stored.size_bytes,
            type=AssetType.AUDIO,
            media_type=media_type,
            file_name="opname.wav",
            facts={"kind": "audio", "duration_s": 9.0},
            at=now(),
        ).id


def a_script(workshop: Workshop, script: str = SCRIPT) -> str:
    with workshop.database.writing() as session:
        return a_video(session, script=script).id


def asked(workshop: Workshop, video_id: str, content: bytes) -> str:
    """The id of the job that takes this sound in."""
    asset_id = an_upload(workshop, content)
    with workshop.database.writing() as session:
        video, asset = get_video(session, video_id), session.get_one(Asset, asset_id)
        return ask_voice(session, video, asset, by=JEROEN, at=now()).id


def voices_of(workshop: Workshop, video_id: str) -> list[Take]:
    with workshop.database.reading() as session:
        return [take for take in takes_of_video(session, video_id) if take.kind is TakeKind.VOICE]


def assert_words_fit(facts: VoiceFacts) -> None:
    assert [word.text for word in facts.words] == [word for text in TEXTS for word in spoken_words(text)]
    assert all(one.end_ms <= other.start_ms for one, other in pairwise(facts.words))
    assert facts.speech_start_ms <= facts.words[0].start_ms
    assert facts.words[-1].end_ms <= facts.speech_end_ms <= facts.duration_ms


def test_a_draft_voice_is_free_and_heard_at_once(workshop: Workshop, working: StartWorker) -> None:
    video_id = a_script(workshop)
    with workshop.database.writing() as session:
        job_id = ask_draft_voice(session, get_video(session, video_id), by=JEROEN, at=now()).id
    with working(KINDS):
        job = wait_for_status(workshop.database, job_id, JobStatus.SUCCEEDED, JobStatus.FAILED)
    assert job.problem == ""

    (take,) = voices_of(workshop, video_id)
    facts = VoiceFacts.model_validate(take.facts)
    assert job.result == {"take_id": take.id}
    assert (take.source, take.cost_micros, facts.sync_quality) == (TakeSource.OFFLINE, 0, "exact")
    assert_words_fit(facts)
    with workshop.database.reading() as session:
        video = get_video(session, video_id)
        assert video.voice_take_id == take.id
        film = assembled_timeline(session, video)
        assert film.words[-1].end_ms < film.duration_frames * 1000 / 30


@ON_SQLITE
def test_a_draft_voice_says_the_clients_words_as_its_brand_kit_has_them(
    workshop: Workshop, working: StartWorker
) -> None:
    plain_id, own_id = a_script(workshop, "Bij BOM."), a_script(workshop, "Bij BOM.")
    with workshop.database.writing() as session:
        client_id = get_video(session, own_id).client_id
        said: JsonObject = {"word": "bom", "say": "bee oo em studio"}
        brand_kits.change_brand_kit(session, client_id, 1, pronunciations=[said], at=now())
        jobs_asked = [
            ask_draft_voice(session, get_video(session, one), by=JEROEN, at=now()).id for one in (plain_id, own_id)
        ]
    with working(KINDS):
        for job_id in jobs_asked:
            wait_for_status(workshop.database, job_id, JobStatus.SUCCEEDED, JobStatus.FAILED)

    (plain,), (own,) = (voices_of(workshop, one) for one in (plain_id, own_id))
    facts = [VoiceFacts.model_validate(take.facts) for take in (plain, own)]
    assert [word.text for word in facts[1].words] == ["Bij", "BOM."]
    assert facts[1].duration_ms > facts[0].duration_ms + 300


@ON_SQLITE
def test_a_recording_is_found_word_by_word(workshop: Workshop, working: StartWorker, recording: Path) -> None:
    video_id = a_script(workshop)
    job_id = asked(workshop, video_id, recording.read_bytes())
    with working(KINDS):
        job = wait_for_status(workshop.database, job_id, JobStatus.SUCCEEDED, JobStatus.FAILED)
    assert job.problem == ""

    facts = VoiceFacts.model_validate(voices_of(workshop, video_id)[0].facts)
    assert facts.sync_quality == "found"
    assert_words_fit(facts)
    assert abs(facts.words[0].start_ms - SILENCE_S * 1000) < 150
    assert facts.silences[0][0] == 0
    assert facts.silences[-1][1] == facts.duration_ms
    assert list(workshop.work_dir.iterdir()) == []


@ON_SQLITE
def test_a_file_in_which_nobody_says_the_script_becomes_a_take_that_says_so(
    workshop: Workshop, working: StartWorker, tmp_path: Path, recording: Path
) -> None:
    silence = make_sound(tmp_path / "stil.wav", np.zeros((48_000 * 3, 1), np.float32)).read_bytes()
    tone = make_sound(tmp_path / "toon.wav", np.asarray(sine(440, 3.0), np.float32)).read_bytes()
    strange = "Vandaag regent het de hele dag.\n---\nNiemand gaat naar buiten, behalve een hond die Karel heet."
    scripts = [(SCRIPT, silence), (SCRIPT, tone), (strange, recording.read_bytes())]
    video_ids = [a_script(workshop, script) for script, _ in scripts]
    job_ids = [asked(workshop, video_id, sound) for video_id, (_, sound) in zip(video_ids, scripts, strict=True)]
    with working(KINDS):
        for job_id in job_ids:
            job = wait_for_status(workshop.database, job_id, JobStatus.SUCCEEDED, JobStatus.FAILED)
            assert job.problem == ""

    for video_id in video_ids:
        (take,) = voices_of(workshop, video_id)
        facts = VoiceFacts.model_validate(take.facts)
        assert facts.sync_quality == "spread"
        assert facts.sync_notes
        assert 0 < facts.words[-1].end_ms <= facts.duration_ms
        with workshop.database.reading() as session:
            cut = assembled_cut(session, get_video(session, video_id))
            assert "voice_unsure" in cut.problems
            assert cut.timeline.voice is not None


@ON_SQLITE
def test_a_damaged_or_lost_file_fails_in_words_and_changes_no_voice(workshop: Workshop, working: StartWorker) -> None:
    video_id = a_script(workshop)
    damaged = asked(workshop, video_id, b"RIFF no sound at all")
    lost = asked(workshop, video_id, b"gone in a moment")
    with workshop.database.reading() as session:
        asset = session.get_one(Asset, str(session.get_one(Job, lost).arguments[1]))
    workshop.storage.delete(asset.sha256)
    with working(KINDS):
        for job_id, code in ((damaged, "media_refused"), (lost, "not_found")):
            job = wait_for_status(workshop.database, job_id, JobStatus.FAILED)
            assert job.problem_code == code
            assert job.problem.endswith(".")

    assert voices_of(workshop, video_id) == []
    assert list(workshop.work_dir.iterdir()) == []


@ON_SQLITE
def test_a_canceled_search_leaves_no_process_and_no_take(
    workshop: Workshop, working: StartWorker, tmp_path: Path
) -> None:
    video_id = a_script(workshop, "\n---\n".join([SCRIPT] * 30))
    job_id = asked(workshop, video_id, long_noise(tmp_path))
    with working(KINDS):
        wait_until(lambda: children() != [], "the search to begin")
        with workshop.database.writing() as session:
            jobs.cancel(session, job_id, by=SYSTEM, at=now())
        wait_until(lambda: children() == [], "the child to be gone")
        wait_for_status(workshop.database, job_id, JobStatus.CANCELED)
        wait_until(lambda: list(workshop.work_dir.iterdir()) == [], "its folder to be gone")

    assert voices_of(workshop, video_id) == []


@ON_SQLITE
def test_a_search_whose_process_is_killed_fails_in_words_and_works_when_tried_again(
    workshop: Workshop, working: StartWorker, tmp_path: Path
) -> None:
    video_id = a_script(workshop, "\n---\n".join([SCRIPT] * 10))
    job_id = asked(workshop, video_id, long_noise(tmp_path))
    with working(KINDS):
        wait_until(lambda: children() != [], "the search to begin")
        for child in children():
            os.kill(child, signal.SIGKILL)
        job = wait_for_status(workshop.database, job_id, JobStatus.FAILED)
        assert job.problem_code == "child_stopped"
        with workshop.database.writing() as session:
            again = jobs.retry(session, job_id, by=JEROEN, at=now()).id
        wait_for_status(workshop.database, again, JobStatus.SUCCEEDED)

    assert len(voices_of(workshop, video_id)) == 1


@ON_SQLITE
def test_a_job_that_runs_again_after_a_crash_finds_the_take_that_it_made(
    workshop: Workshop, working: StartWorker, recording: Path
) -> None:
    video_id = a_script(workshop)
    job_id = asked(workshop, video_id, recording.read_bytes())
    with working(KINDS):
        wait_for_status(workshop.database, job_id, JobStatus.SUCCEEDED)
    (take,) = voices_of(workshop, video_id)

    run = Run(job_id, 2, workshop, threading.Event(), lambda: True)

    assert take_in_voice(run, video_id, take.asset_id) == {"take_id": take.id}
    assert len(voices_of(workshop, video_id)) == 1


def test_a_worker_killed_while_it_searches_leaves_one_take_and_no_process(new_sqlite_url: str, tmp_path: Path) -> None:
    database = Database.at(new_sqlite_url)
    workshop = workshop_in(database, tmp_path, NO_VENDOR)
    video_id = a_script(workshop, "\n---\n".join([SCRIPT] * 10))
    job_id = asked(workshop, video_id, long_noise(tmp_path))
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.automations.chaos"])
    for is_last in (False, True):
        worker = context.Process(target=work_for_ever, args=(new_sqlite_url, tmp_path, NO_VENDOR), daemon=True)
        worker.start()
        try:
            if is_last:
                job = wait_for_status(database, job_id, JobStatus.SUCCEEDED, JobStatus.FAILED)
            else:
                wait_until(partial(has_children, worker.pid), "the search to begin")
        finally:
            searching = children(worker.pid)
            worker.kill()
            worker.join()
        wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in searching), "the child to be gone")  # noqa: B023

    assert (job.status, job.problem) == (JobStatus.SUCCEEDED, "")
    (take,) = voices_of(workshop, video_id)
    assert job.result is not None
    assert job.result["take_id"] == take.id
    database.close()


@ON_SQLITE
def test_words_that_were_moved_during_a_search_stay_where_they_were_put(
    workshop: Workshop, working: StartWorker, recording: Path
) -> None:
    video_id = a_script(workshop)
    job_id = asked(workshop, video_id, recording.read_bytes())
    with working(KINDS):
        wait_for_status(workshop.database, job_id, JobStatus.SUCCEEDED)
        (take,) = voices_of(workshop, video_id)
        with workshop.database.writing() as session:
            search = ask_sync(session, get_take(session, take.id), by=JEROEN, at=now()).id
        wait_until(lambda: children() != [], "the search to begin")
        with workshop.database.writing() as session:
            moved = change_facts(session, take.id, take.revision, {**take.facts, "sync_quality": "by_hand"}, at=now())
        job = wait_for_status(workshop.database, search, JobStatus.FAILED)

        assert job.problem_code == "take_changed"
        assert voices_of(workshop, video_id)[0].facts == moved.facts
        with workshop.database.writing() as session:
            search = ask_sync(session, get_take(session, take.id), by=JEROEN, at=now()).id
        wait_for_status(workshop.database, search, JobStatus.SUCCEEDED)
        assert voices_of(workshop, video_id)[0].facts == take.facts


@ON_SQLITE
def test_what_cannot_be_a_voice_is_refused_before_anything_is_done(workshop: Workshop) -> None:
    with workshop.database.writing() as session:
        empty, video = a_video(session, script=""), a_video(session)
        with pytest.raises(Conflict, match="no script"):
            ask_draft_voice(session, empty, by=JEROEN, at=now())
        with pytest.raises(Invalid, match="no voice in it"):
            ask_voice(session, video, a_picture(session), by=JEROEN, at=now())


def long_noise(folder: Path) -> bytes:
    """Two minutes of something to search in."""
    chance = np.random.default_rng(1)
    return make_sound(folder / "ruis.wav", chance.normal(0, 0.1, (48_000 * 120, 1)).astype(np.float32)).read_bytes()


def has_children(worker_pid: int | None) -> bool:
    return children(worker_pid) != []


def children(worker_pid: int | None = None) -> list[int]:
    """Voice children of a process, of this one where none is named."""
    worker_pid = worker_pid or os.getpid()
    found = []
    for folder in Path("/proc").iterdir():
        try:
            told = (folder / "cmdline").read_bytes()
            parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except (OSError, ValueError):
            continue
        if b"automations.voice_child" in told and parent == worker_pid:
            found.append(int(folder.name))
    return found
