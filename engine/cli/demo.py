"""`bom demo`: a film from nothing but text, in all three formats.

Called by engine.cli.app and `make up`.
"""

import sys
import tempfile
from pathlib import Path

from engine.cli.make import MakeOrder, make_film
from engine.cli.outcome import say
from engine.render.formats import FORMAT_NAMES, Quality
from engine.settings import load_settings

SCRIPT = """\
Every small brand has a story worth telling.
---
Most of it never leaves the studio.
---
This film was made from a text file. Nothing else.
---
It drew 7 scenes, timed every word, and mixed the music under the voice.
---
One script gives you three formats: tall, square and wide.
---
Change one scene, and only that scene is made again.
---
Now make yours. 🎬
"""


def make_demo(as_json: bool) -> None:
    """Make the demo film in the data folder and say where it is."""
    out = (load_settings().data_dir / "demo").resolve()
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "demo.txt"
        script.write_text(SCRIPT, "utf-8")
        order = MakeOrder(
            script=script,
            out=out,
            images=(),
            folder=None,
            clips=(),
            voice="offline:en",
            language="en",
            music="bed:warm",
            logo=None,
            brand=None,
            captions="highlight",
            formats=FORMAT_NAMES,
            quality=Quality(),
            draft=False,
            end_card="Your story here",
            progress_bar=True,
        )
        films = make_film(order, as_json)
    say("\nThe demo film is ready. Open one:")
    for film in films:
        say(f"  {film.path}")
    if not as_json:
        sys.stdout.write(f"{films[0].path}\n")
