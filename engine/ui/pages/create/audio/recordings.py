"""Recordings: what a microphone hears, on this machine's disk before the level meter moves.

Called by the recorder. The browser sends the sound as it is made; this process writes each piece down at once. So a tab
that dies costs the last piece (a twentieth of a second), and a program that dies costs no more: what was left behind is
found the next time that somebody opens the video.
Law: a recording leaves this folder only once the studio has it, or when a person throws it away.
"""

import io
import os
import time
import wave
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final
from uuid import uuid4

import numpy as np

RATE_HZ: Final = 44_100
CHANNELS: Final = 2
"""What the browser's recorder streams, whatever else it is asked for (measured with Flet 1.0.5)."""
BYTES_EACH: Final = 2
QUIETEST_DB: Final = -60.0
"""Where the level meter begins: a quiet room."""
LEAST_MS: Final = 300
"""What is shorter was a click on the wrong button."""
LONGEST_MS: Final = 15 * 60_000
"""79 MB, which the studio takes in one piece; nobody reads a script for longer without a pause."""
_ENDING: Final = ".pcm"
_being_written: set[Path] = set()


@dataclass(frozen=True)
class LeftBehind:
    """A recording whose window went away before the studio had it."""

    path: Path
    began_at: datetime
    duration_ms: int


@dataclass
class Recording:
    """One that is going on. Its sound is kept in one channel: a voice has no sides."""

    path: Path
    level: float = 0.0
    """0 to 1: how loud the last piece was."""
    _file: BinaryIO | None = field(default=None, repr=False)
    _samples: int = 0

    @classmethod
    def begin(cls, folder: Path, video_id: str, at: datetime) -> "Recording":
        """A new one of this video. Raises OSError where the disk is full or cannot be written."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / f"{video_id}_{at.astimezone(UTC):%Y%m%dT%H%M%S}_{uuid4().hex[:8]}{_ENDING}"
        file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb", buffering=0)
        _being_written.add(path)
        return cls(path, _file=file)

    @property
    def duration_ms(self) -> int:
        """How much was heard."""
        return self._samples * 1000 // RATE_HZ

    def hear(self, piece: bytes) -> None:
        """Write a piece of sound down. Raises OSError; what was written before stays."""
        if self._file is None:
            return
        frames = np.frombuffer(piece[: len(piece) // (CHANNELS * BYTES_EACH) * CHANNELS * BYTES_EACH], "<i2")
        one = frames.reshape(-1, CHANNELS).mean(axis=1)
        self._file.write(one.astype("<i2").tobytes())
        self._samples += len(one)
        self.level = level_of(float(np.abs(one).max(initial=0.0)) / 32768)

    def end(self) -> None:
        """No more is heard. The file stays."""
        if self._file is not None:
            self._file.close()
            self._file = None
        _being_written.discard(self.path)


def level_of(peak: float) -> float:
    """Where a level meter stands, 0 to 1. peak: of the sound, 1 is the loudest that there is."""
    if peak <= 0:
        return 0.0
    return min(1.0, max(0.0, 1 - 20 * float(np.log10(peak)) / QUIETEST_DB))


def left_behind(folder: Path, video_id: str) -> Sequence[LeftBehind]:
    """Recordings of this video that no window is making any more, the oldest first. Too short ones are removed."""
    found = []
    for path in sorted(folder.glob(f"{video_id}_*{_ENDING}")):
        if path in _being_written:
            continue
        duration_ms = path.stat().st_size // BYTES_EACH * 1000 // RATE_HZ
        if duration_ms < LEAST_MS:
            if time.time() - path.stat().st_mtime > LONGEST_MS / 1000:
                path.unlink(missing_ok=True)
            continue
        found.append(LeftBehind(path, began(path), duration_ms))
    return found


def began(path: Path) -> datetime:
    """When a recording began, as its name tells."""
    return datetime.strptime(path.stem.split("_")[-2], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)


def as_wav(path: Path) -> bytes:
    """The recording as a file that everything plays. Raises OSError."""
    sound = path.read_bytes()
    made = io.BytesIO()
    with wave.open(made, "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(BYTES_EACH)
        wav.setframerate(RATE_HZ)
        wav.writeframes(sound[: len(sound) // BYTES_EACH * BYTES_EACH])
    return made.getvalue()


def throw_away(path: Path) -> None:
    """It is not wanted, or the studio has it."""
    path.unlink(missing_ok=True)
