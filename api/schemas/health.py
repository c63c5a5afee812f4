"""Health: whether the api is alive, and whether each thing that it needs is there."""

from pydantic import BaseModel, Field


class Alive(BaseModel):
    """The process answers."""

    status: str = Field(examples=["alive"])


class PartReady(BaseModel):
    """One thing that the api needs."""

    name: str = Field(examples=["database"])
    is_ready: bool = Field(examples=[True])
    what_to_do: str = Field(description="Empty while all is well.", examples=[""])


class Readiness(BaseModel):
    """All of them."""

    is_ready: bool = Field(examples=[True])
    parts: list[PartReady]
