"""Health: whether the api is alive, and whether each thing that it needs is there."""

from pydantic import BaseModel, ConfigDict, Field


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


class FindingOut(BaseModel):
    """One thing that was looked at."""

    model_config = ConfigDict(from_attributes=True)

    thing: str = Field(examples=["Encoder"])
    is_fine: bool = Field(examples=[True])
    detail: str = Field(examples=["PyAV 18.1, libx264 and aac"])
    turned_off: str = Field(description="What cannot be done without it; empty where it is there.", examples=[""])
    is_needed: bool = Field(description="Whether every film needs it.", examples=[True])


class FindingsOut(BaseModel):
    """All of them."""

    items: list[FindingOut]


class StorageOut(BaseModel):
    """What the studio keeps, and how much room is left."""

    files: int = Field(description="Different ones: the same bytes are kept once.", examples=[1204])
    kept_bytes: int = Field(examples=[48_318_382_080])
    cache_bytes: int = Field(description="Finished pieces of films, made again when missing.", examples=[2_147_483_648])
    cache_limit_bytes: int = Field(examples=[10_000_000_000])
    free_bytes: int = Field(description="On the disk of the data folder.", examples=[120_000_000_000])
    place: str = Field(description="Where files are kept, without its secrets.", examples=["data/media"])
