"""Search field: looks for what is typed once the hand rests, or at once with Enter.

Called by pages with a list. Law: what is typed stays as it was typed, whatever is found meanwhile.
"""

import asyncio
from collections.abc import Callable
from typing import Final

import flet as ft

from engine.ui.components.drafts import use_draft
from engine.ui.components.typed_field import Looks, TypedField
from engine.ui.newest import use_newest

RESTS_AFTER_S: Final = 0.3
LONGEST: Final = 200


@ft.component
def SearchField(label: str, asked: str, ask: Callable[[str], None]) -> ft.Control:
    """asked: what is looked for now; it may change from elsewhere, as by the back button."""
    typed, put = use_draft(lambda: asked)
    told = ft.use_ref(asked)
    newest = use_newest(ask)

    def follow() -> None:
        if asked != told.current:
            told.current = asked
            put(asked)

    ft.use_effect(follow, [asked])

    def tell() -> None:
        wanted = typed.value.strip()
        if wanted != told.current:
            told.current = wanted
            newest.value(wanted)

    async def tell_at_rest(said: str) -> None:
        await asyncio.sleep(RESTS_AFTER_S)
        if typed.value == said:
            tell()

    def hear(said: str) -> None:
        put(said)
        ft.context.page.run_task(tell_at_rest, said)

    return TypedField(Looks(label=label, max_length=LONGEST, is_dense=True), typed.value, hear, tell)
