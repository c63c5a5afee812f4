"""The quote dialog: what pictures would cost, and a person's yes or no.

Called by engine.ui.pages.create.visuals.page. What the studio refuses is said here, where the person is looking.
"""

from collections.abc import Callable

import flet as ft

from engine.ui.components.texts import text
from engine.ui.desk import Desk, use_desk
from engine.ui.notation import STUDIO_ZONE, price
from engine.ui.pages.create.visuals.buying import Buying
from engine.ui.pages.create.wizard import use_wizard
from engine.ui.pages.settings.sections import is_owner
from engine.ui.theme import Role, space

DIALOG_WIDTH = space(90)
PROVIDERS_PATH = "/settings/providers"


@ft.component
def QuoteDialog(scene_ids: tuple[str, ...], close: Callable[[], None]) -> ft.Control:
    """It asks for the price as it opens."""
    desk, wizard = use_desk(), use_wizard()
    words = desk.words
    buying, _ = ft.use_state(ft.use_memo(lambda: Buying(desk, wizard, scene_ids), []))
    run = ft.context.page.run_task

    def close_if_ordered() -> None:
        if buying.is_ordered:
            close()

    async def decline() -> None:
        close()
        await buying.decline()

    def to_providers() -> None:
        close()
        desk.go(PROVIDERS_PATH)

    ft.use_effect(buying.ask, [])
    ft.use_effect(close_if_ordered, [buying.is_ordered])
    said = _said(desk, buying)
    if buying.problem:
        said.append(ft.Semantics(live_region=True, content=text(buying.problem, color=Role.DANGER)))
    yes = ft.FilledButton(words("quote.yes"), disabled=True)
    if buying.lacks_key and is_owner(desk.me):
        yes = ft.FilledButton(words("quote.to_providers"), on_click=lambda _: to_providers())
    elif buying.is_over or (buying.problem and buying.quote is None):
        yes = ft.FilledButton(words("quote.again"), on_click=lambda _: run(buying.ask_again))
    elif buying.quote is not None:
        amount = price(buying.quote.total_micros, words)
        yes = ft.FilledButton(words("quote.yes_for", amount=amount), on_click=lambda _: run(buying.accept))
    ft.use_dialog(
        ft.AlertDialog(
            modal=True,
            title=text(words("quote.title"), "heading"),
            content=ft.Container(ft.Column(said, spacing=space(2), tight=True), width=DIALOG_WIDTH),
            actions=[ft.TextButton(words("quote.no"), on_click=lambda _: run(decline)), yes],
            on_dismiss=lambda _: close(),
        )
    )
    return ft.Container()


def _said(desk: Desk, buying: Buying) -> list[ft.Control]:
    """The price, for what, and until when."""
    words, quote = desk.words, buying.quote
    if quote is None:
        return [] if buying.problem else [text(words("quote.asking"), color=Role.MUTED)]
    model = quote.lines[0].model.rsplit("/", 1)[-1]
    count = words("quote.pictures", count=len(quote.lines)) if len(quote.lines) > 1 else words("quote.picture")
    until = quote.expires_at.astimezone(STUDIO_ZONE).strftime("%H:%M")
    return [
        text(words("quote.cost", amount=price(quote.total_micros, words)), "title"),
        text(f"{count} · {model} · {buying.wizard.making.format}", color=Role.MUTED),
        text(words("quote.until", time=until), "caption", Role.MUTED),
    ]
