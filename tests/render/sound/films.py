"""Films for the tests of this room: all card, so that only their sound matters."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from engine.render.sound.master import Soundtrack, make_soundtrack
from engine.render.sound.samples import SAMPLE_RATE, Samples
from engine.render.timeline import FPS, CardSource, Music, MusicFile, Scene, Timeline, Voice
from tests.render.sound.materials import blocks_of, write_wav


def film(seconds: float, **parts: object) -> Timeline:
    """One scene with the voice, music and levels that are named."""
    scene = Scene(id="een", source=CardSource(), duration_frames=max(1, round(seconds * FPS)))
    return Timeline.model_validate({"title": "Zomer", "scenes": (scene,), **parts})


def voice(folder: Path, samples: Samples, **rest: object) -> Voice:
    return Voice.model_validate({"path": write_wav(folder / "voice.wav", samples), **rest})


def music(folder: Path, samples: Samples, **rest: object) -> Music:
    source = MusicFile(path=write_wav(folder / "music.wav", samples))
    return Music.model_validate({"source": source, **rest})


def soundtrack(timeline: Timeline, folder: Path, *, draft: bool = False) -> Soundtrack:
    return make_soundtrack(timeline, folder / "sound.m4a", folder / "work", on_progress=lambda _: None, draft=draft)


def write_clip(path: Path, samples: Samples, sound_from_s: float = 0.0) -> Path:
    """A clip of a grey square, its picture from time 0 and as long as this stereo sound, which may begin later."""
    with av.open(str(path), "w") as container:
        picture = container.add_stream("mpeg4", rate=FPS)
        picture.width, picture.height, picture.pix_fmt = 64, 64, "yuv420p"
        sound = container.add_stream("pcm_s16le" if path.suffix == ".mkv" else "aac", rate=SAMPLE_RATE, layout="stereo")
        for number in range(len(samples) * FPS // SAMPLE_RATE):
            grey = av.VideoFrame.from_ndarray(np.full((96, 64), 128, np.uint8), format="yuv420p")
            grey.pts, grey.time_base = number, Fraction(1, FPS)
            container.mux(picture.encode(grey))
        container.mux(picture.encode(None))
        late = round(sound_from_s * SAMPLE_RATE)
        for number, block in enumerate(blocks_of(samples, 1024)):
            packed = np.ascontiguousarray((block * 32767).astype(np.int16).reshape(1, -1))
            heard = av.AudioFrame.from_ndarray(packed, format="s16", layout="stereo")
            heard.sample_rate, heard.pts, heard.time_base = SAMPLE_RATE, late + number * 1024, Fraction(1, SAMPLE_RATE)
            container.mux(sound.encode(heard))
        container.mux(sound.encode(None))
    return path
