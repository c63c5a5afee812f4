"""The app's page: Flet's own, with our colours while it loads and our words while the studio is gone.

Called by engine.front_door.
"""

from pathlib import Path
from string import Template
from typing import Final

from engine.ui.plain_pages import as_script, css_variables
from engine.ui.uploading import MOST_BYTES
from engine.ui.words import Language, Words

_HERE: Final = Path(__file__).parent
_ADDED: Final = Template((_HERE / "app_page.html").read_text("utf-8"))
_DROP: Final = Template((_HERE / "app_drop.html").read_text("utf-8"))


def app_page(flets_page: str, start: str) -> str:
    """The page. start: names this run of the program, so that a page that outlives it notices."""
    added = _ADDED.substitute(
        variables=css_variables(),
        start=as_script(start),
        dutch=as_script(Words("nl")("shell.gone")),
        english=as_script(Words("en")("shell.gone")),
    )
    added += _DROP.substitute(
        most_bytes=MOST_BYTES,
        dutch=as_script(_said_of_drops("nl")),
        english=as_script(_said_of_drops("en")),
    )
    return flets_page.replace('<script src="flutter_bootstrap.js"', f'{added}<script src="flutter_bootstrap.js"')


def _said_of_drops(language: Language) -> dict[str, str]:
    """What the page says of files that are dropped on it."""
    words = Words(language)
    return {name: words(f"drop.{name}") for name in ("sending", "failed", "no_room", "too_large")}
