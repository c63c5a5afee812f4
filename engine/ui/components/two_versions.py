"""Two versions: what was typed in a form and what somebody else kept meanwhile, field by field, for a person to choose.

Called by the forms of clients, projects and the studio, which are kept on the revision that was read. Law: nothing is
overwritten unasked.
"""

from collections.abc import Callable, Iterable

import flet as ft

from engine.ui.components.forms import fact, form
from engine.ui.components.surfaces import divider, titled_card
from engine.ui.components.texts import text
from engine.ui.theme import HAIRLINE, Role, space
from engine.ui.words import Words


def two_versions(
    words: Words,
    fields: Iterable[tuple[str, str, str]],
    keep_mine: Callable[[], None],
    take_theirs: Callable[[], None],
) -> ft.Control:
    """fields: each one's name, what is typed and what the other kept; those that are alike are left out."""
    rows: list[ft.Control] = [text(words("settings.clash_more"), color=Role.MUTED)]
    for name, mine, theirs in fields:
        if mine != theirs:
            sides = (("clash.mine", mine), ("clash.theirs", theirs))
            both = [fact(words(whose), said or words("clash.empty")) for whose, said in sides]
            rows += [divider(), text(name, "strong"), *both]
    answers: list[ft.Control] = [
        ft.FilledButton(words("clash.keep_mine"), on_click=lambda _: keep_mine()),
        ft.OutlinedButton(words("clash.take_theirs"), on_click=lambda _: take_theirs()),
    ]
    rows.append(ft.Row(answers, spacing=space(3), run_spacing=space(2), wrap=True))
    shown = titled_card(words("clash.title"), form(rows))
    shown.border = ft.Border.all(HAIRLINE, Role.CAUTION)
    return ft.Semantics(live_region=True, container=True, content=shown)
