"""How the client's films sound: the music that a new one starts with, and words that are said in a way of their own.

Called by engine.ui.pages.clients.brand.page.
"""

from collections.abc import Sequence
from typing import Final

import flet as ft
from pydantic import JsonValue

from api.schemas.cuts import CutOptions
from engine.ui.components.actions import icon_action
from engine.ui.components.choice import choice
from engine.ui.components.drafts import use_draft
from engine.ui.components.forms import form
from engine.ui.components.level import Level, Range
from engine.ui.components.states import Trouble, skeleton
from engine.ui.components.surfaces import titled_card
from engine.ui.components.texts import text
from engine.ui.components.typed_field import Looks, TypedField
from engine.ui.desk import use_desk
from engine.ui.loading import Failed, Loaded, Waiting, use_loaded
from engine.ui.pages.clients.brand.held_kit import HeldKit
from engine.ui.theme import Role, space

NONE: Final = "none"
BED, FILE = "bed:", "file:"
LEVELS_DB: Final = Range(-30, 6, 1)
USUAL_DB: Final = -8.0
LONGEST_WORD: Final = 80
MOST_WORDS: Final = 200


@ft.component
def Music(kit: HeldKit, options: CutOptions) -> ft.Control:
    """None, a bed of the studio's own, or a file of the library."""
    desk = use_desk()
    words = desk.words
    shown, _ = ft.use_state(kit)
    music = shown.part("music")
    match use_loaded(lambda: desk.api.files("music")):
        case Waiting():
            return titled_card(words("brand.music"), skeleton(words, rows=2))
        case Failed() as failed:
            return titled_card(words("brand.music"), Trouble(failed))
        case Loaded(page):
            files = [file for file in page.items if file.client_id in {None, kit.client_id}]

    def choose(key: str) -> None:
        bed = key.removeprefix(BED) if key.startswith(BED) else None
        file = key.removeprefix(FILE) if key.startswith(FILE) else None
        kit.change_part("music", {"bed": bed, "asset_id": file})

    asset_id, bed, gain_db = music.get("asset_id"), music.get("bed"), music.get("gain_db")
    key = f"{FILE}{asset_id}" if asset_id else f"{BED}{bed}" if bed else NONE
    beds = [(f"{BED}{name}", words.named("bed", name)) for name in options.music_beds]
    known = [(f"{FILE}{file.id}", file.file_name) for file in files]
    rows: list[ft.Control] = [
        text(words("brand.music_more"), color=Role.MUTED),
        choice(words("preview.music"), key, [(NONE, words("preview.no_music")), *beds, *known], choose),
    ]
    if key != NONE:
        level = gain_db if isinstance(gain_db, int | float) else USUAL_DB
        rows.append(
            Level(
                words("preview.music_level"),
                level,
                LEVELS_DB,
                lambda db: f"{db:+.0f} dB" if db else "0 dB",
                lambda db: kit.change_part("music", {"gain_db": db}),
            )
        )
    return titled_card(words("brand.music"), form(rows))


@ft.component
def Pronunciations(kit: HeldKit) -> ft.Control:
    """Words as they are written and as they are said. What is half filled in is not kept yet."""
    words = use_desk().words
    shown, _ = ft.use_state(kit)
    typed, put = use_draft(shown.pairs)
    stored = shown.pairs()

    def follow() -> None:
        if whole(typed.value) != kit.pairs():  # changed in another window, or taken from there
            put(kit.pairs())

    ft.use_effect(follow, [tuple(stored)])

    def keep(pairs: list[tuple[str, str]], *, is_typing: bool) -> None:
        put(pairs)
        told: list[JsonValue] = [{"word": word, "say": said} for word, said in whole(pairs)]
        kit.change({"pronunciations": told}, is_typing=is_typing)

    def type_in(number: int, *, word: str | None = None, said: str | None = None) -> None:
        pairs = list(typed.value)
        before = pairs[number]
        pairs[number] = (before[0] if word is None else word, before[1] if said is None else said)
        keep(pairs, is_typing=True)

    def row(number: int, pair: tuple[str, str]) -> ft.Control:
        is_several = " " in pair[0].strip()
        word = Looks(
            label=words("brand.word", number=number + 1),
            max_length=LONGEST_WORD,
            is_dense=True,
            error=words("brand.one_word") if is_several else "",
        )
        said = Looks(label=words("brand.said", number=number + 1), max_length=LONGEST_WORD, is_dense=True)
        remove = icon_action(
            ft.Icons.DELETE_OUTLINE,
            words("brand.remove_word", word=pair[0] or number + 1),
            lambda: keep([*typed.value[:number], *typed.value[number + 1 :]], is_typing=False),
        )
        fields: list[ft.Control] = [
            ft.Container(TypedField(word, pair[0], lambda text_: type_in(number, word=text_)), expand=True),
            ft.Container(TypedField(said, pair[1], lambda text_: type_in(number, said=text_)), expand=True),
            remove,
        ]
        return ft.Row(fields, spacing=space(2), vertical_alignment=ft.CrossAxisAlignment.START)

    rows: list[ft.Control] = [text(words("brand.pronunciations_more"), color=Role.MUTED)]
    rows += [row(number, pair) for number, pair in enumerate(typed.value)]
    if len(typed.value) < MOST_WORDS:
        add = ft.OutlinedButton(
            words("brand.add_word"), icon=ft.Icons.ADD, on_click=lambda _: put([*typed.value, ("", "")])
        )
        rows.append(ft.Row([add]))
    return titled_card(words("brand.pronunciations"), form(rows))


def whole(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those that are filled in: one word, and how it is said."""
    trimmed = [(word.strip(), said.strip()) for word, said in pairs]
    return [(word, said) for word, said in trimmed if word and said and len(word.split()) == 1]
