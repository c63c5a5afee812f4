"""Health: for whoever watches the machine. Open to all, and tells nothing that is private."""

from fastapi import APIRouter, Response
from starlette.concurrency import run_in_threadpool

from api.deps import TheStudio
from api.routes import StudioRoute
from api.schemas.health import Alive, Readiness
from api.services.readiness import look

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
