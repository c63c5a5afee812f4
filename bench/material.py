"""The bench job's own material: pictures, a voice, music and a timeline, made from a seed.

Called by bench. What DESIGN.md §9 names: 30 s, six images of 2400 x 3000 with the detail of photos, Ken Burns, 0.5 s
crossfades, word captions, a logo, a voice and music.
"""

import wave
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from engine.render.timeline import (
    FPS,
    Brand,
    CaptionStyle,
    Crop,
    ImageSource,
    Logo,
    Motion,
    Music,
    MusicFile,
    Scene,
    Timeline,
    Transition,
    Voice,
    Word,
)

WIDTH, HEIGHT = 2400, 3000
SAMPLE_RATE = 48_000


def photo(seed: int) -> Image.Image:
    """A picture with a photo's statistics: soft shapes, sharp edges, texture at four scales and sensor noise."""
    random = np.random.default_rng(seed)
    corners = random.uniform(30, 220, (2, 2, 3)).astype(np.uint8)
    picture = Image.fromarray(corners).resize((WIDTH, HEIGHT), Image.Resampling.BILINEAR)
    pen = ImageDraw.Draw(picture)
    for number in range(40):
        x, y, size = (int(v) for v in random.integers((0, 0, 40), (WIDTH, HEIGHT, 420)))
        colour = tuple(int(v) for v in random.integers(0, 255, 3))
        if number % 3 == 2:
            end = (int(random.integers(0, WIDTH)), int(random.integers(0, HEIGHT)))
            pen.line((x, y, *end), fill=colour, width=int(random.integers(2, 14)))
        else:
            pen.ellipse((x - size, y - size // (1 + number % 2), x + size, y + size // (1 + number % 2)), fill=colour)
        if number % 8 == 0:
            picture = picture.filter(ImageFilter.GaussianBlur(9))
            pen = ImageDraw.Draw(picture)
    pixels = np.asarray(picture, np.float32).copy()
    for scale, strength in ((600, 18), (150, 12), (40, 8), (10, 5)):
        coarse = random.normal(0, 1, (HEIGHT // scale + 3, WIDTH // scale + 3)).astype(np.float32)
        fine = Image.fromarray(coarse).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
        pixels += strength * np.asarray(fine)[..., None]
    pixels += random.normal(0, 3, (HEIGHT, WIDTH, 1)).astype(np.float32)
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def speech_like(seconds: float, words: int, seed: int = 3) -> tuple[np.ndarray, list[tuple[float, float]]]:
    """A mono voice of buzzing syllables, one a word with short pauses, and each word's start and end in seconds."""
    random = np.random.default_rng(seed)
    t = np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    step = seconds / words
    spans = [(k * step + 0.03, (k + 1) * step - (0.25 if k % 12 == 11 else 0.05)) for k in range(words)]
    level = np.zeros_like(t)
    for start, end in spans:
        inside = (t >= start) & (t < end)
        level[inside] = np.sin(np.pi * (t[inside] - start) / (end - start)) ** 0.5
    pitch = 120 + 18 * np.sin(2 * np.pi * 0.7 * t)
    phase = 2 * np.pi * np.cumsum(pitch) / SAMPLE_RATE
    buzz = np.zeros_like(t)
    for harmonic in range(1, 24):
        buzz += np.sin(harmonic * phase) / harmonic**1.2
    return 0.25 * level * buzz + random.normal(0, 0.0005, len(t)), spans


def write_wav(path: Path, sound: np.ndarray) -> None:
    """sound: (frames,) or (frames, 2) in -1 to 1, as 16 bits."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1 if sound.ndim == 1 else sound.shape[1])
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes((np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())


def music(seconds: float) -> np.ndarray:
    """A stereo chord that swells, with a soft beat."""
    t = np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    random = np.random.default_rng(1)
    sides = []
    for detune in (0.0, 0.7):
        chord = sum(
            g * np.sin(2 * np.pi * (f + detune) * t) for f, g in ((110, 0.2), (165, 0.15), (220, 0.12), (277, 0.1))
        )
        sides.append(chord * (0.6 + 0.4 * np.sin(2 * np.pi * 0.25 * t + detune)))
    beat = np.exp(-((t * 2) % 1) * 12)[:, None] * random.normal(0, 0.12, (len(t), 2))
    return 0.6 * (np.stack(sides, axis=1) + beat)


def logo() -> Image.Image:
    """A round mark with transparency."""
    mark = Image.new("RGBA", (160, 160))
    ImageDraw.Draw(mark).ellipse((4, 4, 156, 156), fill=(194, 65, 12, 255))
    return mark


def make_job(folder: Path, seconds: int = 30, scenes: int = 6) -> Timeline:
    """Write the material where it is not there yet, and return the job's timeline."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(6):
        if not (path := folder / f"photo-{number}.jpg").exists():
            photo(number).save(path, quality=92)
    logo().save(folder / "logo.png")
    count = int(seconds * 2.5)
    voice, spans = speech_like(seconds - 0.4, count)
    write_wav(folder / f"voice-{seconds}.wav", voice)
    write_wav(folder / "music.wav", music(20))
    texts = "licht rust warm brood morgen venster tafel koffie handen verhaal straks samen".split()
    words = tuple(
        Word(text=texts[k % 12] + ("." if k % 12 == 11 else ""), start_ms=round(a * 1000), end_ms=round(b * 1000))
        for k, (a, b) in enumerate(spans)
    )
    frames = seconds * FPS // scenes
    crossfade = Transition(kind="crossfade", duration_frames=FPS // 2)
    return Timeline(
        title="Bench",
        scenes=tuple(
            Scene(
                id=f"scene-{k + 1}",
                source=ImageSource(path=folder / f"photo-{k % 6}.jpg"),
                duration_frames=frames,
                motion=Motion(
                    start=Crop(zoom=1.15 if k % 2 else 1.0, y=0.5),
                    end=Crop(zoom=1.0 if k % 2 else 1.15, x=0.47, y=0.55),
                ),
                transition=crossfade,
            )
            for k in range(scenes)
        ),
        words=words,
        captions=CaptionStyle(name="highlight"),
        brand=Brand(logo=Logo(path=folder / "logo.png")),
        voice=Voice(path=folder / f"voice-{seconds}.wav"),
        music=Music(source=MusicFile(path=folder / "music.wav")),
    )
