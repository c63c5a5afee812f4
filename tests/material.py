"""Real media files for tests: clips that carry their frame number in their pictures, sounds that carry their place.

Used by every test that needs a file to open. Everything is encoded here and now; no file is kept in the project.
"""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

Rgb = npt.NDArray[np.uint8]

_BITS = 8


def number_card(number: int, width: int = 160, height: int = 96) -> Rgb:
    """A picture that says its number: eight fields side by side over its middle, white for 1 and black for 0."""
    picture = np.full((height, width, 3), 96, np.uint8)
    for bit in range(_BITS):
        left, right = bit * width // _BITS, (bit + 1) * width // _BITS
        picture[height // 4 : -height // 4, left:right] = 235 if number >> (_BITS - 1 - bit) & 1 else 16
    return picture


def number_on(luma: Rgb) -> int:
    """The number that a card's luma (rows, columns) says, whatever its size."""
    height, width = luma.shape
    middle = luma[height * 3 // 8 : height * 5 // 8]
    number = 0
    for bit in range(_BITS):
        field = middle[:, (bit * width + width // 4) // _BITS : ((bit + 1) * width - width // 4) // _BITS]
        number = number << 1 | int(field.mean() > 120)
    return number


def halves(width: int, height: int, left: Sequence[int], right: Sequence[int]) -> Rgb:
    """One colour left, another right."""
    picture = np.empty((height, width, 3), np.uint8)
    picture[:, : width // 2] = left
    picture[:, width // 2 :] = right
    return picture


def make_clip(
    path: Path,
    pictures: Iterable[Rgb],
    *,
    fps: Fraction | int = 30,
    codec: str = "libx264",
    pixel_format: str = "yuv420p",
    options: dict[str, str] | None = None,
    ticks: Sequence[int] | None = None,
    ticks_per_s: int = 90_000,
    rotation_deg: int = 0,
    pixel_aspect: Fraction | None = None,
    tone_hz: float | None = None,
    prepare: Callable[[av.VideoFrame], av.VideoFrame] | None = None,
    container_options: dict[str, str] | None = None,
) -> Path:
    """Encode pictures to a clip. ticks: the time of each picture where they are uneven, in 1/ticks_per_s.

    rotation_deg: clockwise, as the player is told to turn the stored picture. tone_hz adds a sine of the same length.
    """
    with av.open(str(path), "w", container_options=container_options or {}) as container:
        pictures = list(pictures)
        stream = container.add_stream(codec, rate=fps)
        assert isinstance(stream, av.VideoStream)
        stream.height, stream.width = pictures[0].shape[:2]
        stream.pix_fmt = pixel_format
        quick = {"preset": "ultrafast", "g": "12"} if codec.startswith("libx26") else {}
        stream.options = {**quick, **(options or {})}
        if rotation_deg:
            stream.set_display_rotation(-rotation_deg)
        if pixel_aspect is not None:
            stream.codec_context.sample_aspect_ratio = pixel_aspect
        if ticks is not None:
            stream.codec_context.time_base = Fraction(1, ticks_per_s)
        sound = container.add_stream("aac" if path.suffix != ".webm" else "libopus", rate=48_000) if tone_hz else None
        for number, picture in enumerate(pictures):
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), "rgb24")
            frame = prepare(frame) if prepare else frame
            frame.pts = ticks[number] if ticks is not None else number
            frame.time_base = Fraction(1, ticks_per_s) if ticks is not None else 1 / Fraction(fps)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
        if tone_hz and isinstance(sound, av.AudioStream):
            samples = round(48_000 * len(pictures) / fps)
            for piece in _sound_frames(sine(tone_hz, samples / 48_000), 48_000):
                container.mux(sound.encode(piece))
            container.mux(sound.encode(None))
    return path


def sine(hz: float, duration_s: float, rate_hz: int = 48_000, level: float = 0.5) -> npt.NDArray[np.float32]:
    """A sine of one channel, shape (samples,)."""
    return np.asarray(level * np.sin(2 * np.pi * hz * np.arange(round(duration_s * rate_hz)) / rate_hz), np.float32)


def make_sound(
    path: Path,
    samples: npt.NDArray[np.float32],
    *,
    rate_hz: int = 48_000,
    codec: str = "pcm_s16le",
    layout: str | None = None,
    options: dict[str, str] | None = None,
) -> Path:
    """Encode sound, shape (samples,) or (samples, channels), −1 to 1."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate_hz)
        assert isinstance(stream, av.AudioStream)
        channels = 1 if samples.ndim == 1 else samples.shape[1]
        stream.layout = layout or {1: "mono", 2: "stereo", 6: "5.1"}[channels]
        stream.options = {**(options or {})}
        for frame in _sound_frames(samples, rate_hz, layout):
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def _sound_frames(samples: npt.NDArray[np.float32], rate_hz: int, layout: str | None = None) -> Iterable[av.AudioFrame]:
    planes = samples[None] if samples.ndim == 1 else samples.T
    layout = layout or {1: "mono", 2: "stereo", 6: "5.1"}[len(planes)]
    for start in range(0, planes.shape[1], 1024):
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(planes[:, start : start + 1024]), "fltp", layout)
        frame.sample_rate, frame.pts, frame.time_base = rate_hz, start, Fraction(1, rate_hz)
        yield frame


def beep_at(start_s: float, length_s: float = 2.0, rate_hz: int = 48_000) -> npt.NDArray[np.float32]:
    """Silence with 0.1 s of 1 kHz at this place."""
    sound = np.zeros(round(length_s * rate_hz), np.float32)
    start = round(start_s * rate_hz)
    sound[start : start + rate_hz // 10] = sine(1000, 0.1, rate_hz)
    return sound


def clip_with_sound_from(path: Path, start_s: Fraction, beep_s: float) -> Path:
    """One second of pictures, whose times begin at 1 s; sound of a second from start_s later, with a beep after beep_s.

    Its picture and sound are kept as they are timed only in Matroska (.mkv).
    """
    with av.open(str(path), "w") as container:
        pictures = container.add_stream("libx264", rate=30)
        sound = container.add_stream("pcm_s16le", rate=48_000)
        assert isinstance(pictures, av.VideoStream)
        assert isinstance(sound, av.AudioStream)
        pictures.width, pictures.height, pictures.options = 160, 96, {"preset": "ultrafast", "bf": "0"}
        sound.layout = "mono"
        for number in range(30):
            frame = av.VideoFrame.from_ndarray(number_card(number), "rgb24")
            frame.pts, frame.time_base = number + 30, Fraction(1, 30)
            container.mux(pictures.encode(frame))
        container.mux(pictures.encode(None))
        samples = (beep_at(beep_s, 1.0) * 32767).astype(np.int16)
        piece = av.AudioFrame.from_ndarray(samples[None], "s16", "mono")
        piece.sample_rate, piece.pts, piece.time_base = 48_000, round((1 + start_s) * 48_000), Fraction(1, 48_000)
        container.mux(sound.encode(piece))
        container.mux(sound.encode(None))
    return path
