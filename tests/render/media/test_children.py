"""Children started ahead of their work serve it, and none outlives the command that started it."""

import subprocess
import sys
from pathlib import Path

from PIL import Image

from engine.render.media import prepared
from engine.render.media.pictures import StillOrder, make_stills
from engine.render.media.prepared import prepare
from engine.render.picture.frames import read_still


def test_a_prepared_child_makes_the_still_that_it_is_asked_for(tmp_path: Path) -> None:
    Image.new("RGB", (40, 60), (200, 0, 0)).save(tmp_path / "a.png")
    prepare("pictures")

    order = StillOrder(tmp_path / "a.png", (0, 0, 40, 60), 40, 60, tmp_path / "still")
    assert list(make_stills([order])) == [0]

    assert (read_still(order.out).width, read_still(order.out).height) == (40, 60)


def test_a_child_that_died_while_it_waited_is_replaced(tmp_path: Path) -> None:
    Image.new("RGB", (40, 60)).save(tmp_path / "a.png")
    prepare("pictures")
    waiting = prepared._waiting["pictures"][0].process
    waiting.kill()
    waiting.wait()

    order = StillOrder(tmp_path / "a.png", (0, 0, 40, 60), 40, 60, tmp_path / "still")

    assert list(make_stills([order])) == [0]


def test_an_unused_child_ends_with_the_command() -> None:
    program = (
        "from engine.render.media import prepared\n"
        "prepared.prepare('pictures')\n"
        "print(prepared._waiting['pictures'][0].process.pid)"
    )
    pid = int(subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True).stdout)

    assert not Path(f"/proc/{pid}").exists()
