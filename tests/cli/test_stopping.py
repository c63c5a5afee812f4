"""Runs that end before they are done, and runs side by side: nothing half-written, nothing lost."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.studio import LONGEST_COMMAND_S, Answer, Studio, wait_for

MANY_SCENES = "\n---\n".join(f"Dit is de zin met nummer {number} van dit verhaal." for number in range(9))
FEW_SCENES = "Brood is warm en lekker.\n---\nKaas is oud en geel.\n---\nMorgen komt de bakker."


def children_of(pid: int) -> list[int]:
    return [
        int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()
    ]


def is_running(pid: int) -> bool:
    """Whether it still does something: a process that ended but was not fetched by its parent does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state not in {"Z", "X"}


def stop_half_way(studio: Studio, how: signal.Signals) -> tuple[Answer, list[int]]:
    """Start a film with a photo and a clip, end it once a segment is finished; with the children it had."""
    arguments = studio.make_arguments(MANY_SCENES, "--image", studio.picture(), "--clip", studio.clip())
    with studio.begin(*arguments) as process:
        wait_for(lambda: len(list(studio.cache.glob("segment-*"))) > 0, "a segment")
        children = children_of(process.pid)
        process.send_signal(how)
        stdout, stderr = process.communicate(timeout=LONGEST_COMMAND_S)
    return Answer(process.returncode, stdout, stderr), children


def run_again(studio: Studio) -> Answer:
    arguments = studio.make_arguments(MANY_SCENES, "--image", studio.picture(), "--clip", "clip.mp4")
    return studio.bom(*arguments)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_says_so_and_goes_on_the_next_time(studio: Studio, how: signal.Signals) -> None:
    stopped, children = stop_half_way(studio, how)

    assert stopped.code == 1
    assert stopped.said[-1].startswith("Stopped. What was finished is kept")
    assert stopped.result["exit_code"] == 1
    assert "Traceback" not in stopped.stderr
    assert studio.unfinished() == []
    assert [path.name for path in studio.out.iterdir()] == ["script.timeline.json"]
    wait_for(lambda: not any(map(is_running, children)), "the children to end")

    again = run_again(studio)

    assert again.files
    assert again.count("reused") > 0


def test_a_run_that_is_killed_goes_on_the_next_time_and_is_swept_up(studio: Studio) -> None:
    killed, children = stop_half_way(studio, signal.SIGKILL)
    left = studio.out / f"unfinished-{os.getpid()}-0123abcd-script-9x16.mp4"
    left.write_bytes(b"somebody who is still at work")
    dead = subprocess.Popen(["true"])
    dead.wait()
    (studio.out / f"unfinished-{dead.pid}-0123abcd-script-9x16.mp4").write_bytes(b"half a film")
    (studio.out / f"unfinished-{dead.pid}-0123abcd-script.srt").write_bytes(b"half a caption")

    assert killed.code == -signal.SIGKILL
    wait_for(lambda: not any(map(is_running, children)), "the children to end")
    again = run_again(studio)

    assert again.files
    assert again.count("reused") > 0
    assert studio.unfinished() == [left.name]


def test_nohup_outlives_its_terminal(studio: Studio) -> None:
    arguments = studio.make_arguments(MANY_SCENES)
    with studio.begin(*arguments, under=["nohup"]) as process:
        wait_for(lambda: any(studio.cache.glob("segment-*")), "a segment")
        process.send_signal(signal.SIGHUP)
        process.communicate(timeout=LONGEST_COMMAND_S)

    assert process.returncode == 0


@pytest.mark.parametrize("room_kib", [100, 250, 450])
def test_a_file_that_cannot_grow_ends_the_run_with_a_sentence(studio: Studio, room_kib: int) -> None:
    """The system's limit on a file's size, as a quota would set it: stills, segments and the film meet it in turn."""
    full = studio.make(FEW_SCENES, under=["prlimit", f"--fsize={room_kib << 10}"])

    assert_disk_full(full, studio)
    assert studio.make(FEW_SCENES).files


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1.5 MB."""
    folder = tmp_path / "schijf"
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", folder], check=False, capture_output=True
    )
    if made.returncode:
        pytest.skip(f"no disk may be mounted here: {made.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_ends_the_run_with_a_sentence(studio: Studio, small_disk: Path) -> None:
    arguments = (FEW_SCENES, "--image", studio.picture(), "--music", "bed:calm", "--out", small_disk / "uit")

    full = studio.make(*arguments, env={"BOM_CACHE_DIR": str(small_disk / "cache")})

    assert_disk_full(full, studio)
    assert not list((small_disk / "uit").glob("*.mp4"))
    assert studio.make(*arguments).files


def assert_disk_full(answer: Answer, studio: Studio) -> None:
    assert answer.code == 1, answer.stderr
    assert answer.said[-1].startswith("The disk is full. Nothing half-written is left")
    assert answer.result["exit_code"] == 1
    assert "Traceback" not in answer.stderr
    assert studio.unfinished() == []


def test_two_runs_into_the_same_folder_both_end_well(studio: Studio) -> None:
    arguments = studio.make_arguments(FEW_SCENES, "--image", studio.picture(), "--music", "bed:calm")
    with studio.begin(*arguments) as one, studio.begin(*arguments) as other:
        said = [process.communicate(timeout=LONGEST_COMMAND_S) for process in (one, other)]

    answers = [Answer(process.returncode, *spoken) for process, spoken in zip((one, other), said, strict=True)]
    hashes = {str(answer.files[0]["sha256"]) for answer in answers}

    assert len(hashes) == 1
    assert studio.unfinished() == []
    assert studio.make(FEW_SCENES, "--image", "foto.jpg", "--music", "bed:calm").count("rendered") == 0
