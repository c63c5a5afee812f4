"""Audit: who did what, for the owner to read and to keep."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import StreamingResponse

from api.csv_answers import csv_answer, csv_response
from api.deps import Now, PageQuery, ReadSession, SignedInOwner, TheStudio, sorted_by
from api.routes import StudioRoute
from api.schemas.audit import AuditArea, AuditEntryOut, AuditSort
from api.schemas.fields import Moment, PageOf
from api.services.audit_table import audit_csv
from api.services.shown_audit import as_entries
from api.services.spreadsheets import Language
from engine.core import audit
from engine.core.audit import Filters
from engine.core.costs.budgets import STUDIO_ZONE

router = APIRouter(prefix="/audit", tags=["audit"], route_class=StudioRoute)

Word = Annotated[str | None, Query(max_length=300, pattern=r"^[^\x00]*$")]


def audit_filters(
    actor: Word = None,
    action: Word = None,
    area: AuditArea | None = None,
    subject_type: Word = None,
    subject_id: Word = None,
    since: Annotated[Moment | None, Query(description="From this moment on.")] = None,
    until: Annotated[Moment | None, Query(description="Before this moment.")] = None,
) -> Filters:
    """Which entries are wanted. A subject needs its type and its id."""
    given: Filters = {}
    if actor is not None:
        given["actor"] = actor
    if action is not None:
        given["action"] = action
    if area is not None:
        given["area"] = area
    if subject_type is not None and subject_id is not None:
        given["subject"] = (subject_type, subject_id)
    if since is not None:
        given["since"] = since
    if until is not None:
        given["until"] = until
    return given


AuditFilters = Annotated[Filters, Depends(audit_filters)]


@router.get("", summary="The record")
def list_audit_entries(
    session: ReadSession, _me: SignedInOwner, wish: PageQuery, filters: AuditFilters, sort: AuditSort = "-at"
) -> PageOf[AuditEntryOut]:
    """Sign-ins, refusals, decisions, money, people and what was put away; filtered, with names."""
    page = audit.list_entries(session, sorted_by(wish, sort), **filters)
    return PageOf(items=as_entries(session, page.items), next_cursor=page.next_cursor)


@router.get(".csv", summary="The record for a spreadsheet", response_class=StreamingResponse, responses=csv_answer())
def fetch_audit_entries(studio: TheStudio, me: SignedInOwner, filters: AuditFilters, now: Now) -> StreamingResponse:
    """The entries that the filters let through, the newest first, in the caller's language. Made while it is
    fetched."""
    language: Language = "nl" if me.staff.language == "nl" else "en"
    name = f"{'logboek' if language == 'nl' else 'record'} {now.astimezone(STUDIO_ZONE):%Y-%m-%d}.csv"
    return csv_response(audit_csv(studio.database, filters, language), name)
