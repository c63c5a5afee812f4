"""Projects, as the api tells of them."""

from typing import Literal

from api.schemas.costs import SummaryOut
from api.schemas.fields import PageOf
from api.schemas.projects import (
    DeliveriesOut,
    ProjectChanges,
    ProjectFilesOut,
    ProjectIn,
    ProjectListed,
    ProjectMove,
    ProjectOut,
    ProjectSort,
    ProjectStatus,
    StatusChangesOut,
)
from api.schemas.videos import ExportOut
from engine.ui.client.door import Door, on_revision


class Projects(Door):
    """Every method raises ApiProblem."""

    async def projects(
        self,
        *,
        sort: ProjectSort = "-created_at",
        status: ProjectStatus | None = None,
        client_id: str | None = None,
        search: str | None = None,
        archived: bool = False,
        limit: int = 50,
        cursor: str | None = None,
    ) -> PageOf[ProjectListed]:
        """Projects that are not put away, or those that are."""
        asked = {"status": status, "client_id": client_id, "search": search, "cursor": cursor}
        put_away = "true" if archived else None
        return await self.get("/projects", PageOf[ProjectListed], sort=sort, archived=put_away, limit=limit, **asked)

    async def add_project(self, project: ProjectIn, intent: str) -> ProjectOut:
        """A new project. intent: the same for a second click, which makes none."""
        return await self.send("POST", "/projects", ProjectOut, project, {"Idempotency-Key": intent})

    async def project(self, project_id: str) -> ProjectOut:
        """One project, also where it is put away."""
        return await self.get(f"/projects/{project_id}", ProjectOut)

    async def change_project(self, project_id: str, changes: ProjectChanges, revision: int) -> ProjectOut:
        """Change what is given, on the revision that was seen."""
        return await self.send("PATCH", f"/projects/{project_id}", ProjectOut, changes, on_revision(revision))

    async def move_project(self, project_id: str, to: ProjectStatus) -> ProjectOut:
        """Move it on, or back to work."""
        return await self.send("POST", f"/projects/{project_id}/moves", ProjectOut, ProjectMove(to=to))

    async def project_moves(self, project_id: str) -> StatusChangesOut:
        """How it and its videos moved, the oldest first."""
        return await self.get(f"/projects/{project_id}/moves", StatusChangesOut)

    async def project_deliveries(self, project_id: str) -> DeliveriesOut:
        """Where its films were put, the newest first."""
        return await self.get(f"/projects/{project_id}/deliveries", DeliveriesOut)

    async def project_files(self, project_id: str) -> ProjectFilesOut:
        """What its videos use, and the films that they became."""
        return await self.get(f"/projects/{project_id}/files", ProjectFilesOut)

    async def project_costs(self, project_id: str, by: Literal["provider", "kind"]) -> SummaryOut:
        """All that it has cost so far."""
        return await self.get("/costs/summary", SummaryOut, by=by, project_id=project_id)

    async def project_films(self, project_id: str, *, limit: int = 100) -> PageOf[ExportOut]:
        """Its finished films, the newest first."""
        return await self.get("/exports", PageOf[ExportOut], project_id=project_id, status="ready", limit=limit)

    async def archive_project(self, project_id: str) -> ProjectOut:
        """Put it away; nothing of it is lost."""
        return await self.send("POST", f"/projects/{project_id}/archive", ProjectOut)

    async def restore_project(self, project_id: str) -> ProjectOut:
        """Bring it back."""
        return await self.send("POST", f"/projects/{project_id}/restore", ProjectOut)
