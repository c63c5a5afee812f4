"""Access: whether a client can fetch the films of a project, or only watch them until it is paid.

Law: see the package. Watching is never shut; what was fetched before the switch was turned stays fetched.
"""

from datetime import datetime
from typing import TypedDict, Unpack

from sqlalchemy.orm import Session

from engine.core.models import Project
from engine.core.projects import get_project
from engine.core.revisions import require_revision


class AccessChanges(TypedDict, total=False):
    """What is absent stays."""

    opens_when_paid: bool
    is_paid: bool


def change_access(
    session: Session, project_id: str, revision: int, *, at: datetime, **changes: Unpack[AccessChanges]
) -> Project:
    """Turn the switch, or write down that it is paid (or not after all). Raises NotFound, RevisionOutdated."""
    project = get_project(session, project_id)
    require_revision(project, revision, "project")
    project.opens_when_paid = changes.get("opens_when_paid", project.opens_when_paid)
    if changes.get("is_paid", project.paid_at is not None) != (project.paid_at is not None):
        project.paid_at = None if project.paid_at is not None else at
    project.updated_at = at
    session.flush()
    return project
