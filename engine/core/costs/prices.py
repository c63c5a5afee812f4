"""Prices: what a vendor asks for one unit, since when, and what that is in euros.

Law: see the package. A row is never changed; a new price is a new row that holds from its day on.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.errors import Conflict, Invalid
from engine.core.models import ExchangeRate, Price
from engine.core.texts import clean_name, clean_prose

MICROS: Final = 1_000_000
MOST_MICROS: Final = 10**12
"""A million euros for one unit: more is a slip of the keyboard."""


class UnknownPrice(Conflict):
    """Nobody said what this costs, so it is not bought."""

    code = "unknown_price"

    def __init__(self, provider: str, model: str, unit: str) -> None:
        super().__init__(
            f"There is no price for one {unit} of {model} at {provider}. Nothing was bought. "
            "Add it under Settings, Prices.",
            provider=provider,
            model=model,
            unit=unit,
        )


class UnknownRate(Conflict):
    """Nobody said what this currency is worth, so nothing in it is bought."""

    code = "unknown_exchange_rate"

    def __init__(self, currency: str) -> None:
        super().__init__(
            f"There is no exchange rate for {currency}. Nothing was bought. Add it under Settings, Prices.",
            currency=currency,
        )


def get_price(session: Session, provider: str, model: str, unit: str, at: datetime) -> Price:
    """The price that holds at a moment. Raises UnknownPrice."""
    price = session.scalar(
        select(Price)
        .where(Price.provider == provider, Price.model == model, Price.unit == unit, Price.valid_from <= at)
        .order_by(Price.valid_from.desc())
        .limit(1)
    )
    if price is None:
        raise UnknownPrice(provider, model, unit)
    return price


def find_rate(session: Session, currency: str, at: datetime) -> ExchangeRate | None:
    """The rate that holds at a moment; None for euros, which need none. Raises UnknownRate."""
    if currency == "EUR":
        return None
    rate = session.scalar(
        select(ExchangeRate)
        .where(ExchangeRate.currency == currency, ExchangeRate.valid_from <= at)
        .order_by(ExchangeRate.valid_from.desc())
        .limit(1)
    )
    if rate is None:
        raise UnknownRate(currency)
    return rate


def cost_micros(price: Price, rate: ExchangeRate | None, quantity: int) -> int:
    """Micro-euros for `quantity` units, rounded half up once, at the end."""
    exact = price.amount_micros * quantity * (rate.micro_euros if rate else MICROS)
    return (exact + MICROS // 2) // MICROS


def add_price(
    session: Session,
    *,
    provider: str,
    model: str,
    unit: str,
    amount_micros: int,
    currency: str,
    valid_from: datetime,
    source: str,
    at: datetime,
) -> Price:
    """A price from a moment on. amount_micros: millionths of the currency. Raises Invalid, Conflict (price_exists)."""
    if not 0 <= amount_micros <= MOST_MICROS:
        raise Invalid("A price lies between 0 and a million.", field="amount_micros")
    taken = session.scalar(
        select(Price.id).where(
            Price.provider == provider, Price.model == model, Price.unit == unit, Price.valid_from == valid_from
        )
    )
    if taken is not None:
        raise Conflict("There is a price from that very moment on. Choose a later one.", code="price_exists")
    price = Price(
        provider=clean_name(provider, "provider", longest=40),
        model=clean_name(model, "model", longest=120),
        unit=clean_name(unit, "unit", longest=40),
        amount_micros=amount_micros,
        currency=_currency(currency),
        valid_from=valid_from,
        source=clean_prose(source, "source", longest=1000),
        created_at=at,
    )
    session.add(price)
    session.flush()
    return price


def add_rate(
    session: Session, *, currency: str, micro_euros: int, valid_from: datetime, source: str, at: datetime
) -> ExchangeRate:
    """What one unit of a currency is worth from a moment on, in micro-euros. Raises Invalid, Conflict (rate_exists)."""
    if not 0 < micro_euros <= MOST_MICROS:
        raise Invalid("A rate lies above 0.", field="micro_euros")
    currency = _currency(currency)
    taken = session.scalar(
        select(ExchangeRate.id).where(ExchangeRate.currency == currency, ExchangeRate.valid_from == valid_from)
    )
    if taken is not None:
        raise Conflict("There is a rate from that very moment on. Choose a later one.", code="rate_exists")
    rate = ExchangeRate(
        currency=currency,
        micro_euros=micro_euros,
        valid_from=valid_from,
        source=clean_prose(source, "source", longest=1000),
        created_at=at,
    )
    session.add(rate)
    session.flush()
    return rate


def all_prices(session: Session) -> Sequence[Price]:
    """Every price there ever was, the newest of each thing first."""
    return session.scalars(
        select(Price).order_by(Price.provider, Price.model, Price.unit, Price.valid_from.desc()).limit(5000)
    ).all()


def all_rates(session: Session) -> Sequence[ExchangeRate]:
    """Every exchange rate there ever was, the newest of each currency first."""
    return session.scalars(
        select(ExchangeRate).order_by(ExchangeRate.currency, ExchangeRate.valid_from.desc()).limit(5000)
    ).all()


def _currency(value: str) -> str:
    if len(value) != 3 or not value.isascii() or not value.isalpha() or not value.isupper():
        raise Invalid("A currency is three capitals, such as EUR or USD.", field="currency")
    return value
