"""AAC: the finished sound written to a file, and read back to be measured as a viewer's player will hear it.

Called by master and waveform.
Law: the file holds exactly the frames that were written, from time 0: what the encoder leads in with is marked to be
skipped, and what it fills up the last packet with lies behind the stated end.
"""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

import av
import numpy as np
from av.audio.stream import AudioStream

from engine.render.sound.samples import SAMPLE_RATE, Samples

BIT_RATE = 192_000
PACKET_FRAMES = 1024
# Measured on speech over music, 30 s: the fast coder takes a quarter of the processor time of the default one for
# 2 dB more coding noise, 20 dB below the sound and masked by it. Without intensity stereo and noise substitution,
# which are meant for low rates, the octave above 8 kHz is 6 dB nearer to the original at the same cost.
ENCODER_OPTIONS = {"aac_coder": "fast", "aac_is": "0", "aac_pns": "0"}
DRAFT_OPTIONS = {**ENCODER_OPTIONS, "aac_tns": "0", "aac_ms": "0"}
"""A fifth quicker, at 1 to 2 dB more coding noise."""


class AacWriter:
    """Writes one stereo AAC-LC stream to an MP4 file; leaving the `with` block ends it. A full disk is an OSError."""

    def __init__(self, path: Path, options: dict[str, str] = ENCODER_OPTIONS) -> None:
        # The default of 1 ms would round the stated length of a film whose frames are not a multiple of three.
        timescale = {"movie_timescale": str(SAMPLE_RATE)}
        self._container = av.open(str(path), "w", format="mp4", options=timescale)
        self._stream = self._container.add_stream("aac", rate=SAMPLE_RATE, layout="stereo", options=options)
        self._stream.bit_rate = BIT_RATE
        self._waiting = np.empty((0, 2), np.float32)
        self._written_frames = 0

    def write(self, block: Samples) -> None:
        """block: shape (frames, 2), of any length."""
        self._waiting = np.concatenate((self._waiting, block))
        whole = len(self._waiting) // PACKET_FRAMES * PACKET_FRAMES
        planes = np.ascontiguousarray(self._waiting[:whole].T)
        for start in range(0, whole, PACKET_FRAMES):
            self._encode(np.ascontiguousarray(planes[:, start : start + PACKET_FRAMES]))
        self._waiting = self._waiting[whole:]

    def _encode(self, planes: Samples) -> None:
        frame = av.AudioFrame.from_ndarray(planes, format="fltp", layout="stereo")
        frame.sample_rate, frame.time_base, frame.pts = SAMPLE_RATE, Fraction(1, SAMPLE_RATE), self._written_frames
        self._written_frames += planes.shape[1]
        self._container.mux(self._stream.encode(frame))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                if len(self._waiting):
                    self._encode(np.ascontiguousarray(self._waiting.T))
                self._container.mux(self._stream.encode(None))
        finally:
            self._container.close()


def decoded_blocks(path: Path) -> Iterator[Samples]:
    """The sound of a file that this engine made, as a player plays it. No other file: nothing guards the decoder."""
    with av.open(str(path), format="mov") as container:
        stream = container.streams.audio[0]
        left = _stated_frames(stream)
        for frame in container.decode(stream):
            block = np.asarray(frame.to_ndarray(), np.float32).T[:left]
            left -= len(block)
            yield block


def duration_frames(path: Path) -> int:
    """How long a file that this engine made is, in frames of sound."""
    with av.open(str(path), format="mov") as container:
        return _stated_frames(container.streams.audio[0])


def _stated_frames(stream: AudioStream) -> int:
    assert stream.duration is not None
    assert stream.time_base is not None
    return round(stream.duration * stream.time_base * SAMPLE_RATE)
