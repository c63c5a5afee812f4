"""Typed field: a text field for what is saved by itself while it is typed.

Called by the pages of the Create wizard. Flet's own field takes its text from each drawing: a drawing that lags
behind the keyboard would take back a key and move the cursor. This one keeps its control between drawings, and gives it
another text only where that came from elsewhere (undo, another window).
Law: a key that was pressed is never taken back.
"""

from collections.abc import Callable
from dataclasses import dataclass

import flet as ft

from engine.ui.desk import use_desk
from engine.ui.newest import use_newest
from engine.ui.theme import Role, field_border, space, text_style


@dataclass(frozen=True)
class Looks:
    """How a typed field looks. max_lines: None grows with its text; is_plain: no line around it until it is used;
    is_secret: shown as dots, until somebody asks to see it."""

    label: str
    hint: str = ""
    error: str = ""
    look: str = "body"
    min_lines: int = 1
    max_lines: int | None = 1
    max_length: int | None = None
    is_plain: bool = False
    is_dense: bool = False
    is_secret: bool = False
    width: int | None = None


@ft.component
def TypedField(
    looks: Looks, value: str, on_type: Callable[[str], None], on_submit: Callable[[], None] | None = None
) -> ft.Control:
    """The field. value: what it should hold; on_type: hears every change that a person makes."""
    desk = use_desk()
    typed = use_newest((on_type, on_submit))
    kept = ft.use_memo(_Kept, [])
    ft.use_effect(lambda: None, [], cleanup=lambda: desk.type_no_more(kept))

    def hear(event: ft.Event[ft.TextField]) -> None:
        kept.text = str(event.control.value)
        typed.value[0](kept.text)

    def submit() -> None:
        if typed.value[1] is not None:
            typed.value[1]()

    is_from_elsewhere = kept.field is None or value != kept.text
    if kept.field is None or is_from_elsewhere or kept.looks != looks:
        # What the client typed since its last event stands in the control already.
        text = value if kept.field is None or is_from_elsewhere else str(kept.field.value)
        field = _field(looks, text)
        field.on_change = hear
        field.on_submit = (lambda _: submit()) if on_submit else None
        field.on_focus = lambda _: desk.type_in(kept)
        field.on_blur = lambda _: desk.type_no_more(kept)
        kept.field, kept.looks, kept.text = field, looks, value
    # A field without a line around it has no label that is seen; it still has a name.
    return ft.MergeSemantics(ft.Semantics(label=looks.label, content=kept.field)) if looks.is_plain else kept.field


@dataclass(eq=False)
class _Kept:
    """The control between drawings, and the last text that it told of."""

    field: ft.TextField | None = None
    looks: Looks | None = None
    text: str = ""


def _field(looks: Looks, text: str) -> ft.TextField:
    border = field_border()
    if looks.is_plain:
        border[ft.ControlState.DEFAULT] = ft.OutlineInputBorder(side=ft.BorderSide(0, Role.CLEAR))
    is_multiline = looks.max_lines != 1
    return ft.TextField(
        label=None if looks.is_plain else looks.label,
        hint_text=looks.hint or (looks.label if looks.is_plain else None),
        hint_style=text_style(looks.look, Role.MUTED),
        value=text,
        error=looks.error or None,
        multiline=is_multiline,
        min_lines=looks.min_lines if is_multiline else None,
        max_lines=looks.max_lines,
        max_length=looks.max_length,
        password=looks.is_secret,
        can_reveal_password=looks.is_secret,
        counter="" if looks.max_length else None,
        align_label_with_hint=True,
        text_style=text_style(looks.look),
        border=border,
        dense=looks.is_dense or looks.is_plain,
        content_padding=ft.Padding.symmetric(vertical=space(2), horizontal=space(1)) if looks.is_plain else None,
        width=looks.width,
    )
