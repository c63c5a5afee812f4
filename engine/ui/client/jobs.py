"""Background work, as the api tells of them."""

from api.schemas.fields import PageOf
from api.schemas.jobs import JobOut, JobStatus
from engine.ui.client.door import Door


class Jobs(Door):
    """Every method raises ApiProblem."""

    async def jobs(self, *, status: JobStatus | None = None, limit: int = 50) -> PageOf[JobOut]:
        """Jobs, the last changed first."""
        return await self.get("/jobs", PageOf[JobOut], sort="-updated_at", status=status, limit=limit)

    async def cancel_job(self, job_id: str) -> JobOut:
        """Stop a job."""
        return await self.send("POST", f"/jobs/{job_id}/cancel", JobOut)

    async def retry_job(self, job_id: str) -> JobOut:
        """Do a failed job again. Asked twice, as by a double click, it is done once."""
        return await self.send("POST", f"/jobs/{job_id}/retry", JobOut, None, {"Idempotency-Key": f"retry-{job_id}"})
