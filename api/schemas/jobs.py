"""Jobs: background work, with its progress."""

from typing import Annotated, Literal

from pydantic import Field

from api.schemas.fields import Id, JsonObject, Shown, Time

JobSort = Literal["created_at", "-created_at", "updated_at", "-updated_at"]
JobStatus = Literal["queued", "running", "waiting", "succeeded", "failed", "canceled"]
JobId = Annotated[str, Field(min_length=1, max_length=120)]


class JobOut(Shown):
    """One piece of background work."""

    id: JobId
    kind: str = Field(examples=["render_export"])
    status: JobStatus
    stage: str = Field(description="What it does now, as a code that screens translate.", examples=["encoding"])
    progress: float = Field(description="0 to 1.", examples=[0.4])
    client_id: Id | None
    project_id: Id | None
    video_id: Id | None
    export_id: Id | None
    scene_ids: list[Id] = Field(
        description="The scenes that it draws title cards for. For which ones pictures are bought, its quote says."
    )
    retries_job_id: str | None = Field(description="The failed job that this one does again.")
    can_retry: bool = Field(
        description="Whether retry does it again. A failed purchase of pictures cannot: ask a new quote for the "
        "`failed_scene_ids` of its result."
    )
    result: JsonObject | None
    problem_code: str
    problem: str = Field(description="Why it failed and what to do.")
    asked_by: str
    created_at: Time
    started_at: Time | None
    finished_at: Time | None
    updated_at: Time
