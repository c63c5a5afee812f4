"""Audit: who did what, for the owner to read."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.deps import PageQuery, ReadSession, SignedInOwner, sorted_by
from api.routes import StudioRoute
from api.schemas.audit import AuditEntryOut, AuditSort
from api.schemas.fields import PageOf
from engine.core import audit

router = APIRouter(prefix="/audit", tags=["audit"], route_class=StudioRoute)

Word = Annotated[str | None, Query(max_length=300, pattern=r"^[^\x00]*$")]


@router.get("", summary="The record")
def list_audit_entries(
    session: ReadSession,
    _me: SignedInOwner,
    wish: PageQuery,
    sort: AuditSort = "-at",
    actor: Word = None,
    action: Word = None,
    subject_type: Word = None,
    subject_id: Word = None,
) -> PageOf[AuditEntryOut]:
    """Sign-ins, refusals, decisions, money and what was put away; filtered. A subject needs its type and its id."""
    subject = (subject_type, subject_id) if subject_type is not None and subject_id is not None else None
    page = audit.list_entries(session, sorted_by(wish, sort), actor=actor, action=action, subject=subject)
    return PageOf[AuditEntryOut].model_validate(page)
