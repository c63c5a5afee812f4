"""Money fields: an amount as it is typed, with how it is read below it; and a day.

Called by the sections Prices and Budgets, and by the pages of projects.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, time

import flet as ft

from engine.ui.amounts import exact_amount, micros_of
from engine.ui.components.texts import text
from engine.ui.components.typed_field import Looks, TypedField
from engine.ui.desk import use_desk
from engine.ui.notation import STUDIO_ZONE, today
from engine.ui.theme import Role, space


@ft.component
def AmountField(
    label: str, typed: str, on_type: Callable[[str], None], error: str, currency: str, submit: Callable[[], None]
) -> ft.Control:
    """currency: in which it is shown back."""
    words = use_desk().words
    micros = micros_of(typed, words)
    read = f"= {exact_amount(micros, currency, words)}" if micros is not None else words("amount.how")
    field = TypedField(Looks(label=label, error=error, max_length=30), typed, on_type, submit)
    return ft.Column(
        [field, text(read, "caption", Role.MUTED)],
        spacing=space(1),
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def day_of(typed: str) -> date | None:
    """The day that was typed as 2026-12-24 or 24-12-2026; None where it is no day of our time."""
    if found := re.fullmatch(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*", typed):
        year, month, number = found.groups()
    elif found := re.fullmatch(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\s*", typed):
        number, month, year = found.groups()
    else:
        return None
    try:
        on = date(int(year), int(month), int(number))
    except ValueError:
        return None
    return on if 1970 <= on.year <= 2200 else None


def since(on: date, now: datetime) -> datetime:
    """From which moment a price of that day holds: its first, or now where that is today."""
    return now if on == today() else datetime.combine(on, time.min, STUDIO_ZONE)
