"""Imports: a file's bytes become a plan, or clients and projects with the events that tell of them.

Called by api.routers.imports. Law: a plan writes nothing; an import is one transaction.
"""

import base64
import binascii
from datetime import datetime

from sqlalchemy.orm import Session

from api.schemas.imports import ImportedOut, ImportPlanOut, ImportProblem, ImportRowOut
from automations.events import ProjectCreated, emit
from engine.core.client_import import ImportPlan, PlannedRow, import_all, plan_import
from engine.core.clients import get_client
from engine.core.csv_tables import CsvTable, read_table
from engine.core.errors import Invalid


def planned(session: Session, content: str) -> ImportPlanOut:
    """What the file would do now. Raises Invalid."""
    table = _table(content)
    plan = plan_import(session, table)
    return ImportPlanOut(
        encoding=table.encoding,
        delimiter=table.delimiter,
        unknown_headers=list(plan.unknown_headers),
        clients=plan.count("client"),
        contacts=plan.count("contact"),
        projects=plan.count("project"),
        refused=plan.refused,
        rows=_shown(plan),
    )


def imported(session: Session, content: str, *, at: datetime) -> ImportedOut:
    """Make all of it. Raises Invalid, ImportRefused."""
    made = import_all(session, _table(content), at=at)
    for project in made.projects:
        emit(session, ProjectCreated.of(project, get_client(session, project.client_id)), at=at)
    return ImportedOut(clients=len(made.clients), contacts=len(made.contacts), projects=len(made.projects))


def _table(content: str) -> CsvTable:
    try:
        return read_table(base64.b64decode(content, validate=True))
    except binascii.Error:
        raise Invalid(
            "The content is not base64. Nothing was changed.", field="content", code="base64_invalid"
        ) from None


def _shown(plan: ImportPlan) -> list[ImportRowOut]:
    return [_shown_row(row) for row in plan.rows]


def _shown_row(planned_row: PlannedRow) -> ImportRowOut:
    row = planned_row.row
    return ImportRowOut(
        line=row.line,
        outcome="refused" if planned_row.problems else "new" if planned_row.makes else "same",
        makes=list(planned_row.makes),
        client=row.client,
        contact_email=row.contact_email,
        project=row.project,
        due_on=row.due_on,
        price_micros=row.price_micros,
        problems=[ImportProblem.model_validate(problem) for problem in planned_row.problems],
    )
