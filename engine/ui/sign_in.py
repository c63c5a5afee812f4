"""Sign-in: the page before the app, as plain HTML.

Called by engine.front_door. A page of its own, and not a part of the Flet app, for three reasons: the browser itself
sends the password to the api, so that the session comes back as a cookie that no script can read and the api sees who
really asks; password managers know how to fill in a form; and it is there in an instant, while the app loads behind it.
Law: the page runs only its own script, and leads only to addresses of this studio.
"""

import html
from pathlib import Path
from string import Template
from typing import Final
from urllib.parse import quote

from engine.ui.plain_pages import as_script, path_within, plain_style
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
        style=plain_style(),
        words=as_script(said),
        next=as_script(path),
        other_language=other,
        other_words=html.escape(words("shell.other_language")),
        other_address=html.escape(f"/sign-in?lang={other}&next={quote(path, safe='')}"),
    )
