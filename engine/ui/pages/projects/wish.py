"""Wish: which projects somebody wants to see, and how; it is the address of the page.

Called by the pages of projects. Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

from api.schemas.projects import ProjectSort, ProjectStatus
from engine.ui.addresses import address_of

STATUSES: Final[tuple[ProjectStatus, ...]] = get_args(ProjectStatus)
SORTS: Final[tuple[ProjectSort, ...]] = ("due_on", "-updated_at", "-created_at", "name")
View = Literal["board", "list"]
PATH: Final = "/projects"


@dataclass(frozen=True)
class Wish:
    """Empty is everything."""

    view: View = "board"
    search: str = ""
    client_id: str = ""
    status: ProjectStatus | None = None
    sort: ProjectSort = "due_on"
    archived: bool = False

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Wish":
        """What an address asks for; what nobody knows is left out."""
        status, sort = query.get("status"), query.get("sort")
        return cls(
            view="list" if query.get("view") == "list" else "board",
            search=query.get("search", "")[:200],
            client_id=query.get("client", ""),
            status=next((one for one in STATUSES if one == status), None),
            sort=next((one for one in SORTS if one == sort), "due_on"),
            archived=query.get("archived") == "yes",
        )

    def address(self, **changes: object) -> str:
        """Of the page that shows this, but for what is given."""
        wish = replace(self, **changes)  # type: ignore[arg-type]  # each by its own name
        return address_of(
            PATH,
            {
                "view": "" if wish.view == "board" else wish.view,
                "search": wish.search,
                "client": wish.client_id,
                "status": wish.status or "",
                "sort": "" if wish.sort == "due_on" else wish.sort,
                "archived": "yes" if wish.archived else "",
            },
        )

    @property
    def is_filtered(self) -> bool:
        """Whether some projects may be left out."""
        return bool(self.search or self.client_id or self.status or self.archived)
