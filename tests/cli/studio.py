"""A studio at work: its files, its command line, and what the command answers.

Used by tests.cli and tests.e2e through the fixtures of conftest. Commands run as people run them: in a process of
their own, with the studio's data and cache in a folder of the test.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from tests.cli.loaded_bom import COMMANDS as LOADED_COMMANDS
from tests.cli.loaded_bom import loaded_bom
from tests.material import halves, make_clip, make_sound, number_card, sine

ROOT = Path(__file__).parents[2]
LONGEST_COMMAND_S = 240.0
"""Only a hang takes longer; a shared machine may stand still for two minutes."""


@dataclass(frozen=True)
class Answer:
    """How a command ended and what it said."""

    code: int
    stdout: str
    stderr: str

    @property
    def said(self) -> list[str]:
        """The lines of standard error, without what the machine's own font library has to say."""
        return [line for line in self.stderr.splitlines() if line and "Fontconfig" not in line]

    @property
    def result(self) -> dict[str, object]:
        """The JSON object on the last line of standard output."""
        found = json.loads(self.stdout.splitlines()[-1])
        assert isinstance(found, dict)
        return found

    @property
    def files(self) -> list[dict[str, object]]:
        """The finished files that a make or render tells of."""
        assert self.code == 0, self.stderr
        found = self.result["files"]
        assert isinstance(found, list)
        return found

    def count(self, kind: str) -> int:
        """How many segments were "rendered" or "reused"."""
        segments = self.result["segments"]
        assert isinstance(segments, dict)
        return int(segments[kind])


class Studio:
    """One folder with scripts, pictures and clips, and `bom`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.out = folder / "out"
        self.cache = folder / "data" / "cache"

    def script(self, text: str, name: str = "script.txt") -> Path:
        """Write a script."""
        path = self.folder / name
        path.write_text(text, "utf-8")
        return path

    def file(self, name: str, content: bytes | str) -> Path:
        """Write any file."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def picture(self, name: str = "foto.jpg", left: Sequence[int] = (0, 150, 0)) -> Path:
        """A picture, one colour left and red right."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(halves(300, 400, left, (200, 0, 0))).save(path)
        return path

    def clip(self, name: str = "clip.mp4", frames: int = 30) -> Path:
        """A clip whose frames say their numbers, with a tone."""
        return make_clip(self.folder / name, [number_card(number) for number in range(frames)], tone_hz=440)

    def sound(self, name: str = "toon.wav", length_s: float = 1.0, level: float = 0.5) -> Path:
        """A sine; silent at level 0."""
        return make_sound(self.folder / name, np.asarray(sine(440, length_s) * (level / 0.5), np.float32))

    def bom(
        self,
        *arguments: str | Path,
        env: Mapping[str, str] | None = None,
        under: Sequence[str] = (),
        typed: str = "",
    ) -> Answer:
        """Run `bom` to its end; see `begin` and tests.cli.loaded_bom. typed: what comes over standard input."""
        if arguments and arguments[0] in LOADED_COMMANDS and env is None and not under:
            given, environment = list(map(str, arguments)), {**os.environ, **self._places()}
            return Answer(*loaded_bom().run(given, self.folder, environment, typed, LONGEST_COMMAND_S))
        with self.begin(*arguments, env=env, under=under) as process:
            try:
                stdout, stderr = process.communicate(typed, timeout=LONGEST_COMMAND_S)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
        return Answer(process.returncode, stdout, stderr)

    def begin(
        self,
        *arguments: str | Path,
        env: Mapping[str, str] | None = None,
        under: Sequence[str] = (),
    ) -> "subprocess.Popen[str]":
        """Start `bom` in the studio's folder. under: a command that starts it, such as nohup."""
        return subprocess.Popen(
            [*under, sys.executable, "-m", "engine.cli", *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            cwd=self.folder,
            env={**os.environ, **self._places(), **(env or {})},
        )

    def _places(self) -> dict[str, str]:
        return {
            "BOM_DATA_DIR": str(self.folder / "data"),
            "BOM_CACHE_DIR": str(self.cache),
            "PYTHONPATH": str(ROOT),
        }

    def make(
        self,
        script: Path | str,
        *arguments: str | Path,
        env: Mapping[str, str] | None = None,
        under: Sequence[str] = (),
    ) -> Answer:
        """`bom make` of a small draft without a voice, unless the arguments say otherwise."""
        return self.bom(*self.make_arguments(script, *arguments), env=env, under=under)

    def make_arguments(self, script: Path | str, *arguments: str | Path) -> list[str | Path]:
        """What `make` gives to `bom`."""
        path = script if isinstance(script, Path) else self.script(script)
        voice: list[str | Path] = [] if "--voice" in arguments else ["--voice", "none"]
        out: list[str | Path] = [] if "--out" in arguments else ["--out", self.out]
        return ["make", path, "--draft", "--json", *voice, *out, *arguments]

    def render(self, timeline: Path, *arguments: str | Path, env: Mapping[str, str] | None = None) -> Answer:
        """`bom render` of a small draft to film.mp4."""
        out: list[str | Path] = [] if "--out" in arguments else ["--out", self.out / "film.mp4"]
        return self.bom("render", timeline, "--draft", "--json", *out, *arguments, env=env)

    def unfinished(self) -> list[str]:
        """Names of half-written files, wherever they lie."""
        return sorted(path.name for path in self.folder.rglob("unfinished-*"))


def assert_refused(answer: Answer, *parts: str) -> None:
    """One sentence on standard error that holds the parts, the same as JSON, exit code 2, and no traceback."""
    assert answer.code == 2, answer.stderr
    assert len(answer.said) == 1, answer.said
    sentence = answer.said[0]
    for part in parts:
        assert part in sentence
    assert "Traceback" not in answer.stderr
    assert answer.result == {"error": sentence, "exit_code": 2}


def wait_for(fact: Callable[[], bool], what: str, deadline_s: float = LONGEST_COMMAND_S) -> None:
    """Look again until it is so."""
    end = time.monotonic() + deadline_s
    while not fact():
        assert time.monotonic() < end, f"waited {deadline_s:.0f} s for {what}"
        time.sleep(0.01)
