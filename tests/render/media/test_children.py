"""Children come from a nursery that has their libraries loaded; none knows of another, and none outlives us."""

import os
import resource
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from engine.render.media import children
from engine.render.media.children import prepare, rest
from engine.render.media.probe import probe
from engine.render.media.sandbox import Limits, MediaChild, MediaRefused
from tests.material import make_clip, make_sound, number_card, sine

CARDS = [number_card(n) for n in range(12)]


def endless(clip: Path, limits: Limits = Limits()) -> MediaChild:
    """A child that has begun, with more to write than it will ever be asked for."""
    request = {"path": str(clip), "start_frame": 0, "count": 1_000_000, "width": 640, "height": 360, "crop": None}
    child = MediaChild("clip", request, limits)
    assert child.stream.read(1)
    return child


def descriptors(pid: int) -> dict[int, str]:
    folder = Path(f"/proc/{pid}/fd")
    return {int(entry.name): str(entry.readlink()) for entry in folder.iterdir()}


def has_ended(pid: int) -> bool:
    """Whether the process ends within the time that a busy machine may take."""
    try:
        watched = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    ready, _, _ = select.select([watched], [], [], 20)
    os.close(watched)
    return bool(ready)


def test_a_child_holds_no_descriptor_of_another_task(tmp_path: Path) -> None:
    first, second = (make_clip(tmp_path / name, CARDS) for name in ("een.mp4", "twee.mp4"))

    with endless(first) as one, endless(second) as other:
        ones, others = descriptors(one.pid), descriptors(other.pid)

        assert {place for place in ones.values() if "een.mp4" in place or "twee.mp4" in place} == {str(first)}
        assert not set(ones.values()) & set(others.values()) - {"/dev/null"}
        assert not any("socket" in place for place in [*ones.values(), *others.values()])  # the nursery's


def test_a_task_that_crashes_harms_no_other_and_not_the_next(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "a.mp4", CARDS)

    with endless(clip) as steady, endless(clip) as crashing:
        os.kill(crashing.pid, signal.SIGSEGV)
        with pytest.raises(MediaRefused, match="damaged or made to harm"):
            crashing.answer()

        assert len(steady.stream.read(1_000_000)) == 1_000_000
    assert probe(clip).kind == "clip"


def test_each_child_has_its_own_limits_and_group(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "a.mp4", CARDS)

    with endless(clip, Limits(memory_mib=700, cpu_s=30)) as small, endless(clip, Limits(cpu_s=90)) as large:
        assert resource.prlimit(small.pid, resource.RLIMIT_AS) == (700 << 20, 700 << 20)
        assert resource.prlimit(small.pid, resource.RLIMIT_CPU) == (30, 30)
        assert resource.prlimit(large.pid, resource.RLIMIT_CPU) == (90, 90)
        assert {os.getpgid(pid) for pid in (small.pid, large.pid)} == {small.pid, large.pid}
        assert os.getsid(small.pid) == small.pid


def test_a_nursery_that_died_is_replaced_and_its_children_end(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "a.mp4", CARDS)
    with endless(clip) as orphan:
        pid, nursery = orphan.pid, children._nurseries[0].pid
        os.kill(nursery, signal.SIGKILL)
        assert has_ended(nursery)

        assert probe(make_sound(tmp_path / "a.wav", sine(440, 0.5))).kind == "audio"
    assert has_ended(pid)


def test_an_unused_nursery_ends_with_the_command() -> None:
    program = "from engine.render.media import children; children.prepare(); print(children._nurseries[0].pid)"
    pid = int(subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True).stdout)

    assert has_ended(pid)


def test_nursery_and_children_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "a.mp4", CARDS)
    program = f"""
import sys
from pathlib import Path
from engine.render.media import children
from tests.render.media.test_children import endless
child = endless(Path({str(clip)!r}))
print(child.pid, children._nurseries[0].pid, flush=True)
sys.stdin.read()
"""
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        parent.kill()

    assert [has_ended(pid) for pid in pids] == [True, True]


def test_no_room_for_another_process_is_told_as_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full = "import os; os.fork = lambda: os.open('/nowhere', 0)\n"  # a system that lacks what it needs to fork
    monkeypatch.setattr(children, "NURSERY", full + children.NURSERY)
    children._end()

    with pytest.raises(OSError, match="No such file"):
        probe(make_sound(tmp_path / "a.wav", sine(440, 0.5)))

    children._end()


def test_preparing_twice_is_preparing_once() -> None:
    prepare()
    first = children._nurseries[0].pid
    prepare()

    assert [nursery.pid for nursery in children._nurseries] == [first]


def test_a_nursery_that_is_told_to_rest_ends_with_its_last_child(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "a.mp4", CARDS)
    with endless(clip) as last:
        nursery = children._nurseries[0].pid
        rest()

        assert len(last.stream.read(1_000_000)) == 1_000_000
        assert probe(clip).kind == "clip"  # from another one
    assert has_ended(nursery)
