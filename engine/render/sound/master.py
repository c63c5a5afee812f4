"""The master: the soundtrack of a film, at the loudness that platforms expect, as an AAC file of its own.

Called by engine.render.export, which copies its packets into the film.
Law: what is promised is measured in the encoded file, decoded again, for encoding moves peaks and loudness.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from engine.render.picture.spans import Span
from engine.render.sound.aac import DRAFT_OPTIONS, ENCODER_OPTIONS, AacWriter, decoded_blocks
from engine.render.sound.limiter import LOOK_FRAMES, RELEASE_S, Limiter
from engine.render.sound.loudness import LoudnessMeter
from engine.render.sound.mix import Mix, lay_mix
from engine.render.sound.samples import BLOCK_FRAMES, SAMPLE_RATE, SAMPLES_PER_FRAME, Samples
from engine.render.sound.workfile import WorkFile
from engine.render.timeline import Levels, Timeline
from engine.render.whole_files import UNFINISHED, written_whole

WHOLE_LIFT_LIMIT_DB = 40.0
"""What the quietest source may be lifted by in all. Beyond it the film stays under its target: there is nothing left
to hear but the room."""
LOST_IN_AAC_LU = 0.1
"""AAC drops what cannot be heard, and a little of the measured loudness with it (0.05 to 0.15 LU at 192 kbit/s)."""
AAC_HEADROOM_DB = 0.5
"""AAC raises peaks by 0.1 to 0.4 dB (speech, music; more for square waves, which the second try is for)."""
NEAR_LU = 0.05
TOLERANCE_LU = 0.3
LIMITER_MEMORY_FRAMES = round(10 * RELEASE_S * SAMPLE_RATE)
"""How long before a part its limiter begins: ten times the release leave a twenty-thousandth of any earlier gain."""
MOST_ENCODES = 5
MOST_TRIALS = 8


@dataclass(frozen=True, slots=True)
class Soundtrack:
    """A finished soundtrack and what was measured in it; None where there is only silence."""

    path: Path
    loudness_lufs: float | None
    true_peak_dbtp: float | None


def make_soundtrack(
    timeline: Timeline,
    out: Path,
    work_dir: Path,
    *,
    on_progress: Callable[[float], None],
    draft: bool = False,
) -> Soundtrack:
    """Mix, master and encode the sound of a film to `out`: one AAC-LC stream, 48 kHz stereo, in an MP4 file.

    Exactly duration_frames * 1600 frames of sound from time 0, true peaks at or below the timeline's ceiling,
    integrated loudness within 0.5 LU of its level. It stays softer where the quietest source would need more than
    WHOLE_LIFT_LIMIT_DB, or where sounds that are all peak and no body cannot be as loud under that ceiling.
    A film shorter than 400 ms is measured as if silence followed.
    work_dir: room for 0.4 MB a second each for mix, voice and music while this runs; music beds stay there, and what a
    killed process left stays under names that whole_files.is_abandoned knows.
    on_progress: told a growing fraction, 1 just before the file gets its name; what it raises ends the work and leaves
    nothing behind.
    draft: one gain and one encode by quicker means; the measurement is that of the mix, not of the file.
    Raises MediaRefused, OSError.
    """
    with _mixed(timeline, out, work_dir, on_progress) as (mix, mix_file, unfinished):
        if draft:
            loudness_lufs, peak_dbtp = _draft(mix, mix_file, timeline.levels, unfinished, on_progress)
        else:
            loudness_lufs, peak_dbtp = _finished(mix, mix_file, timeline.levels, unfinished, on_progress)
    return Soundtrack(out, loudness_lufs, peak_dbtp)


def make_draft_part(
    timeline: Timeline, span: Span, out: Path, work_dir: Path, *, on_progress: Callable[[float], None]
) -> Soundtrack:
    """The sound of some frames of a film as its draft has it, without the rest: exactly span.count * 1600 frames.

    Balance, ducking and gain are those of the whole film, which is mixed and measured for it; only this part is
    encoded, which is two thirds of the work. What is told of loudness and peak is the whole's.
    work_dir, on_progress, errors: as for make_soundtrack.
    """
    with _mixed(timeline, out, work_dir, on_progress) as (mix, mix_file, unfinished):
        loudness_lufs, peak_dbtp = _draft(mix, mix_file, timeline.levels, unfinished, on_progress, span)
    return Soundtrack(out, loudness_lufs, peak_dbtp)


@contextmanager
def _mixed(
    timeline: Timeline, out: Path, work_dir: Path, on_progress: Callable[[float], None]
) -> Iterator[tuple[Mix, WorkFile, Path]]:
    """The film's mix, and where to write the file that becomes `out` when the block ends well."""
    work_dir.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix=f"{UNFINISHED}{os.getpid()}-sound-", dir=work_dir) as folder,
        WorkFile(Path(folder) / "mix.f32", 2) as mix_file,
        written_whole(out) as unfinished,
    ):
        mix = lay_mix(timeline, mix_file, Path(folder), work_dir, lambda done: on_progress(0.5 * done))
        yield mix, mix_file, unfinished
        on_progress(1.0)


