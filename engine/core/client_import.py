"""Client import: clients, contacts and projects out of a table; first as a plan, row by row, then all of it or nothing.

Core: no HTTP, no clock. Called by api.services.imports.
Law: an import only adds: what is there already stays as it is, and a row that is there already makes nothing. One row
that is refused, and nothing is written.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.clients import create_client
from engine.core.contacts import add_contact
from engine.core.csv_tables import CsvTable
from engine.core.errors import Invalid
from engine.core.import_rows import ImportRow, RowProblem, folded, parsed_row
from engine.core.models import Client, Contact, Project
from engine.core.projects import create_project

Makes = Literal["client", "contact", "project"]
_AT_ONCE: Final = 500


@dataclass(frozen=True)
class PlannedRow:
    """What one row would do. No problems and nothing made: the same is there already."""

    row: ImportRow
    makes: tuple[Makes, ...]
    problems: tuple[RowProblem, ...]


@dataclass(frozen=True)
class ImportPlan:
    """What a whole file would do."""

    rows: tuple[PlannedRow, ...]
    unknown_headers: tuple[str, ...]

    def count(self, what: Makes) -> int:
        """How many of these it would make."""
        return sum(what in planned.makes for planned in self.rows)

    @property
    def refused(self) -> int:
        """How many rows cannot be imported as they are."""
        return sum(bool(planned.problems) for planned in self.rows)


@dataclass(frozen=True)
class Imported:
    """What was made."""

    clients: tuple[Client, ...]
    contacts: tuple[Contact, ...]
    projects: tuple[Project, ...]


class ImportRefused(Invalid):
    """Some rows cannot be imported, so that none was."""

    code = "import_refused"

    def __init__(self, plan: ImportPlan) -> None:
        lines: list[int] = [planned.row.line for planned in plan.rows if planned.problems]
        super().__init__(
            f"{len(lines)} rows cannot be imported (the first is line {lines[0]}), so nothing was. Mend them in the "
            "file and choose it again.",
            field="content",
            lines=[*lines[:100]],
        )


def plan_import(session: Session, table: CsvTable) -> ImportPlan:
    """What the file would do now; writes nothing. Raises Invalid (import_no_client, import_column_twice)."""
    columns, unknown = _columns_of(table.headers)
    rows = [parsed_row(row, columns, len(table.headers)) for row in table.rows]
    there = _WhatIsThere.of(session, rows)
    return ImportPlan(tuple(there.planned(row) for row in rows), unknown)


def import_all(session: Session, table: CsvTable, *, at: datetime) -> Imported:
    """Make everything that the file has and the studio has not. Raises ImportRefused and what plan_import raises."""
    plan = plan_import(session, table)
    if plan.refused:
        raise ImportRefused(plan)
    there = {folded(name): client_id for client_id, name, _ in _clients_named(session)}
    clients: list[Client] = []
    contacts: list[Contact] = []
    projects: list[Project] = []
    for planned in plan.rows:
        row = planned.row
        if "client" in planned.makes:
            made = create_client(
                session, name=row.client, language=row.language, time_zone=row.time_zone, notes=row.notes, at=at
            )
            there[folded(row.client)] = made.id
            clients.append(made)
        client_id = there[folded(row.client)]
        if "contact" in planned.makes:
            contacts.append(add_contact(session, client_id, name=row.contact_name, email=row.contact_email, at=at))
        if "project" in planned.makes:
            projects.append(
                create_project(
                    session,
                    client_id=client_id,
                    name=row.project,
                    due_on=row.due_on,
                    price_micros=row.price_micros,
                    package_tier=row.package_tier,
                    included_videos=row.included_videos,
                    included_revision_rounds=row.included_revision_rounds,
                    at=at,
                )
            )
    return Imported(tuple(clients), tuple(contacts), tuple(projects))


@dataclass
class _WhatIsThere:
    """What the studio has of the names in a file, and what its earlier rows would add."""

    clients: dict[str, list[tuple[str, bool]]] = field(default_factory=dict)
    """Folded name to ids, and whether that client is put away."""
    emails: dict[str, str] = field(default_factory=dict)
    """Address to the folded name of its client, or to an id where that client is not in the file."""
    projects: set[tuple[str, str]] = field(default_factory=set)
    """Folded names of client and project."""

    @classmethod
    def of(cls, session: Session, rows: Sequence[ImportRow]) -> "_WhatIsThere":
        there = cls()
        wanted = {folded(row.client) for row in rows}
        names: dict[str, str] = {}
        for client_id, name, is_away in _clients_named(session):
            if folded(name) in wanted:
                there.clients.setdefault(folded(name), []).append((client_id, is_away))
                names[client_id] = folded(name)
        for some in _in_parts({row.contact_email for row in rows if row.contact_email}):
            known = select(Contact.email, Contact.client_id).where(Contact.email.in_(some))
            for email, client_id in session.execute(known):
                there.emails[email] = names.get(client_id, client_id)
        for some in _in_parts(names):
            found = select(Project.client_id, Project.name).where(Project.client_id.in_(some))
            there.projects |= {(names[one], folded(name)) for one, name in session.execute(found)}
        return there

    def planned(self, row: ImportRow) -> PlannedRow:
        """What this row would do after those before it."""
        client, project = folded(row.client), (folded(row.client), folded(row.project))
        problems = [*row.problems]
        known = self.clients.get(client, [])
        if len(known) > 1:
            problems.append(RowProblem("client", "client_twice", row.client))
        elif known and known[0][1] and row.project and project not in self.projects:
            problems.append(RowProblem("client", "client_archived", row.client))
        if row.contact_email and self.emails.get(row.contact_email, client) != client:
            problems.append(RowProblem("contact_email", "email_elsewhere", row.contact_email))
        if problems:
            return PlannedRow(row, (), tuple(problems))
        makes: list[Makes] = []
        if not known:
            makes.append("client")
            self.clients[client] = [("", False)]
        if row.contact_email and row.contact_email not in self.emails:
            makes.append("contact")
            self.emails[row.contact_email] = client
        if row.project and project not in self.projects:
            makes.append("project")
            self.projects.add(project)
        return PlannedRow(row, tuple(makes), ())


def _clients_named(session: Session) -> Iterable[tuple[str, str, bool]]:
    """Every client's id and name, and whether it is put away."""
    rows = session.execute(select(Client.id, Client.name, Client.archived_at).order_by(Client.id))
    return ((row.id, row.name, row.archived_at is not None) for row in rows)


