"""The toolbar of the visuals step: making all missing pictures, and what goes for every picture.

Called by engine.ui.pages.create.visuals.page.
"""

from collections.abc import Callable
from uuid import uuid4

import flet as ft

from engine.ui.components.choice import choice
from engine.ui.components.texts import text
from engine.ui.components.typed_field import Looks, TypedField
from engine.ui.desk import use_desk
from engine.ui.loading import Loaded, use_loaded
from engine.ui.pages.create.making import Making, models_of
from engine.ui.pages.create.visuals.buying import draw_cards
from engine.ui.pages.create.wizard import use_wizard
from engine.ui.theme import Role, space

FORMATS = ("9:16", "1:1", "16:9")
CHOICE_WIDTH = space(48)
FORMAT_WIDTH = space(32)
LONGEST_STYLE = 500


@ft.component
def Toolbar(want: Callable[[tuple[str, ...]], None]) -> ft.Control:
    """want: asks what pictures for these scenes would cost."""
    desk, wizard = use_desk(), use_wizard()
    words = desk.words
    making, _ = ft.use_state(wizard.making)
    problem, set_problem = ft.use_state("")
    missing = [scene.id for scene in wizard.scenes if scene.chosen_take is None]
    intent = ft.use_memo(lambda: uuid4().hex, [tuple(missing), making.format])

    async def draw() -> None:
        set_problem(await draw_cards(desk, wizard, missing, intent))

    actions: list[ft.Control] = []
    if missing:
        make = words("visuals.make_missing", count=len(missing)) if len(missing) > 1 else words("visuals.make_one")
        actions = [
            ft.FilledButton(make, icon=ft.Icons.AUTO_AWESOME_OUTLINED, on_click=lambda _: want(tuple(missing))),
            ft.OutlinedButton(words("visuals.free_cards"), on_click=lambda _: ft.context.page.run_task(draw)),
        ]
    if missing and desk.layout != "narrow":
        actions.append(text(words("drop.hint"), "caption", Role.MUTED))
    row = ft.Row(
        [ModelChoice(making), *actions],
        spacing=space(3),
        run_spacing=space(3),
        wrap=True,
        vertical_alignment=ft.CrossAxisAlignment.CENTER,
    )
    parts: list[ft.Control] = [row, Style()]
    if problem:
        parts.insert(1, ft.Semantics(live_region=True, content=text(problem, color=Role.DANGER)))
    return ft.Column(parts, spacing=space(3), horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


@ft.component
def ModelChoice(making: Making) -> ft.Control:
    """Which model draws, where there are several, and in which shape."""
    desk = use_desk()
    words = desk.words
    parts: list[ft.Control] = []
    match use_loaded(desk.api.prices):
        case Loaded(prices) if models := models_of(prices.items):
            if making.model not in dict(models):
                making.model = models[0][0]
            if len(models) > 1:

                def choose(model: str) -> None:
                    making.model = model

                parts.append(
                    ft.Container(
                        choice(words("visuals.model"), making.model, models, choose, is_dense=True), width=CHOICE_WIDTH
                    )
                )
        case _:
            pass

    def choose_format(picked: str) -> None:
        making.format = "1:1" if picked == "1:1" else "16:9" if picked == "16:9" else "9:16"

    formats = [(name, name) for name in FORMATS]
    shape = choice(words("visuals.shape"), making.format, formats, choose_format, is_dense=True)
    parts.append(ft.Container(shape, width=FORMAT_WIDTH))
    return ft.Row(parts, spacing=space(3), run_spacing=space(3), wrap=True)


@ft.component
def Style() -> ft.Control:
    """The client's picture style: it goes with every picture of every video of this client."""
    desk, wizard = use_desk(), use_wizard()
    if not wizard.holds("style"):
        return ft.Container()
    looks = Looks(
        label=desk.words("visuals.style"),
        hint=desk.words("visuals.style_hint"),
        max_lines=3,
        max_length=LONGEST_STYLE,
        is_dense=True,
    )
    return TypedField(
        looks,
        str(wizard.shown("style", "picture_style")),
        lambda typed: wizard.change("style", {"picture_style": typed}, "style", is_typing=True),
    )
