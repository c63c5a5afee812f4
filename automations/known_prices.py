"""Known prices: what the vendors that we know ask, for a studio that has no price table yet.

Called by engine.cli.prepare. Law: only an empty table is filled; what a studio set is never touched.
"""

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.costs.prices import add_price, add_rate
from engine.core.models import ExchangeRate, Price
from engine.providers.replicate import PRICES_USD_MICROS

LISTED_AT: Final = datetime(2026, 10, 7, tzinfo=UTC)
ASSUMED_MICRO_EUROS_PER_DOLLAR: Final = 900_000
"""Above what a dollar cost in 2026, so that an estimate is not too low before the studio enters its own bank's rate."""


def add_known_prices(session: Session, *, at: datetime) -> None:
    """Fill in the price table and a first exchange rate, where there are none."""
    if session.scalar(select(Price.id).limit(1)) is None:
        for model, amount_micros in PRICES_USD_MICROS.items():
            add_price(
                session,
                provider="replicate",
                model=model,
                unit="image",
                amount_micros=amount_micros,
                currency="USD",
                valid_from=LISTED_AT,
                source="Replicate's price list, as copied on 2026-10-07",
                at=at,
            )
    if session.scalar(select(ExchangeRate.id).limit(1)) is None:
        add_rate(
            session,
            currency="USD",
            micro_euros=ASSUMED_MICRO_EUROS_PER_DOLLAR,
            valid_from=LISTED_AT,
            source="Assumed when the studio was made, on the high side. Enter your bank's rate under Settings, Prices.",
            at=at,
        )
