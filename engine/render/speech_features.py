"""Speech features: what a stretch of sound is like to an ear that follows words, whoever says them.

Called by engine.render.speech_reading and speech_sync.
Law: bounded memory for any length (some 300 bytes for each 10 ms), and nothing in it that a louder recording, a duller
microphone or a steady hum would change much.

Mel bands and cepstrum after Davis and Mermelstein (1980), mean and variance normalised over the speech of a recording
(Viikki and Laurila 1998).
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

HOP_S = 0.01
WINDOW_S = 0.025
BANDS = 26
LOWEST_HZ, HIGHEST_HZ = 150.0, 5500.0  # the formants; above them recordings differ more than words do
CEPSTRA = 12
VECTOR_SIZE = 32
"""Level and 12 cepstra, how each changes, and zeros up to a multiple of 8."""

_BLOCK_FRAMES = 512
_SESSION_FRAMES = 4_500
_LEVEL_WEIGHT, _CHANGE_WEIGHT = 1.5, 0.8  # as in recipes/render, and little changes between half and twice these

Floats = NDArray[np.float32]
Mel = Floats
"""Natural logarithm of the power in each band, shape (frames, BANDS)."""


def mel_frames(blocks: Iterable[Floats], rate_hz: int) -> Mel:
    """The bands of mono sound (one axis, -1 to 1) that comes in blocks; frame i is centred on (i + 0.5) * HOP_S."""
    window = round(WINDOW_S * rate_hz)
    size = 1 << (window - 1).bit_length()
    filters = _mel_filters(rate_hz, size)
    shape = np.hanning(window + 2)[1:-1].astype(np.float32)
    parts = [np.zeros((0, BANDS), np.float32)]
    for windows in _windows(blocks, window, HOP_S * rate_hz):
        spectrum = np.fft.rfft(windows * shape, size)[:, : len(filters)]
        power = (spectrum.real**2 + spectrum.imag**2).astype(np.float32)
        parts.append(np.log(power @ filters + np.float32(1e-10)))
    mel: Mel = np.concatenate(parts)
    return mel


def loudness(mel: Mel) -> Floats:
    """Level of each frame: the natural logarithm of its mean power over the bands."""
    levels: Floats = np.log(np.exp(mel).mean(axis=1))
    return levels


def presence(mel: Mel) -> Floats:
    """How much of a frame is voice: 0 at the quiet around it, 1 at the recording's usual loudness, at most 1.2."""
    levels = loudness(mel)
    lowest, loudest = np.percentile(levels, [5, 99.5])
    for _ in range(3):  # the usual loudness is that of what is loud, however much silence lies around it
        usual = np.percentile(levels[levels >= (lowest + loudest) / 2], 75)
        loudest = usual
    # 39 dB under it is silence in any recording; 15 dB under it may be speech, whatever the noise.
    quiet = np.clip(_quiet_nearby(levels), usual - 9, usual - 3.5)
    found: Floats = np.clip((levels - quiet) / (usual - quiet), 0, 1.2).astype(np.float32)
    return found


def _quiet_nearby(levels: Floats) -> Floats:
    """The level of the quietest moments within some four seconds: between takes an editor leaves true silence."""
    centres = np.arange(50, max(len(levels), 51), 100)
    lows = [np.percentile(levels[max(0, centre - 400) : centre + 400], 5) for centre in centres]
    nearby: Floats = np.interp(np.arange(len(levels)), centres, lows).astype(np.float32)
    return nearby


