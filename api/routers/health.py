"""Health: for whoever watches the machine, open to all and telling nothing that is private; and, for staff, what is
there and what is missing."""

from fastapi import APIRouter, Response
from starlette.concurrency import run_in_threadpool

from api.deps import SignedInStaff, TheStudio
from api.routes import StudioRoute
from api.schemas.health import Alive, FindingOut, FindingsOut, Readiness, StorageOut
from api.services.findings import findings_of
from api.services.readiness import look
from api.services.storage_use import storage_use

router = APIRouter(tags=["health"], route_class=StudioRoute)


@router.get("/health", summary="Is the api alive?")
async def get_health() -> Alive:
    """Answers as long as the process does; asks nothing of the database."""
    return Alive(status="alive")


@router.get("/ready", summary="Is everything there that the api needs?", responses={503: {"model": Readiness}})
async def get_readiness(studio: TheStudio, response: Response) -> Readiness:
    """Each part by name; 503 where one is missing, with what to do about it."""
    readiness = await run_in_threadpool(look, studio)
    if not readiness.is_ready:
        response.status_code = 503
        response.headers["Retry-After"] = "5"
    return readiness


@router.get("/findings", summary="What is there, and what is missing")
async def get_findings(studio: TheStudio, _me: SignedInStaff) -> FindingsOut:
    """As `bom doctor` finds it on the machine of the api."""
    found = await run_in_threadpool(findings_of, studio.settings)
    return FindingsOut(items=[FindingOut.model_validate(finding) for finding in found])


@router.get("/storage", summary="What is kept, and the room that is left")
async def get_storage(studio: TheStudio, _me: SignedInStaff) -> StorageOut:
    """Files by their hash, the render cache, and the disk."""
    return await run_in_threadpool(storage_use, studio)
