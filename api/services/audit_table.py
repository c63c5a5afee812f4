"""Audit table: the record as a spreadsheet has it, in the language of whoever fetches it.

Called by api.routers.audit. Law: no transaction stays open while a slow browser takes its time.
"""

import json
from collections.abc import Iterator
from typing import Final

from api.schemas.audit import AuditEntryOut
from api.schemas.audit_words import ACTIONS
from api.services.shown_audit import as_entries
from api.services.spreadsheets import Cell, Language, csv_blocks
from engine.core import audit
from engine.core.costs.budgets import STUDIO_ZONE
from engine.core.database import Database
from engine.core.models import AuditEntry

AT_ONCE: Final = 1000
_HEADER: Final[dict[Language, tuple[str, ...]]] = {
    "nl": ("Datum", "Tijd", "Wie", "Wat", "Waarop", "Bijzonderheden", "Adres", "Handeling", "Door", "Soort", "Nummer"),
    "en": ("Date", "Time", "Who", "What", "On what", "Details", "Address", "Action", "By", "Kind", "Id"),
}
_STUDIO: Final[dict[Language, str]] = {"nl": "de studio zelf", "en": "the studio itself"}


def audit_csv(database: Database, filters: audit.Filters, language: Language) -> Iterator[bytes]:
    """The entries that the filters let through, the newest first, a block at a time."""
    return csv_blocks(_HEADER[language], (_row(entry, language) for entry in _entries(database, filters)), language)


def _entries(database: Database, filters: audit.Filters) -> Iterator[AuditEntryOut]:
    last: AuditEntry | None = None
    while True:
        with database.reading() as session:
            found = audit.entries_before(session, last, limit=AT_ONCE, **filters)
            shown = as_entries(session, found)
        yield from shown
        if len(found) < AT_ONCE:
            return
        last = found[-1]


def _row(entry: AuditEntryOut, language: Language) -> list[Cell]:
    at = entry.at.astimezone(STUDIO_ZONE)
    said = ACTIONS.get(entry.action, (entry.action, entry.action))[0 if language == "nl" else 1]
    who = _STUDIO[language] if entry.actor == "system" else entry.actor_name or entry.actor
    return [
        at.date(),
        at.time().replace(microsecond=0),
        who,
        said,
        entry.subject_name,
        json.dumps(entry.facts, ensure_ascii=False, sort_keys=True) if entry.facts else "",
        entry.address,
        entry.action,
        entry.actor,
        entry.subject_type,
        entry.subject_id,
    ]
