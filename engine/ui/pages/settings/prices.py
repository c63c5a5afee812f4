"""Prices: what each thing costs at its provider since when, and what other currencies are worth.

Called by the page of Settings. Law: prices and rates are added, never changed: what was booked keeps what it was booked
with.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Final
from uuid import uuid4

import flet as ft

from api.schemas.costs import PriceIn, PriceOut, RateOut
from engine.ui.amounts import MICROS, exact_amount, micros_of
from engine.ui.client import StudioApi
from engine.ui.components.acting import use_act
from engine.ui.components.drafts import use_draft
from engine.ui.components.forms import buttons, form
from engine.ui.components.money_fields import AmountField, day_of, since
from engine.ui.components.states import Trouble, empty, skeleton
from engine.ui.components.surfaces import divider, titled_card
from engine.ui.components.texts import text
from engine.ui.components.typed_field import Looks, TypedField
from engine.ui.desk import Desk, use_desk
from engine.ui.loading import Failed, Loaded, Waiting, use_loaded
from engine.ui.notation import STUDIO_ZONE, day, today, utc_now
from engine.ui.pages.settings.rates import NewRate, rates_card
from engine.ui.pages.settings.sections import is_owner
from engine.ui.theme import Role, space
from engine.ui.words import Words

FIELDS: Final = ("provider", "model", "unit", "currency")


@dataclass(frozen=True)
class Known:
    """All prices and rates there ever were."""

    prices: Sequence[PriceOut]
    rates: Sequence[RateOut]


async def load_prices(api: StudioApi) -> Known:
    """Everything at once. Raises ApiProblem."""
    return Known((await api.prices()).items, (await api.exchange_rates()).items)


@ft.component
def Prices() -> ft.Control:
    """The table, the rates, and for an owner a form for each."""
    desk = use_desk()
    words = desk.words
    changes, set_changes = ft.use_state(0)

    def look_again() -> None:
        set_changes(lambda before: before + 1)

    match use_loaded(lambda: load_prices(desk.api), changes):
        case Waiting():
            return titled_card(words("settings.prices"), skeleton(words, rows=5))
        case Failed() as failed:
            return titled_card(words("settings.prices"), Trouble(failed))
        case Loaded(known):
            parts: list[ft.Control] = [_table(desk, known), rates_card(desk, known.rates)]
            if is_owner(desk.me):
                parts[1:1] = [NewPrice(look_again)]
                parts.append(NewRate(look_again))
            return ft.Column(parts, spacing=space(6))


def _table(desk: Desk, known: Known) -> ft.Control:
    """A row for each thing, with what it cost before below."""
    words, now = desk.words, utc_now()
    if not known.prices:
        nothing = empty(words("prices.none"), words("prices.none_more"), ft.Icons.SELL_OUTLINED)
        return titled_card(words("settings.prices"), nothing)
    rows: list[ft.Control] = [text(words("prices.more"), color=Role.MUTED)]
    for (provider, model, unit), history in groupby(known.prices, key=lambda one: (one.provider, one.model, one.unit)):
        rows.append(divider())
        what = ft.Column(
            [text(model, "strong"), text(f"{provider} · {words.named('unit', unit)}", "caption", Role.MUTED)],
            spacing=0,
            expand=True,
        )
        lines = ft.Column(_history(list(history), known.rates, now, words), spacing=space(1))
        rows.append(ft.Column([what, lines], spacing=space(1)) if desk.layout == "narrow" else _beside(what, lines))
    return titled_card(words("settings.prices"), ft.Column(rows, spacing=space(3)))


def _beside(what: ft.Control, lines: ft.Column) -> ft.Control:
    lines.horizontal_alignment = ft.CrossAxisAlignment.END
    return ft.Row([what, lines], spacing=space(4), vertical_alignment=ft.CrossAxisAlignment.START)


def _history(prices: Sequence[PriceOut], rates: Sequence[RateOut], now: datetime, words: Words) -> list[ft.Control]:
    """The newest first; the one that holds now stands out."""
    holding = next((price for price in prices if price.valid_from <= now), None)
    lines: list[ft.Control] = []
    for price in prices:
        amount = exact_amount(price.amount_micros, price.currency, words)
        if price is holding:
            euros = in_euros(price, rates, now)
            more = f" ≈ {exact_amount(euros, 'EUR', words)}" if euros is not None and price.currency != "EUR" else ""
            lines.append(text(f"{amount}{more}", "strong"))
        when = _when(price, now, words)
        source = f" · {price.source}" if price.source else ""
        is_now = price is holding
        said = f"{when}{source}" if is_now else f"{amount} {when}{source}"
        lines.append(text(said, "caption", Role.MUTED, lines=2))
    return lines


def _when(price: PriceOut, now: datetime, words: Words) -> str:
    on = day(price.valid_from.astimezone(STUDIO_ZONE).date(), words)
    return words("prices.will_be" if price.valid_from > now else "prices.since", day=on)


def in_euros(price: PriceOut, rates: Sequence[RateOut], now: datetime) -> int | None:
    """Micro-euros for one at the rate that holds now; None where there is none. rates: newest of each first."""
    if price.currency == "EUR":
        return price.amount_micros
    rate = next((rate for rate in rates if rate.currency == price.currency and rate.valid_from <= now), None)
    return (price.amount_micros * rate.micro_euros + MICROS // 2) // MICROS if rate else None


@dataclass(frozen=True)
class Draft:
    """A new price as it is being filled in."""

    provider: str = "replicate"
    model: str = ""
    unit: str = "image"
    amount: str = ""
    currency: str = "USD"
    day: str = ""
    source: str = ""

    def lacks(self, words: Words) -> dict[str, str]:
        """What cannot be taken, by field."""
        wrong = {name: words(f"wrong.{name}") for name in FIELDS if not str(getattr(self, name)).strip()}
        if micros_of(self.amount, words) is None:
            wrong["amount_micros"] = words("wrong.amount_micros")
        if day_of(self.day) is None:
            wrong["valid_from"] = words("wrong.valid_from")
        return wrong


@ft.component
def NewPrice(look_again: Callable[[], None]) -> ft.Control:
    """From a day on."""
    desk, act = use_desk(), use_act()
    words = desk.words
    place, put = use_draft(lambda: Draft(day=str(today())))
    draft = place.value
    intent, now = ft.use_memo(lambda: (uuid4().hex, utc_now()), [draft])

    async def add() -> str:
        draft = place.value
        on = day_of(draft.day) or today()
        price = PriceIn.model_construct(
            provider=draft.provider.strip().lower(),
            model=draft.model.strip(),
            unit=draft.unit.strip().lower(),
            amount_micros=micros_of(draft.amount, words) or 0,
            currency=draft.currency.strip().upper(),
            valid_from=since(on, now),
            source=draft.source.strip(),
        )
        await desk.api.add_price(price, intent)
        put(replace(draft, model="", amount="", source=""))
        look_again()
        return words("prices.added")

    def save() -> None:
        if lacks := place.value.lacks(words):
            act.refuse(lacks)
        else:
            act.run(add)

    def typed(name: str, wrong: str) -> ft.Control:
        looks = Looks(label=words(f"prices.{name}"), max_length=120, error=act.wrong(wrong))

        def fill(said: str) -> None:
            put(replace(place.value, **{name: said}))

        return ft.Container(TypedField(looks, str(getattr(draft, name)), fill, save), expand=True)

    amount = ft.Container(
        AmountField(
            words("prices.amount"),
            draft.amount,
            lambda said: put(replace(place.value, amount=said)),
            act.wrong("amount_micros"),
            draft.currency.strip().upper() or "EUR",
            save,
        ),
        expand=True,
    )
    rows: list[ft.Control] = [
        typed("model", "model"),
        _two(typed("provider", "provider"), typed("unit", "unit")),
        _two(amount, typed("currency", "currency")),
        _two(typed("day", "valid_from"), typed("source", "source")),
        buttons([ft.FilledButton(words("prices.add"), on_click=lambda _: save())], act),
    ]
    return titled_card(words("prices.new"), form(rows))


def _two(one: ft.Control, other: ft.Control) -> ft.Control:
    return ft.Row([one, other], spacing=space(3), vertical_alignment=ft.CrossAxisAlignment.START)
