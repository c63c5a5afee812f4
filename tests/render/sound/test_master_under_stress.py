"""A soundtrack that is long, cancelled, killed, or has no room on the disk."""

import signal
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest

from engine.render.sound.master import make_soundtrack
from tests.render.sound.films import film, music, voice
from tests.render.sound.materials import noise, sine, speech, stereo, write_wav

# Makes the soundtrack of voice.wav and music.wav in a folder, and says how far it is; the last line is its peak memory.
CHILD = """
import resource, sys
from pathlib import Path
from engine.render.sound.master import make_soundtrack
from engine.render.timeline import Music, MusicFile, Voice
from tests.render.sound.films import film

folder, seconds, room_bytes = Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
timeline = film(
    seconds, voice=Voice(path=folder / "voice.wav"), music=Music(source=MusicFile(path=folder / "music.wav"))
)
if room_bytes:
    resource.setrlimit(resource.RLIMIT_FSIZE, (room_bytes, resource.RLIM_INFINITY))
before_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
make_soundtrack(
    timeline, folder / "sound.m4a", folder / "work", on_progress=lambda done: print(f"{done:.3f}", flush=True)
)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kib)
"""


def child(folder: Path, seconds: float, room_bytes: int = 0) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, str(folder), str(seconds), str(room_bytes)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_wav(tmp_path / "voice.wav", np.concatenate([speech(4, -12)] * 5))
    write_wav(tmp_path / "music.wav", stereo(sine(300, 5, -20)))
    return tmp_path


def left_in(folder: Path) -> set[str]:
    """Everything but the sources and the empty work folder."""
    return {path.name for path in folder.rglob("*")} - {"voice.wav", "music.wav", "work"}


def write_long_wav(path: Path, piece: Path, seconds: int) -> None:
    with wave.open(str(piece)) as short, wave.open(str(path), "wb") as long:
        frames = short.getnframes()
        data = short.readframes(frames)
        long.setparams(short.getparams())
        for _ in range(seconds * 48_000 // frames):
            long.writeframes(data)


@pytest.mark.parametrize("reached", [0.01, 0.4, 0.55, 0.65, 0.85, 1.0])
@pytest.mark.parametrize("reason", [KeyboardInterrupt, OSError])
def test_a_cancelled_run_leaves_nothing_behind(reason: type[BaseException], reached: float, tmp_path: Path) -> None:
    def stop(done: float) -> None:
        if done >= reached:
            raise reason("stop")

    timeline = film(3, voice=voice(tmp_path, speech(3)), music=music(tmp_path, noise(2, -20, 2)))
    with pytest.raises(reason):
        make_soundtrack(timeline, tmp_path / "sound.m4a", tmp_path / "work", on_progress=stop)

    assert left_in(tmp_path) == set()


def test_ctrl_c_leaves_nothing_behind(folder: Path) -> None:
    with child(folder, 20) as process:
        assert process.stdout is not None
        while float(process.stdout.readline()) < 0.6:
            pass
        process.send_signal(signal.SIGINT)
        process.communicate()

    assert process.returncode != 0
    assert left_in(folder) == set()


def test_a_killed_run_has_made_no_soundtrack_and_the_next_one_makes_it(folder: Path) -> None:
    with child(folder, 20) as process:
        assert process.stdout is not None
        while float(process.stdout.readline()) < 0.6:
            pass
        process.kill()
        process.communicate()
    assert "sound.m4a" not in left_in(folder)

    with child(folder, 2) as again:
        again.communicate()
    assert again.returncode == 0
    assert "sound.m4a" in left_in(folder)


@pytest.mark.parametrize("room_bytes", [300_000, 4_500_000], ids=["no room for the voice", "no room for the mix"])
def test_a_full_disk_is_told_as_such_and_leaves_nothing(room_bytes: int, folder: Path) -> None:
    with child(folder, 20, room_bytes) as process:
        _, errors = process.communicate()

    assert process.returncode == 1
    assert "File too large" in errors.splitlines()[-1]
    assert left_in(folder) == set()


@pytest.mark.parametrize("room_bytes", [20_000, 60_000], ids=["at the start", "at the end"])
def test_a_disk_that_fills_up_while_aac_is_written_is_told_too(room_bytes: int, tmp_path: Path) -> None:
    script = """
import resource, sys
import numpy as np
from pathlib import Path
from engine.render.sound.aac import AacWriter
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
with AacWriter(Path(sys.argv[1])) as writer:
    for _ in range(30):
        writer.write(np.random.default_rng(1).standard_normal((4800, 2), np.float32) * 0.1)
"""
    command = [sys.executable, "-c", script, str(tmp_path / "s.m4a"), str(room_bytes)]

    told = subprocess.run(command, capture_output=True, text=True, check=False)

    assert told.returncode == 1
    assert "File too large" in told.stderr.splitlines()[-1]


def test_an_old_soundtrack_survives_a_failed_new_one(folder: Path) -> None:
    (folder / "sound.m4a").write_bytes(b"the old one")

    with child(folder, 20, 300_000) as process:
        process.communicate()

    assert (folder / "sound.m4a").read_bytes() == b"the old one"
    assert left_in(folder) == {"sound.m4a"}


def test_four_minutes_need_no_more_memory_than_one(folder: Path, tmp_path: Path) -> None:
    peaks_mib: dict[int, float] = {}
    for minutes in (1, 4):  # a minute as samples is 23 MiB
        place = tmp_path / f"{minutes}"
        place.mkdir()
        write_long_wav(place / "voice.wav", folder / "voice.wav", minutes * 60)
        write_long_wav(place / "music.wav", folder / "music.wav", minutes * 60)
        with child(place, minutes * 60) as process:
            said, errors = process.communicate()
        assert process.returncode == 0, errors
        peaks_mib[minutes] = int(said.splitlines()[-1]) / 1024

    assert peaks_mib[4] < 60
    assert peaks_mib[4] - peaks_mib[1] < 8
