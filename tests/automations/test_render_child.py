"""A render's process ends with its worker, wherever it computes and whichever of its pipes stays open."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from automations.assembly import assembled_timeline
from automations.render_child import RenderOrder
from engine.core.database import Database
from tests.automations.cuts import LONG
from tests.automations.waiting import wait_until
from tests.cli.test_stopping import is_running
from tests.core.domain import a_video

SECONDS = 5.0
"""So long a child may outlive its worker, on a machine that does much else."""

# A worker in small: starts the child on two pipes that others hold too, tells its id, and waits.
WORKER = """\
import subprocess, sys
stdin, stdout = map(int, sys.argv[1:])
with subprocess.Popen(
    [sys.executable, "-m", "automations.render_child"], stdin=stdin, stdout=stdout, start_new_session=True
) as child:
    print(child.pid, flush=True)
"""


@dataclass
class Rendering:
    """A child deep in a long film. Both its pipes are held open here, so that none of them breaks with its worker."""

    worker: "subprocess.Popen[str]"
    child_pid: int
    order_pipe: int
    folder: Path

    def is_over_soon(self) -> bool:
        wait_until(lambda: not is_running(self.child_pid), "the child to be gone", patience_s=SECONDS)
        return not (self.folder / "film.mp4").exists()


@pytest.fixture
def rendering(new_sqlite_url: str, tmp_path: Path) -> Iterator[Rendering]:
    database = Database.at(new_sqlite_url)
    with database.writing() as session:
        timeline = assembled_timeline(session, a_video(session, script=LONG))
    database.close()
    folder, cache = tmp_path / "made", tmp_path / "cache"
    folder.mkdir()
    order = RenderOrder(
        timeline=timeline, format="9:16", quality="standard", folder=folder, cache_dir=cache, cache_limit_bytes=10**9
    )
    (child_in, order_pipe), (progress_pipe, child_out) = os.pipe(), os.pipe()
    with subprocess.Popen(
        [sys.executable, "-c", WORKER, str(child_in), str(child_out)],
        pass_fds=(child_in, child_out),
        stdout=subprocess.PIPE,
        text=True,
    ) as worker:
        assert worker.stdout is not None
        child_pid = int(worker.stdout.readline())
        os.close(child_in)
        try:
            os.write(order_pipe, order.model_dump_json().encode() + b"\n")
            wait_until(lambda: any(cache.glob("segment*")), "a segment to be finished")
            rendering = Rendering(worker, child_pid, order_pipe, folder)
            yield rendering
        finally:
            if is_running(child_pid):
                os.kill(child_pid, signal.SIGKILL)
            worker.kill()
            for pipe in (rendering.order_pipe, progress_pipe, child_out):
                if pipe >= 0:
                    os.close(pipe)


def test_a_child_deep_in_an_encode_is_gone_with_its_killed_worker_though_no_pipe_breaks(rendering: Rendering) -> None:
    rendering.worker.kill()

    assert rendering.is_over_soon()


def test_a_child_whose_worker_lets_go_of_it_ends_by_itself(rendering: Rendering) -> None:
    os.close(rendering.order_pipe)
    rendering.order_pipe = -1

    assert rendering.is_over_soon()
