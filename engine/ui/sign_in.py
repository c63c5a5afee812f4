"""Sign-in: the page before the app, as plain HTML.

Called by engine.front_door. A page of its own, and not a part of the Flet app, for three reasons: the browser itself
sends the password to the api, so that the session comes back as a cookie that no script can read and the api sees who
really asks; password managers know how to fill in a form; and it is there in an instant, while the app loads behind it.
Law: the page runs only its own script, and leads only to addresses of this studio.
"""

import html
import json
from pathlib import Path
from string import Template
from typing import Final
from urllib.parse import quote

from engine.ui.theme import TOKENS, Palette, Radius, Size, space
from engine.ui.words import Language, Words

_PAGE: Final = Template((Path(__file__).parent / "sign_in.html").read_text("utf-8"))
_REFUSALS: Final = (
    "sign_in_refused",
    "too_many_requests",
    "busy",
    "unforeseen",
    "database_unavailable",
    "invalid_request",
)


def sign_in_page(language: Language, next_path: str, nonce: str) -> str:
    """The page, in this language, which leads to `next_path` once somebody is signed in."""
    words = Words(language)
    other: Language = "en" if language == "nl" else "nl"
    said = {
        "submit": words("sign_in.submit"),
        "busy": words("sign_in.busy"),
        "opening": words("sign_in.opening"),
        "unreachable": words("problem.unreachable"),
        "problems": {code: words(f"problem.{code}") for code in _REFUSALS},
    }
    shown = {
        key: words(f"sign_in.{key}")
        for key in ("title", "email", "password", "code", "code_hint", "submit", "needs_script")
    }
    path = path_within(next_path)
    return _PAGE.substitute(
        {name: html.escape(text) for name, text in shown.items()},
        language=language,
        name=html.escape(words("app.name")),
        nonce=nonce,
        variables=css_variables(),
        words=as_script(said),
        next=as_script(path),
        other_language=other,
        other_words=html.escape(words("shell.other_language")),
        other_address=html.escape(f"/sign-in?lang={other}&next={quote(path, safe='')}"),
    )


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
