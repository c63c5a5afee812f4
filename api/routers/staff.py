"""Staff: whom the owner lets in, and as what."""

from fastapi import APIRouter, Response

from api.deps import DbSession, IfMatch, Now, ReadSession, SignedInOwner, TheStudio, WhoCalls, etag
from api.openapi import problems
from api.routes import StudioRoute
from api.schemas.auth import StaffOut
from api.schemas.staff import StaffChanges, StaffIn, StaffListOut
from api.services.representations import as_staff
from api.services.sign_in import hash_new_password
from engine.core import audit, staff
from engine.core.models import Role

router = APIRouter(prefix="/staff", tags=["staff"], route_class=StudioRoute)


@router.get("", summary="Everybody")
def list_staff(session: ReadSession, _me: SignedInOwner) -> StaffListOut:
    """In the order in which they came; those who may not sign in any more too."""
    return StaffListOut(items=[as_staff(person) for person in staff.list_staff(session)])


@router.post("", status_code=201, summary="Let somebody in", responses=problems(409))
async def add_staff(
    body: StaffIn, response: Response, me: SignedInOwner, studio: TheStudio, caller: WhoCalls, now: Now
) -> StaffOut:
    """With a first password to change later. Sent twice, the second is 409 `email_in_use`."""
    password_hash = await hash_new_password(body.password, email=body.email)

    def add(session: DbSession) -> StaffOut:
        person = staff.add_staff(
            session,
            email=body.email,
            name=body.name,
            role=Role(body.role),
            language=body.language,
            password_hash=password_hash,
            at=now,
        )
        audit.record(
            session,
            "staff_added",
            by=me.actor,
            subject=("staff", person.id),
            address=caller.address,
            at=now,
            role=person.role.value,
        )
        return as_staff(person)

    added = await studio.write(add)
    response.headers["ETag"] = etag(added.revision)
    return added


@router.get("/{staff_id}", summary="One person")
def get_staff(staff_id: str, response: Response, session: ReadSession, _me: SignedInOwner) -> StaffOut:
    """Never shows what signs a person in."""
    person = staff.get_staff(session, staff_id)
    response.headers["ETag"] = etag(person.revision)
    return as_staff(person)


@router.patch("/{staff_id}", summary="Change a person", responses=problems(409))
def change_staff(
    staff_id: str,
    body: StaffChanges,
    response: Response,
    session: DbSession,
    me: SignedInOwner,
    caller: WhoCalls,
    revision: IfMatch,
    now: Now,
) -> StaffOut:
    """What is absent stays. The only owner stays an owner: 409 `last_owner`."""
    changes = body.model_dump(exclude_unset=True)
    if "role" in changes:
        changes["role"] = Role(changes["role"])
    person = staff.change_staff(session, staff_id, revision, at=now, **changes)
    audit.record(
        session,
        "staff_changed",
        by=me.actor,
        subject=("staff", person.id),
        address=caller.address,
        at=now,
        **body.model_dump(exclude_unset=True),
    )
    response.headers["ETag"] = etag(person.revision)
    return as_staff(person)


@router.post("/{staff_id}/disable", summary="Let a person in no more", responses=problems(409))
def disable_staff(staff_id: str, session: DbSession, me: SignedInOwner, caller: WhoCalls, now: Now) -> StaffOut:
    """Out at once, everywhere. The only owner stays: 409 `last_owner`."""
    person = staff.disable_staff(session, staff_id, at=now)
    audit.record(session, "staff_disabled", by=me.actor, subject=("staff", person.id), address=caller.address, at=now)
    return as_staff(person)


@router.post("/{staff_id}/enable", summary="Let a person in again")
def enable_staff(staff_id: str, session: DbSession, me: SignedInOwner, caller: WhoCalls, now: Now) -> StaffOut:
    """With the same password as before."""
    person = staff.enable_staff(session, staff_id, at=now)
    audit.record(session, "staff_enabled", by=me.actor, subject=("staff", person.id), address=caller.address, at=now)
    return as_staff(person)
