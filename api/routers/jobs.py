"""Jobs: background work, to look at, to stop and to do again."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.deps import DbSession, Idempotency, Now, PageQuery, ReadSession, SignedInStaff, sorted_by
from api.openapi import problems
from api.routes import StudioRoute
from api.schemas.fields import PageOf
from api.schemas.jobs import JobOut, JobSort, JobStatus
from automations import jobs as durable
from engine.core import audit, jobs, models

router = APIRouter(prefix="/jobs", tags=["jobs"], route_class=StudioRoute)

IdFilter = Annotated[str | None, Query(max_length=36, pattern=r"^[0-9A-Za-z_-]*$")]


@router.get("", summary="Jobs")
def list_jobs(
    session: ReadSession,
    wish: PageQuery,
    sort: JobSort = "-created_at",
    status: JobStatus | None = None,
    video_id: IdFilter = None,
    project_id: IdFilter = None,
) -> PageOf[JobOut]:
    """Background work, filtered."""
    page = jobs.list_jobs(
        session,
        sorted_by(wish, sort),
        status=models.JobStatus(status) if status else None,
        video_id=video_id,
        project_id=project_id,
    )
    return PageOf[JobOut].model_validate(page)


@router.get("/{job_id}", summary="One job")
def get_job(job_id: str, session: ReadSession) -> JobOut:
    """How far it is; /api/events/stream tells of every step."""
    return JobOut.model_validate(jobs.get_job(session, job_id))


@router.post("/{job_id}/cancel", summary="Stop a job", responses=problems(409))
def cancel_job(job_id: str, session: DbSession, me: SignedInStaff, now: Now) -> JobOut:
    """What was paid for is kept; what was set aside and is not needed goes back."""
    job = durable.cancel(session, job_id, by=me.actor, at=now)
    audit.record(session, "job_canceled", by=me.actor, subject=("job", job.id), at=now)
    return JobOut.model_validate(job)


@router.post(
    "/{job_id}/retry",
    status_code=201,
    summary="Do a job again",
    dependencies=[Idempotency],
    responses=problems(409),
)
def retry_job(job_id: str, session: DbSession, me: SignedInStaff, now: Now) -> JobOut:
    """One that failed or was canceled, as a new job. What bought pictures is refused with 409 `needs_new_quote`: its
    facts name the scenes for POST /api/quotes."""
    job = durable.retry(session, job_id, by=me.actor, at=now)
    audit.record(session, "job_retried", by=me.actor, subject=("job", job.id), at=now)
    return JobOut.model_validate(job)
