"""The draft room's child ends with its process, however that dies, and is not tried for ever."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from automations.draft_child import DraftOrder, DraftPlace
from automations.draft_room import DraftRoom, DraftStopped
from engine.core.errors import Unavailable
from engine.render.timeline import CardSource, Scene, Timeline
from tests.automations.waiting import wait_until
from tests.cli.test_stopping import is_running

HOUR = 30 * 3600
# A process with a room that asks for a long film, tells its child's id and waits.
API = """\
import sys, time
from pathlib import Path
from automations.draft_child import DraftOrder, DraftPlace
from automations.draft_room import DraftRoom
folder = Path(sys.argv[1])
room = DraftRoom(folder / "drafts", DraftPlace(cache_dir=folder / "cache", cache_limit_bytes=10**9))
room.start()
room.ask(DraftOrder.model_validate_json(sys.argv[2]), about="film")
while room.child_pid is None:
    time.sleep(0.01)
print(room.child_pid, flush=True)
time.sleep(600)
"""


def an_order(folder: Path, frames: int = HOUR) -> DraftOrder:
    scene = Scene(id="1", source=CardSource(heading="Brood"), duration_frames=frames)
    return DraftOrder(id="1", timeline=Timeline(title="Brood", scenes=(scene,)), format="1:1", out=folder / "film.mp4")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DraftRoom]:
    room = DraftRoom(tmp_path / "drafts", DraftPlace(cache_dir=tmp_path / "cache", cache_limit_bytes=10**9))
    room.start()
    yield room
    room.stop()


def child_of(room: DraftRoom, other_than: int = 0) -> int:
    wait_until(lambda: room.child_pid not in {None, other_than}, "a child to be at work")
    assert room.child_pid is not None
    return room.child_pid


def test_a_killed_api_takes_its_child_along(tmp_path: Path) -> None:
    order = an_order(tmp_path).model_dump_json()
    with subprocess.Popen([sys.executable, "-c", API, str(tmp_path), order], stdout=subprocess.PIPE, text=True) as api:
        assert api.stdout is not None
        child = int(api.stdout.readline())
        wait_until(lambda: any((tmp_path / "cache").glob("segment*")), "a piece to be finished")
        api.kill()
    wait_until(lambda: not is_running(child), "the child to be gone", patience_s=5)


def test_a_draft_that_kills_its_child_twice_is_given_up_in_words(room: DraftRoom, tmp_path: Path) -> None:
    answer = room.ask(an_order(tmp_path), about="film")
    first = child_of(room)
    os.kill(first, signal.SIGKILL)
    os.kill(child_of(room, first), signal.SIGKILL)

    with pytest.raises(DraftStopped, match="Nothing is lost"):
        answer.result(timeout=30)
    again = room.ask(an_order(tmp_path, frames=3), about="film")
    again.result(timeout=30)
    assert (tmp_path / "film.mp4").exists()


def test_closing_the_room_ends_what_is_made_and_tells_who_waits(room: DraftRoom, tmp_path: Path) -> None:
    made, waiting = (room.ask(an_order(tmp_path), about=name) for name in ("een", "twee"))
    child = child_of(room)

    room.stop()

    assert not is_running(child)
    for answer in (made, waiting):
        with pytest.raises(DraftStopped):
            answer.result(timeout=5)
    with pytest.raises(Unavailable):
        room.ask(an_order(tmp_path), about="een")
