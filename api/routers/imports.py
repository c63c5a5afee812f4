"""Imports: clients, contacts and projects out of a CSV file."""

from fastapi import APIRouter

from api.deps import DbSession, Idempotency, Now, ReadSession, SignedInStaff
from api.openapi import problems
from api.routes import StudioRoute
from api.schemas.imports import ImportedOut, ImportIn, ImportPlanOut
from api.services import imports
from engine.core import audit

router = APIRouter(prefix="/imports", tags=["clients"], route_class=StudioRoute)


@router.post("/clients/plan", summary="What a file of clients would do")
def plan_client_import(body: ImportIn, session: ReadSession) -> ImportPlanOut:
    """Row by row: new, the same already there, or refused and why. Writes nothing. The first row has the columns' names
    in Dutch or English; a client's name is needed, the rest may be absent."""
    return imports.planned(session, body.content)


@router.post(
    "/clients",
    status_code=201,
    summary="Import a file of clients",
    dependencies=[Idempotency],
    responses=problems(409),
)
def import_clients(body: ImportIn, session: DbSession, me: SignedInStaff, now: Now) -> ImportedOut:
    """All of it or nothing: with one refused row it is refused (422 `import_refused`). What is there already stays as
    it is. Tells `project.created` for each project."""
    made = imports.imported(session, body.content, at=now)
    audit.record(session, "clients_imported", by=me.actor, at=now, **made.model_dump(mode="json"))
    return made