def _finished(
    mix: Mix, mix_file: WorkFile, levels: Levels, path: Path, on_progress: Callable[[float], None]
) -> tuple[float | None, float | None]:
    """Encode until the file measures as promised; nearly always once. Returns its loudness and true peak."""
    aim_lufs = levels.loudness_lufs + LOST_IN_AAC_LU
    ceiling_dbtp = levels.true_peak_dbtp - AAC_HEADROOM_DB
    gain_db = _gain_for(mix, mix_file, aim_lufs, ceiling_dbtp)
    for attempt in range(MOST_ENCODES):
        # Of what is left of the bar, a try takes eight tenths, its check one, and the tries that may follow the last.
        left = 0.5 * 0.1**attempt
        blocks = _limited_blocks(mix_file, gain_db, ceiling_dbtp, 0, mix_file.frames)
        _encode(blocks, mix_file.frames, path, partial(_tell_share, on_progress, 1 - left, 0.8 * left))
        meter, checked_frames = LoudnessMeter(2), 0
        for block in decoded_blocks(path):
            meter.feed(block)
            checked_frames += len(block)
            on_progress(1 - left * (0.2 - 0.1 * checked_frames / mix_file.frames))
        loudness_lufs, peak_dbtp = meter.integrated_lufs, meter.true_peak_dbtp
        above_db = 0.0 if peak_dbtp is None else peak_dbtp - levels.true_peak_dbtp
        missing_lu = 0.0 if loudness_lufs is None else levels.loudness_lufs - loudness_lufs
        if above_db <= 0 and abs(missing_lu) <= TOLERANCE_LU:
            break
        if above_db > 0:
            ceiling_dbtp -= above_db + 0.1
        aim_lufs += missing_lu
        tried_db, gain_db = gain_db, _gain_for(mix, mix_file, aim_lufs, ceiling_dbtp)
        if above_db <= 0 and abs(gain_db - tried_db) < NEAR_LU:
            break  # as loud as it may be
    return loudness_lufs, peak_dbtp


def _draft(
    mix: Mix,
    mix_file: WorkFile,
    levels: Levels,
    path: Path,
    on_progress: Callable[[float], None],
    span: Span | None = None,
) -> tuple[float | None, float | None]:
    """One gain, one encode, of `span` or all. Returns what the mix's own measurement and the ceiling lead to expect."""
    gain_db = min(_first_gain(mix, levels.loudness_lufs), WHOLE_LIFT_LIMIT_DB - mix.lift_db)
    ceiling_dbtp = levels.true_peak_dbtp - AAC_HEADROOM_DB
    tell = partial(_tell_share, on_progress, 0.5, 0.5)
    start, end = (span.start * SAMPLES_PER_FRAME, span.end * SAMPLES_PER_FRAME) if span else (0, mix_file.frames)
    blocks = _limited_blocks(mix_file, gain_db, ceiling_dbtp, start, end)
    _encode(blocks, end - start, path, tell, DRAFT_OPTIONS)
    loudness_lufs, peak_dbtp = mix.loudness_lufs, mix.true_peak_dbtp
    return (
        None if loudness_lufs is None else loudness_lufs + gain_db,
        None if peak_dbtp is None else min(peak_dbtp + gain_db, ceiling_dbtp),
    )


def _gain_for(mix: Mix, mix_file: WorkFile, aim_lufs: float, ceiling_dbtp: float) -> float:
    """The gain in decibels that gives the mix this loudness once the limiter has taken its part."""
    most_db = WHOLE_LIFT_LIMIT_DB - mix.lift_db
    gain_db = min(_first_gain(mix, aim_lufs), most_db)
    if mix.loudness_lufs is None or mix.true_peak_dbtp is None or mix.true_peak_dbtp + gain_db <= ceiling_dbtp:
        return gain_db
    slope, before = 1.0, (0.0, 0.0)
    for attempt in range(MOST_TRIALS):
        loudness_lufs = _limited_loudness(mix_file, gain_db, ceiling_dbtp)
        if loudness_lufs is None or abs(aim_lufs - loudness_lufs) < NEAR_LU:
            break
        if attempt:
            # The harder the limiter works, the less a decibel of gain brings.
            slope = min(1.0, max(0.1, (loudness_lufs - before[1]) / (gain_db - before[0])))
        before = gain_db, loudness_lufs
        gain_db = min(gain_db + (aim_lufs - loudness_lufs) / slope, most_db)
        if gain_db == before[0]:
            break
    return gain_db


def _first_gain(mix: Mix, aim_lufs: float) -> float:
    return 0.0 if mix.loudness_lufs is None else aim_lufs - mix.loudness_lufs


def _limited_loudness(mix_file: WorkFile, gain_db: float, ceiling_dbtp: float) -> float | None:
    meter = LoudnessMeter(2, with_peak=False)
    for block in _limited_blocks(mix_file, gain_db, ceiling_dbtp, 0, mix_file.frames):
        meter.feed(block)
    return meter.integrated_lufs


def _limited_blocks(mix_file: WorkFile, gain_db: float, ceiling_dbtp: float, start: int, end: int) -> Iterator[Samples]:
    """The mix from frame `start` to `end`, limited as in the whole: what was heard shortly before counts."""
    limiter = Limiter(gain_db, ceiling_dbtp)
    begin = max(0, start - LIMITER_MEMORY_FRAMES)
    passed = 0

    def asked_for(block: Samples) -> Samples:
        nonlocal passed
        before, passed = passed, passed + len(block)
        return block[max(0, start - begin - before) : max(0, end - begin - before)]

    last = min(mix_file.frames, end + LOOK_FRAMES)
    for at in range(begin, last, BLOCK_FRAMES):
        yield asked_for(limiter.feed(mix_file.read(at, min(BLOCK_FRAMES, last - at))))
    yield asked_for(limiter.flush())


def _encode(
    blocks: Iterator[Samples],
    frames: int,
    path: Path,
    on_progress: Callable[[float], None],
    options: dict[str, str] = ENCODER_OPTIONS,
) -> None:
    done_frames = 0
    with AacWriter(path, options) as writer:
        for block in blocks:
            writer.write(block)
            done_frames += len(block)
            on_progress(done_frames / frames)


def _tell_share(on_progress: Callable[[float], None], begun: float, share: float, done: float) -> None:
    on_progress(begun + share * done)
