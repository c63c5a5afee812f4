"""Endpoints: addresses that are told of events, for the owner to set."""

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Request, Response

from api.deps import (
    DbSession,
    Idempotency,
    IfMatch,
    Now,
    PageQuery,
    ReadSession,
    SignedInOwner,
    TheStudio,
    etag,
    sorted_by,
)
from api.routes import StudioRoute
from api.schemas.endpoints import (
    AttemptOut,
    AttemptSort,
    EndpointChanges,
    EndpointIn,
    EndpointOut,
    EndpointsOut,
    EndpointWithSecret,
    ReplayIn,
    Told,
)
from api.schemas.fields import PageOf
from automations.events import CATALOGUE, emit_test
from automations.outbound import checked_target
from automations.workflows import hooks
from engine.core import audit, endpoints

router = APIRouter(prefix="/endpoints", tags=["endpoints"], route_class=StudioRoute)
_TYPES = tuple(CATALOGUE)


async def check_address(request: Request, _me: SignedInOwner, studio: TheStudio) -> None:
    """Look the address up before the transaction begins: a name that nobody answers for takes seconds.

    Raises AddressRefused. What is no address at all is the body's own check to refuse.
    """
    body = await request.json() if await request.body() else None
    url = body.get("url") if isinstance(body, dict) else None
    if isinstance(url, str):
        await run_sync(checked_target, url, studio.settings.private_host_names)


@router.get("", summary="All endpoints")
def list_endpoints(session: ReadSession, _me: SignedInOwner) -> EndpointsOut:
    """The oldest first, without their secrets."""
    return EndpointsOut(items=[EndpointOut.model_validate(row) for row in endpoints.list_endpoints(session)])


@router.post("", status_code=201, summary="Add an endpoint", dependencies=[Depends(check_address), Idempotency])
def create_endpoint(
    body: EndpointIn, response: Response, session: DbSession, me: SignedInOwner, now: Now
) -> EndpointWithSecret:
    """Answers its signing secret, this once. An address in a private network is refused (422 `address_refused`)
    unless a setting names its host."""
    endpoint = endpoints.create_endpoint(session, _TYPES, at=now, **body.model_dump())
    audit.record(session, "endpoint_added", by=me.actor, subject=("endpoint", endpoint.id), at=now)
    response.headers["ETag"] = etag(endpoint.revision)
    return EndpointWithSecret.model_validate(endpoint)


@router.get("/{endpoint_id}", summary="One endpoint")
def get_endpoint(endpoint_id: str, response: Response, session: ReadSession, _me: SignedInOwner) -> EndpointOut:
    """Without its secret; a new one can be made."""
    endpoint = endpoints.get_endpoint(session, endpoint_id)
    response.headers["ETag"] = etag(endpoint.revision)
    return EndpointOut.model_validate(endpoint)


@router.patch("/{endpoint_id}", summary="Change an endpoint", dependencies=[Depends(check_address)])
def change_endpoint(
    endpoint_id: str,
    body: EndpointChanges,
    response: Response,
    session: DbSession,
    me: SignedInOwner,
    revision: IfMatch,
    now: Now,
) -> EndpointOut:
    """What is absent stays."""
    changes = body.model_dump(exclude_unset=True)
    endpoint = endpoints.change_endpoint(session, endpoint_id, revision, _TYPES, at=now, **changes)
    audit.record(session, "endpoint_changed", by=me.actor, subject=("endpoint", endpoint.id), at=now)
    response.headers["ETag"] = etag(endpoint.revision)
    return EndpointOut.model_validate(endpoint)


@router.delete("/{endpoint_id}", status_code=204, summary="Forget an endpoint")
def delete_endpoint(endpoint_id: str, session: DbSession, me: SignedInOwner, now: Now) -> None:
    """With the record of its attempts."""
    endpoints.delete_endpoint(session, endpoint_id)
    audit.record(session, "endpoint_deleted", by=me.actor, subject=("endpoint", endpoint_id), at=now)


@router.post("/{endpoint_id}/secret", summary="Make a new secret")
def rotate_endpoint_secret(
    endpoint_id: str, response: Response, session: DbSession, me: SignedInOwner, now: Now
) -> EndpointWithSecret:
    """Shown this once; the old one signs nothing any more."""
    endpoint = endpoints.rotate_secret(session, endpoint_id, at=now)
    audit.record(session, "endpoint_secret_rotated", by=me.actor, subject=("endpoint", endpoint_id), at=now)
    response.headers["ETag"] = etag(endpoint.revision)
    return EndpointWithSecret.model_validate(endpoint)


@router.post("/{endpoint_id}/enable", summary="Switch an endpoint on again")
def enable_endpoint(endpoint_id: str, session: DbSession, me: SignedInOwner, now: Now) -> EndpointOut:
    """It is told of what happens from now on; what it missed can be replayed."""
    endpoint = endpoints.switch_on(session, endpoint_id, at=now)
    audit.record(session, "endpoint_enabled", by=me.actor, subject=("endpoint", endpoint_id), at=now)
    return EndpointOut.model_validate(endpoint)


@router.post("/{endpoint_id}/disable", summary="Switch an endpoint off")
def disable_endpoint(endpoint_id: str, session: DbSession, me: SignedInOwner, now: Now) -> EndpointOut:
    """It is told nothing more until somebody switches it on."""
    endpoint = endpoints.switch_off(session, endpoint_id, reason="Switched off by hand.", at=now)
    audit.record(session, "endpoint_disabled", by=me.actor, subject=("endpoint", endpoint_id), at=now)
    return EndpointOut.model_validate(endpoint)


@router.post("/{endpoint_id}/test", status_code=202, summary="Test an endpoint")
def ping_endpoint(endpoint_id: str, session: DbSession, _me: SignedInOwner, now: Now) -> Told:
    """Tell it `endpoint.tested`; how that went stands among its attempts."""
    event = emit_test(session, endpoints.get_endpoint(session, endpoint_id), at=now)
    return Told(job_id=f"{event.id}:{endpoint_id}", event_id=event.id)


@router.get("/{endpoint_id}/attempts", summary="How tellings went")
def list_attempts(
    endpoint_id: str, session: ReadSession, _me: SignedInOwner, wish: PageQuery, sort: AttemptSort = "-at"
) -> PageOf[AttemptOut]:
    """Every try of every delivery."""
    return PageOf[AttemptOut].model_validate(endpoints.list_attempts(session, endpoint_id, sorted_by(wish, sort)))


@router.post("/{endpoint_id}/replays", status_code=202, summary="Tell an event again", dependencies=[Idempotency])
def replay_event(endpoint_id: str, body: ReplayIn, session: DbSession, me: SignedInOwner, now: Now) -> Told:
    """The same body, signed anew."""
    job = hooks.replay(session, body.event_id, endpoint_id, by=me.actor, at=now)
    return Told(job_id=job.id, event_id=body.event_id)
