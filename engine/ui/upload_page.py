"""The page for large uploads: files of gigabytes, resumable, as plain HTML.

Called by engine.front_door. A page of its own, since a file that goes through Flet's picker stalls the app at 150 MB.
Law: what has arrived is never sent again; the browser remembers the upload, and the studio how far it came.
"""

import html
from pathlib import Path
from string import Template
from typing import Final
from urllib.parse import quote

from engine.ui.plain_pages import as_script, path_within, plain_style
from engine.ui.words import Language, Words

MOST_GB: Final = 10
"""As engine.core.uploads has it; the api refuses more, whatever this page says."""
_PAGE: Final = Template((Path(__file__).parent / "upload_page.html").read_text("utf-8"))
_SHOWN: Final = (
    "title",
    "client",
    "every_client",
    "use",
    "use_auto",
    "use_image",
    "use_clip",
    "use_audio",
    "use_music",
    "drop",
    "choose",
    "card",
    "none",
    "inbox",
    "back",
)
_SCRIPTED: Final = (
    "waiting",
    "arriving",
    "left",
    "paused",
    "offline",
    "checking",
    "ready",
    "half",
    "pause",
    "go_on",
    "give_up",
    "of_file",
    "empty_file",
    "no_folder",
    "progress_of",
)
_PROBLEMS: Final = ("unforeseen", "unreachable", "storage_full", "upload_too_large")
_OF_A_FILE: Final = "file_"


def upload_page(language: Language, back_path: str, nonce: str) -> str:
    """The page in this language, with a way back to where somebody came from."""
    words = Words(language)
    lines = words.lines("uploads")
    said: dict[str, object] = {name: lines[name] for name in _SCRIPTED}
    said["too_large"] = words("uploads.too_large", most=MOST_GB)
    said["hours"] = words.lines("time")["hours"].removeprefix("{count} ")
    problems = words.lines("problem")
    said["problems"] = {code: problems[code] for code in problems if code in _PROBLEMS or code.startswith(_OF_A_FILE)}
    return _PAGE.substitute(
        {name: html.escape(lines[name]) for name in _SHOWN},
        language=language,
        language_code=as_script(language),
        name=html.escape(words("app.name")),
        intro=html.escape(words("uploads.intro", most=MOST_GB)),
        nonce=nonce,
        style=plain_style(),
        words=as_script(said),
        most_bytes=MOST_GB * 1024**3,
        back_address=html.escape(quote(path_within(back_path), safe="/?=&")),
    )
