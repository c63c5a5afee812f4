"""Watermarks: what stands across a film that a client is to judge and not yet to use.

Law: see the package. Until a version with a watermark is approved, its films themselves are handed to nobody.
"""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from engine.core.models import Client, Decision, Verdict, Version
from engine.core.reviews.decisions import standing_decision

LONGEST_NAME: Final = 60
"""Of a client, as it is burnt in: a longer one would leave no room for the rest."""
_PURPOSE: Final = {"nl": "ter beoordeling", "en": "review copy"}
_MONTHS: Final = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december".split(),
    "en": "January February March April May June July August September October November December".split(),
}


def watermark_of(client: Client, *, at: datetime) -> str:
    """The line for a version that is sent now: whose it is, what it is for, and the client's own date."""
    language = "en" if client.language == "en" else "nl"
    day = at.astimezone(ZoneInfo(client.time_zone))
    name = client.name if len(client.name) <= LONGEST_NAME else f"{client.name[: LONGEST_NAME - 1]}…"
    return f"{name} · {_PURPOSE[language]} · {day.day} {_MONTHS[language][day.month - 1]} {day.year}"


def opens(version: Version, decision: Decision | None, *, at: datetime) -> bool:
    """Whether the films themselves are handed out. decision: the version's, that was not withdrawn.

    An approval opens them once it can be taken back no more, and for good, also where a newer version voids it then.
    """
    if not version.watermark:
        return True
    if decision is None or decision.verdict is not Verdict.APPROVED:
        return False
    return decision.effective_at is not None or (decision.voided_at is None and at >= decision.takes_effect_at)


def is_open(session: Session, version: Version, *, at: datetime) -> bool:
    """The same, looked up."""
    return not version.watermark or opens(version, standing_decision(session, version.id), at=at)
