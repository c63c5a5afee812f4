"""A child comes from a light nursery, agrees with the film on its numbers, and says when it works long."""

import os
import subprocess
import sys

from engine.render.media import clip_task, confinement, sound_task
from engine.render.media.confinement import speak_through, still_working
from engine.render.media.sounds import RATE_HZ
from engine.render.timeline import FPS


def test_a_child_tells_once_in_a_while_that_it_is_not_stuck() -> None:
    hears, says = os.pipe()
    os.set_blocking(hears, False)
    try:
        speak_through(says)
        still_working()
        confinement._Life.said_at -= 6
        still_working()
        still_working()

        assert os.read(hears, 100) == b" "  # which JSON does not mind before an answer
    finally:
        speak_through(-1)
        os.close(hears)
        os.close(says)


def test_the_nursery_loads_only_what_its_children_need() -> None:
    """Nothing is decoded before its libraries are loaded, and these would take another 100 ms."""
    program = (
        "import importlib, sys; from engine.render.media.nursery import LIBRARIES; "
        "[importlib.import_module(name) for name in LIBRARIES]; "
        "print([name for name in ('pydantic', 'skia', 'engine.render.timeline') if name in sys.modules])"
    )

    assert subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout.strip() == b"[]"


def test_the_childs_numbers_are_the_films() -> None:
    assert clip_task.FPS == FPS
    assert sound_task.RATE_HZ == RATE_HZ
