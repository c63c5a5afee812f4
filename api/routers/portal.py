"""The portal: a client's dashboard, projects, videos and versions, as their contacts see them."""

from fastapi import APIRouter, Request

from api.deps import Now, PageQuery, TheStudio, sorted_by
from api.openapi import problems
from api.portal_deps import PortalRead, SignedInContact
from api.routes import StudioRoute
from api.schemas.fields import PageOf
from api.schemas.portal import (
    DashboardOut,
    DownloadsOut,
    PortalProject,
    PortalProjectOut,
    PortalVersionOut,
    PortalVideo,
    PortalVideoOut,
)
from api.services.portal_eyes import eyes_of
from api.services.shown_portal import (
    as_dashboard,
    as_downloads,
    as_project,
    as_projects,
    as_version,
    as_video,
    as_videos,
)
from engine.core import client_view

router = APIRouter(prefix="/portal", tags=["portal"], route_class=StudioRoute, responses=problems(401))


@router.get("/dashboard", summary="A client's overview")
def get_dashboard(
    request: Request, session: PortalRead, me: SignedInContact, studio: TheStudio, now: Now
) -> DashboardOut:
    """What waits for the client first, then what is at work, what was approved and what is coming."""
    return as_dashboard(eyes_of(request, studio, session, me.contact, now))


@router.get("/projects", summary="A client's own projects")
def list_portal_projects(
    request: Request, session: PortalRead, me: SignedInContact, studio: TheStudio, now: Now
) -> list[PortalProject]:
    """The newest first, fifty at most. Drafts and what was put away are not among them."""
    eyes = eyes_of(request, studio, session, me.contact, now)
    return as_projects(eyes, client_view.projects_of(session, me.client_id))


@router.get("/projects/{project_id}", summary="One of a client's own projects")
def get_portal_project(
    project_id: str, request: Request, session: PortalRead, me: SignedInContact, studio: TheStudio, now: Now
) -> PortalProjectOut:
    """With its videos, the last sent first."""
    project = client_view.get_project_of(session, me.client_id, project_id)
    return as_project(eyes_of(request, studio, session, me.contact, now), project)


@router.get("/videos", summary="A client's own videos")
def list_portal_videos(
    request: Request, session: PortalRead, me: SignedInContact, studio: TheStudio, now: Now, wish: PageQuery
) -> PageOf[PortalVideo]:
    """Those of which a version was sent, by their newest version, the last sent first."""
    page = client_view.current_versions(session, me.client_id, sorted_by(wish, "-created_at"))
    eyes = eyes_of(request, studio, session, me.contact, now)
    return PageOf(items=as_videos(eyes, page.items), next_cursor=page.next_cursor)


@router.get("/videos/{video_id}", summary="One of a client's own videos")
def get_portal_video(
    video_id: str, request: Request, session: PortalRead, me: SignedInContact, studio: TheStudio, now: Now
) -> PortalVideoOut:
    """With all versions that were sent, the newest first."""
    version = client_view.current_version_of(session, me.client_id, video_id)
    return as_video(eyes_of(request, studio, session, me.contact, now), version)


@router.get("/versions/{version_id}", summary="A version to review")
def get_portal_version(
    version_id: str, request: Request, session: PortalRead, me: SignedInContact, studio: TheStudio, now: Now
) -> PortalVersionOut:
    """Films in all formats, notes, what was decided, and what can be. Earlier versions can be watched too."""
    version = client_view.get_version_of(session, me.client_id, version_id)
    return as_version(eyes_of(request, studio, session, me.contact, now), version)


@router.get("/versions/{version_id}/downloads", summary="What can be saved of a version", responses=problems(403))
def list_downloads(
    version_id: str, request: Request, session: PortalRead, me: SignedInContact, studio: TheStudio, now: Now
) -> DownloadsOut:
    """Films, subtitles and thumbnails by format, and all films as one zip. 403 `not_paid_yet` where the project opens
    once it is paid."""
    version = client_view.get_version_of(session, me.client_id, version_id)
    return as_downloads(eyes_of(request, studio, session, me.contact, now), version)
