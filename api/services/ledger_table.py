"""Ledger table: the lines of the ledger as a spreadsheet has them, in the language of whoever fetches it.

Called by api.routers.costs. Law: no transaction stays open while a slow browser takes its time.
"""

from collections.abc import Iterator
from typing import Final

from api.services.spreadsheets import Amount, Cell, Language, csv_blocks
from engine.core.costs import ledger
from engine.core.costs.budgets import STUDIO_ZONE
from engine.core.database import Database
from engine.core.models import UsageKind

AT_ONCE: Final = 2000
_HEADER: Final[dict[Language, tuple[str, ...]]] = {
    "nl": (
        "Datum",
        "Tijd",
        "Klant",
        "Project",
        "Video",
        "Soort",
        "Aanbieder",
        "Model",
        "Eenheid",
        "Aantal",
        "Geschat (EUR)",
        "Werkelijk (EUR)",
        "Reden",
        "Nummer",
    ),
    "en": (
        "Date",
        "Time",
        "Client",
        "Project",
        "Video",
        "Kind",
        "Provider",
        "Model",
        "Unit",
        "Quantity",
        "Estimated (EUR)",
        "Actual (EUR)",
        "Reason",
        "Id",
    ),
}
_KINDS: Final[dict[Language, dict[UsageKind, str]]] = {
    "nl": {
        UsageKind.IMAGE: "beeld",
        UsageKind.VOICE: "stem",
        UsageKind.AVATAR: "avatar",
        UsageKind.TEXT: "tekst",
        UsageKind.OTHER: "overig",
    },
    "en": {kind: kind.value for kind in UsageKind},
}


def ledger_csv(database: Database, filters: ledger.Filters, language: Language) -> Iterator[bytes]:
    """The lines that the filters let through, the newest first, a block at a time."""
    return csv_blocks(_HEADER[language], (_row(line, language) for line in _lines(database, filters)), language)


def _lines(database: Database, filters: ledger.Filters) -> Iterator[ledger.NamedLine]:
    last: ledger.NamedLine | None = None
    while True:
        with database.reading() as session:
            found = ledger.named_lines(session, after=last, limit=AT_ONCE, **filters)
        yield from found
        if len(found) < AT_ONCE:
            return
        last = found[-1]


def _row(line: ledger.NamedLine, language: Language) -> list[Cell]:
    at = line.at.astimezone(STUDIO_ZONE)
    return [
        at.date(),
        at.time().replace(microsecond=0),
        line.client,
        line.project,
        line.video,
        _KINDS[language][line.kind],
        line.provider,
        line.model,
        line.unit,
        line.quantity,
        Amount(line.estimated_micros),
        Amount(line.amount_micros),
        line.reason,
        line.id,
    ]
