"""A child that works long says so, and not more often than it must."""

import os

from engine.render.media import confinement
from engine.render.media.confinement import speak_through, still_working


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
