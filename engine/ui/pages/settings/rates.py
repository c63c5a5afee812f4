"""Rates: what other currencies are worth, with their history, and one more.

Called by the section Prices.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from uuid import uuid4

import flet as ft

from api.schemas.costs import RateIn, RateOut
from engine.ui.amounts import exact_amount, micros_of
from engine.ui.components.acting import use_act
from engine.ui.components.drafts import use_draft
from engine.ui.components.forms import buttons, form
from engine.ui.components.money_fields import AmountField, day_of, since
from engine.ui.components.states import empty
from engine.ui.components.surfaces import divider, titled_card
from engine.ui.components.texts import text
from engine.ui.components.typed_field import Looks, TypedField
from engine.ui.desk import Desk, use_desk
from engine.ui.notation import STUDIO_ZONE, day, today, utc_now
from engine.ui.theme import Role, space
from engine.ui.words import Words


def rates_card(desk: Desk, rates: Sequence[RateOut]) -> ft.Control:
    """A row for each currency, what it was worth before below."""
    words, now = desk.words, utc_now()
    if not rates:
        nothing = empty(words("rates.none"), words("rates.none_more"), ft.Icons.CURRENCY_EXCHANGE)
        return titled_card(words("rates.title"), nothing)
    rows: list[ft.Control] = []
    for currency, of_it in groupby(rates, key=lambda one: one.currency):
        history = list(of_it)
        holding = next((rate for rate in history if rate.valid_from <= now), history[-1])
        rows += [divider()] if rows else []
        worth = words("rates.worth", currency=currency, amount=exact_amount(holding.micro_euros, "EUR", words))
        rows.append(text(worth, "strong"))
        rows += [text(_line(rate, holding, words), "caption", Role.MUTED) for rate in history]
    return titled_card(words("rates.title"), ft.Column(rows, spacing=space(1)))


def _line(rate: RateOut, holding: RateOut, words: Words) -> str:
    on = day(rate.valid_from.astimezone(STUDIO_ZONE).date(), words)
    when = words("prices.will_be" if rate.valid_from > utc_now() else "prices.since", day=on)
    amount = "" if rate is holding else f"{exact_amount(rate.micro_euros, 'EUR', words)} "
    return f"{amount}{when}" + (f" · {rate.source}" if rate.source else "")


@dataclass(frozen=True)
class Draft:
    """A new rate as it is being filled in."""

    currency: str = "USD"
    amount: str = ""
    day: str = ""
    source: str = ""


@ft.component
def NewRate(look_again: Callable[[], None]) -> ft.Control:
    """From a day on."""
    desk, act = use_desk(), use_act()
    words = desk.words
    place, put = use_draft(lambda: Draft(day=str(today())))
    draft = place.value
    intent, now = ft.use_memo(lambda: (uuid4().hex, utc_now()), [draft])

    async def add() -> str:
        draft = place.value
        rate = RateIn.model_construct(
            currency=draft.currency.strip().upper(),
            micro_euros=micros_of(draft.amount, words) or 0,
            valid_from=since(day_of(draft.day) or today(), now),
            source=draft.source.strip(),
        )
        await desk.api.add_exchange_rate(rate, intent)
        put(replace(draft, amount="", source=""))
        look_again()
        return words("rates.added")

    def save() -> None:
        draft, wrong = place.value, {}
        if not draft.currency.strip():
            wrong["currency"] = words("wrong.currency")
        if not micros_of(draft.amount, words):
            wrong["micro_euros"] = words("wrong.micro_euros")
        if day_of(draft.day) is None:
            wrong["valid_from"] = words("wrong.valid_from")
        if wrong:
            act.refuse(wrong)
        else:
            act.run(add)

    def typed(name: str, wrong: str) -> ft.Control:
        looks = Looks(label=words(f"prices.{name}"), max_length=120, error=act.wrong(wrong))

        def fill(said: str) -> None:
            put(replace(place.value, **{name: said}))

        return ft.Container(TypedField(looks, str(getattr(draft, name)), fill, save), expand=True)

    amount = AmountField(
        words("rates.amount", currency=draft.currency.strip().upper() or "?"),
        draft.amount,
        lambda said: put(replace(place.value, amount=said)),
        act.wrong("micro_euros"),
        "EUR",
        save,
    )
    top = [typed("currency", "currency"), ft.Container(amount, expand=True)]
    below = [typed("day", "valid_from"), typed("source", "source")]
    rows: list[ft.Control] = [
        ft.Row(top, spacing=space(3), vertical_alignment=ft.CrossAxisAlignment.START),
        ft.Row(below, spacing=space(3), vertical_alignment=ft.CrossAxisAlignment.START),
        buttons([ft.FilledButton(words("rates.add"), on_click=lambda _: save())], act),
    ]
    return titled_card(words("rates.new"), form(rows))
