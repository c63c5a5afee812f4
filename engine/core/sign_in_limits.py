"""Sign-in limits: how often a password may be guessed, by account and by address.

Core: no HTTP, no clock. Called by api.services.sign_in.
Law: an attempt is counted before its password is looked at, so that a hundred at once are still a hundred. An account
that nobody has is counted like any other, so that a refusal tells nothing.
"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from engine.core.errors import TooMany
from engine.core.locks import hold_lock
from engine.core.models import SignInAttempt

WINDOW: Final = timedelta(minutes=15)
MOST_BY_ACCOUNT: Final = 10
MOST_BY_ADDRESS: Final = 30
"""A whole office may share one."""


def count_attempt(session: Session, account: str, address: str, *, at: datetime) -> str:
    """Count one attempt as failed until `forgive` is called with the id that this returns. Raises TooMany."""
    account, address = account.lower()[:254], address[:64]
    for name in sorted((f"sign-in account {account}", f"sign-in address {address}")):
        hold_lock(session, name)
    _require_room(session, SignInAttempt.account, account, MOST_BY_ACCOUNT, at)
    _require_room(session, SignInAttempt.address, address, MOST_BY_ADDRESS, at)
    attempt = SignInAttempt(account=account, address=address, at=at)
    session.add(attempt)
    session.flush()
    return attempt.id


def forgive(session: Session, attempt_id: str) -> None:
    """The attempt turned out right: it does not count."""
    session.execute(delete(SignInAttempt).where(SignInAttempt.id == attempt_id))


def forgive_account(session: Session, account: str) -> None:
    """Whoever signed in at last starts with a clean slate; what an address tried at other accounts still counts."""
    session.execute(delete(SignInAttempt).where(SignInAttempt.account == account.lower()[:254]))


def prune_attempts(session: Session, *, at: datetime) -> None:
    """Forget what no longer counts."""
    session.execute(delete(SignInAttempt).where(SignInAttempt.at < at - WINDOW))


def _require_room(session: Session, column: InstrumentedAttribute[str], value: str, most: int, at: datetime) -> None:
    """The attempt that is `most` back says when there is room again."""
    oldest = session.scalar(
        select(SignInAttempt.at)
        .where(column == value, SignInAttempt.at > at - WINDOW)
        .order_by(SignInAttempt.at.desc())
        .offset(most - 1)
        .limit(1)
    )
    if oldest is not None:
        wait_s = max(1, int((oldest + WINDOW - at).total_seconds()) + 1)
        raise TooMany(
            f"Too many attempts to sign in. Wait {-(-wait_s // 60)} minutes and try again.", retry_after_s=wait_s
        )
