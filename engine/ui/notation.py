"""Notation: how money, days and spans of time are written, in Dutch and in English.

Called by pages and components. Pure. Law: amounts are rounded here, on the way to the screen, and nowhere before.
"""

from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final
from zoneinfo import ZoneInfo

from engine.ui.words import Words

NO_BREAK: Final = "\u00a0"
STUDIO_ZONE: Final = ZoneInfo("Europe/Amsterdam")
_TELLING_PROGRESS: Final = 0.03
"""Below this share of the work, what went before says little about what is to come."""
_CENT: Final = 10_000


def money(amount_micros: int, words: Words) -> str:
    """An amount in euros and cents: € 1.234,56 or €1,234.56. What is more than nothing never shows as nothing."""
    if 0 < amount_micros < _CENT // 2:
        return f"<{NO_BREAK}{money(_CENT, words)}"
    cents = int((Decimal(amount_micros) / _CENT).quantize(Decimal(1), ROUND_HALF_UP))
    sign = "-" if cents < 0 else ""
    english = f"{abs(cents) // 100:,}.{abs(cents) % 100:02}"
    if words.language == "en":
        return f"{sign}€{english}"
    return f"€{NO_BREAK}{sign}{english.translate(str.maketrans(',.', '.,'))}"


def price(amount_micros: int, words: Words) -> str:
    """What one thing costs: like money, but a tenth of a cent is told too where that is all there is."""
    if not 0 < abs(amount_micros) < 10 * _CENT:
        return money(amount_micros, words)
    mills = int((Decimal(amount_micros) / 1000).to_integral_value(ROUND_HALF_UP))
    written = f"0.{abs(mills):03}" if abs(mills) % 10 else f"0.{abs(mills) // 10:02}"
    sign = "-" if mills < 0 else ""
    return f"{sign}€{written}" if words.language == "en" else f"€{NO_BREAK}{sign}{written.replace('.', ',')}"


def day(of: date, words: Words) -> str:
    """A day with its month: 24 december, 24 December; with its year where that is another one."""
    month = words("time.months").split()[of.month - 1]
    year = "" if of.year == today().year else f" {of.year}"
    return f"{of.day}{NO_BREAK}{month}{year}"


def month_name(of: date, words: Words) -> str:
    """A month with its year: november 2026."""
    return f"{words('time.months').split()[of.month - 1]} {of.year}"


def moment(of: datetime, words: Words) -> str:
    """A day and the time on it, as the studio's clock has it: 24 december, 09:05."""
    here = of.astimezone(STUDIO_ZONE)
    return f"{day(here.date(), words)}, {here:%H:%M}"


def midnight(on: date) -> str:
    """When that day began in the studio, as the api takes it."""
    return datetime.combine(on, time.min, STUDIO_ZONE).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def due(on: date, now_on: date, words: Words) -> str:
    """How far away a due date is, as people say it."""
    days = (on - now_on).days
    if days < -1:
        return words("due.late", count=-days)
    if days == -1:
        return words("due.late_one")
    if days == 0:
        return words("due.today")
    if days == 1:
        return words("due.tomorrow")
    return words("due.in_days", count=days, day=day(on, words))


def span(seconds: float, words: Words) -> str:
    """A rough length of time; it never says none at all."""
    if seconds < 60:
        return words("time.seconds", count=max(1, round(seconds)))
    if seconds < 3600:
        return words("time.minutes", count=round(seconds / 60))
    return words("time.hours", count=round(seconds / 3600))


def seconds_left(started_at: datetime | None, progress: float, now: datetime) -> float | None:
    """How long the rest takes at the speed of what went before; None while that is anybody's guess."""
    if started_at is None or not _TELLING_PROGRESS <= progress < 1:
        return None
    spent = now - started_at
    if spent <= timedelta(0):
        return None
    return spent.total_seconds() * (1 - progress) / progress


def today() -> date:
    """The studio's day."""
    return datetime.now(STUDIO_ZONE).date()


def utc_now() -> datetime:
    """The time of day."""
    return datetime.now(UTC)
