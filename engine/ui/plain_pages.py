"""Plain pages: what the pages outside the Flet app have in common: their look, and values that go into their scripts.

Called by engine.ui.sign_in, engine.ui.upload_page, engine.ui.app_page and engine.front_door.
"""

import json
from pathlib import Path
from typing import Final

from engine.ui.theme import TOKENS, Palette, Radius, Size, space
from engine.ui.words import Language

_STYLE: Final = (Path(__file__).parent / "plain_pages.css").read_text("utf-8")


def plain_style() -> str:
    """The tokens, the typefaces, and how a form's parts look."""
    return f"{css_variables()}\n{_STYLE}"


def path_within(path: str) -> str:
    """The path where it leads into this app, else the app's first page."""
    is_ours = path.startswith("/") and not path.startswith(("//", "/\\", "/sign-in")) and path.isprintable()
    return path if is_ours and "\\" not in path else "/"


def language_wished(accept_language: str) -> Language:
    """The language that a browser asks for first; Dutch where it asks for neither of ours."""
    for part in accept_language.lower().split(","):
        tag = part.split(";")[0].strip()[:2]
        if tag == "en":
            return "en"
        if tag == "nl":
            return "nl"
    return "nl"


def css_variables() -> str:
    """The tokens as CSS variables, in light and dark."""
    light, dark = (_variables(TOKENS.colours[mode]) for mode in ("light", "dark"))
    return f":root {{ {light} {_shape()} }}\n@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}"


def _shape() -> str:
    sizes = {"small": Size.SMALL, "body": Size.BODY, "figure": Size.FIGURE}
    said = [f"--size-{name}: {pixels}px;" for name, pixels in sizes.items()]
    said += [f"--space: {space(1)}px;", f"--radius-small: {Radius.SMALL}px;"]
    said += [f"--line-text: {TOKENS.line_height.text};", f"--line-heading: {TOKENS.line_height.heading};"]
    return " ".join(said)


def _variables(palette: Palette) -> str:
    return " ".join(f"--{role.replace('_', '-')}: {colour};" for role, colour in palette.model_dump().items())


def as_script(value: object) -> str:
    """As JavaScript inside a page: nothing in it can end the script."""
    return json.dumps(value).replace("<", "\\u003c")
