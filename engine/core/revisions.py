"""Revisions: two people edit the same thing, and neither loses what the other wrote.

Used by every rule that changes an editable row.
Law: a change is made on the revision that its author saw, or not at all.
"""

from datetime import datetime

from engine.core.errors import RevisionOutdated
from engine.core.models.base import Revised


def require_revision(row: Revised, given_revision: int, what: str) -> None:
    """Raises RevisionOutdated, which carries the row as it is now.

    Two that pass this at the same moment are told apart by the UPDATE itself (see models.base.Revised).
    """
    if row.revision != given_revision:
        raise RevisionOutdated(what, row, row.revision, given_revision)


def touch(row: Revised, at: datetime) -> None:
    """Mark a row as changed now, so that its revision rises even where only what hangs on it changed."""
    row.updated_at = at