def vectors(mel: Mel, is_voice: NDArray[np.bool_]) -> Floats:
    """Unit vectors to compare frames by, shape (frames, VECTOR_SIZE). is_voice: the frames to normalise over.

    Normalised by 45 s, since a long recording is made in sessions; a stretch with hardly a voice in it goes with
    the next one that has.
    """
    edges = [0]
    for end in range(_SESSION_FRAMES, len(mel) - _SESSION_FRAMES // 2, _SESSION_FRAMES):
        if is_voice[edges[-1] : end].sum() > _SESSION_FRAMES // 4:
            edges.append(end)
    if len(edges) > 1 and is_voice[edges[-1] :].sum() < _SESSION_FRAMES // 4:
        edges.pop()
    sessions = [slice(start, end) for start, end in pairwise([*edges, len(mel)])]
    return np.concatenate([_session_vectors(mel[part], is_voice[part]) for part in sessions])


def _session_vectors(mel: Mel, is_voice: NDArray[np.bool_]) -> Floats:
    heard = _above_noise(mel, is_voice)
    orders = np.arange(CEPSTRA + 1)[:, None]
    cosines = np.cos(np.pi * orders * (np.arange(BANDS) + 0.5) / BANDS).astype(np.float32)
    cepstra = heard @ cosines.T
    voiced = cepstra[is_voice] if is_voice.any() else cepstra
    cepstra = np.clip((cepstra - voiced.mean(axis=0)) / (voiced.std(axis=0) + 1e-3), -3, 3)
    cepstra[:, 0] *= _LEVEL_WEIGHT
    found = np.zeros((len(mel), VECTOR_SIZE), np.float32)
    found[:, : CEPSTRA + 1] = cepstra
    found[:, CEPSTRA + 1 : 2 * CEPSTRA + 2] = _changes(cepstra) * (_CHANGE_WEIGHT / 2)
    return unit(found)


def unit(rows: Floats) -> Floats:
    """Each row at length 1, or 0 where it is nothing."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Floats = (rows / np.maximum(lengths, 1e-6)).astype(np.float32)
    return scaled


def _above_noise(mel: Mel, is_voice: NDArray[np.bool_]) -> Mel:
    """The bands, none below its own steady noise: hiss in one recording and silence in another look alike."""
    noise = np.percentile(mel if is_voice.all() else mel[~is_voice], 60, axis=0)
    loud = np.percentile(mel[is_voice] if is_voice.any() else mel, 95, axis=0)
    floor = np.maximum(np.minimum(noise + 0.7, loud - 3), loud - 9).astype(np.float32)
    softened: Mel = np.maximum(mel, floor) + np.log1p(np.exp(-np.abs(mel - floor)))  # a maximum without a corner
    return softened


def _changes(rows: Floats) -> Floats:
    """Slope over two frames to each side, as a regression weighs them."""
    padded = np.pad(rows, ((2, 2), (0, 0)), mode="edge")
    slopes: Floats = (padded[3:-1] - padded[1:-3]) + 2 * (padded[4:] - padded[:-4])
    return slopes


def _windows(blocks: Iterable[Floats], window: int, hop: float) -> Iterator[Floats]:
    """Stacks of windows, shape (up to _BLOCK_FRAMES, window). hop in samples, not always a whole number."""
    half = window // 2
    held = np.zeros(half, np.float32)  # silence before and after, so that every frame has a whole window
    held_start = -half
    frame = 0
    for block in _and_silence(blocks, half):
        held = np.concatenate([held, block])
        starts = _centres(frame, hop) - half - held_start
        while len(starts := starts[starts + window <= len(held)]):
            yield np.lib.stride_tricks.sliding_window_view(held, window)[starts]
            frame += len(starts)
            starts = _centres(frame, hop) - half - held_start
        done = min(max(0, int(_centres(frame, hop)[0]) - half - held_start), len(held))
        held, held_start = held[done:], held_start + done


def _centres(frame: int, hop: float) -> NDArray[np.int64]:
    centres: NDArray[np.int64] = np.rint((np.arange(frame, frame + _BLOCK_FRAMES) + 0.5) * hop).astype(np.int64)
    return centres


def _and_silence(blocks: Iterable[Floats], count: int) -> Iterator[Floats]:
    yield from blocks
    yield np.zeros(count, np.float32)


def _mel_filters(rate_hz: int, size: int) -> Floats:
    """Triangles evenly spaced in mel, shape (bins up to the highest, BANDS)."""
    lowest, highest = (2595 * np.log10(1 + hz / 700) for hz in (LOWEST_HZ, HIGHEST_HZ))
    corners = 700 * (10 ** (np.linspace(lowest, highest, BANDS + 2) / 2595) - 1)
    bins_hz = np.arange(int(corners[-1] / rate_hz * size) + 2)[:, None] * (rate_hz / size)
    left, middle, right = corners[:-2], corners[1:-1], corners[2:]
    filters = np.minimum((bins_hz - left) / (middle - left), (right - bins_hz) / (right - middle))
    return np.maximum(0, filters).astype(np.float32)