def _in_parts(wanted: Iterable[str]) -> Iterable[list[str]]:
    everything = sorted(wanted)
    return [everything[start : start + _AT_ONCE] for start in range(0, len(everything), _AT_ONCE)]


HEADERS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("klant", "klantnaam", "bedrijf", "bedrijfsnaam", "opdrachtgever"), "client"),
    **dict.fromkeys(("client", "clientname", "company", "customer", "naam", "name"), "client"),
    **dict.fromkeys(("taal", "language"), "language"),
    **dict.fromkeys(("tijdzone", "timezone"), "time_zone"),
    **dict.fromkeys(("notities", "notitie", "opmerkingen", "opmerking", "notes", "note", "remarks"), "notes"),
    **dict.fromkeys(("contact", "contactpersoon", "contactnaam", "contactname", "contactperson"), "contact_name"),
    **dict.fromkeys(("email", "emailadres", "mail", "mailadres", "emailaddress", "contactemail"), "contact_email"),
    **dict.fromkeys(("project", "projectnaam", "projectname", "opdracht"), "project"),
    **dict.fromkeys(("klaarop", "deadline", "einddatum", "opleverdatum", "due", "duedate", "dueon"), "due_on"),
    **dict.fromkeys(("prijs", "bedrag", "price", "amount"), "price"),
    **dict.fromkeys(("pakket", "package", "tier", "packagetier"), "package_tier"),
    **dict.fromkeys(("videos", "aantalvideos", "includedvideos", "numberofvideos"), "included_videos"),
    **dict.fromkeys(
        ("revisierondes", "correctierondes", "revisies", "revisionrounds", "revisions"), "included_revision_rounds"
    ),
}
"""Column names as people write them, without case, space and signs, and which field each is."""


def _columns_of(headers: Sequence[str]) -> tuple[dict[int, str], tuple[str, ...]]:
    """Which field stands in which column, and the headers that nobody knows."""
    columns: dict[int, str] = {}
    unknown: list[str] = []
    for place, header in enumerate(headers):
        name = HEADERS.get("".join(sign for sign in folded(header) if sign.isalnum()))
        if name is None:
            unknown += [header] if header else []
        elif name in columns.values():
            raise Invalid(
                f"Two columns are about the same: the second is “{header[:60]}”. Remove one and choose the file again.",
                field="content",
                code="import_column_twice",
                header=header[:60],
            )
        else:
            columns[place] = name
    if "client" not in columns.values():
        raise Invalid(
            "No column has the client's name. Call it Klant or Client in the first row and choose the file again.",
            field="content",
            code="import_no_client",
        )
    return columns, tuple(unknown)
