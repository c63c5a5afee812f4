"""Locks: one at a time through a narrow place, however many processes there are.

Called by engine.core.sign_in_limits and api.services.idempotency.
Law: a lock ends with the transaction that took it.
"""

import hashlib

from sqlalchemy import text
from sqlalchemy.orm import Session


def hold_lock(session: Session, name: str) -> None:
    """Wait until nobody else holds `name`, and hold it to the end of this transaction.

    SQLite has it already: a writing transaction there is alone from its first statement.
    """
    if session.get_bind().dialect.name == "sqlite":
        return
    key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
    session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})
