"""Storage: what the studio keeps, where, and how much room is left.

Called by the page of Settings.
"""

from typing import Final

import flet as ft

from api.schemas.health import StorageOut
from engine.ui.components.forms import fact, form
from engine.ui.components.states import Trouble, skeleton
from engine.ui.components.surfaces import titled_card
from engine.ui.components.texts import text
from engine.ui.desk import use_desk
from engine.ui.loading import Failed, Loaded, Waiting, use_loaded
from engine.ui.theme import Role, space
from engine.ui.words import Words

SIZES: Final = (("TB", 10**12), ("GB", 10**9), ("MB", 10**6), ("kB", 10**3))
LITTLE_ROOM_BYTES: Final = 5 * 10**9
"""As `bom doctor` has it: an hour of film in three formats takes about three."""


@ft.component
def Storage() -> ft.Control:
    """Numbers, and what to do where room runs out."""
    desk = use_desk()
    words = desk.words
    match use_loaded(desk.api.storage):
        case Waiting():
            return titled_card(words("settings.storage"), skeleton(words, rows=4))
        case Failed() as failed:
            return titled_card(words("settings.storage"), Trouble(failed))
        case Loaded(storage):
            return titled_card(words("settings.storage"), form(_rows(storage, words)))


def _rows(storage: StorageOut, words: Words) -> list[ft.Control]:
    used, limit = size(storage.cache_bytes, words), size(storage.cache_limit_bytes, words)
    share = min(1.0, storage.cache_bytes / max(1, storage.cache_limit_bytes))
    kept = words("storage.files_one") if storage.files == 1 else words("storage.files", count=storage.files)
    rows: list[ft.Control] = [
        fact(words("storage.kept"), f"{size(storage.kept_bytes, words)} · {kept}"),
        fact(words("storage.place"), storage.place),
        ft.Column(
            [
                fact(words("storage.cache"), words("storage.cache_of", used=used, limit=limit)),
                ft.ProgressBar(value=share, semantics_label=words("storage.cache")),
                text(words("storage.cache_more"), "caption", Role.MUTED),
            ],
            spacing=space(2),
        ),
        fact(words("storage.free"), size(storage.free_bytes, words)),
    ]
    if storage.free_bytes < LITTLE_ROOM_BYTES:
        rows.append(text(words("storage.little_room"), color=Role.DANGER))
    return rows


def size(of_bytes: int, words: Words) -> str:
    """A rough size: 48,3 GB or 48.3 GB."""
    for unit, one in SIZES:
        if of_bytes >= one:
            written = f"{of_bytes / one:.1f}" if of_bytes < 100 * one else f"{of_bytes / one:.0f}"
            return f"{written.replace('.', ',') if words.language == 'nl' else written}\u00a0{unit}"
    return f"{of_bytes}\u00a0B"
