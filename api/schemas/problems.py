"""Problems: how the api says no (RFC 9457), the same everywhere."""

from pydantic import BaseModel, ConfigDict, Field, JsonValue


class FieldProblem(BaseModel):
    """One thing that is wrong with what was sent."""

    field: str = Field(description="Where it stands, as in body.scenes.0.text.", examples=["body.name"])
    message: str = Field(description="What is wrong with it.", examples=["Fill it in."])
    code: str = Field(description="For programs.", examples=["missing"])


class Problem(BaseModel):
    """What happened, what is kept, and what to do next."""

    model_config = ConfigDict(title="Problem")

    type: str = Field(description="A name for this kind of problem.", examples=["urn:bom:problem:not_found"])
    title: str = Field(description="The HTTP status in words.", examples=["Not Found"])
    status: int = Field(description="The HTTP status.", examples=[404])
    code: str = Field(description="For programs; never changes once it is out.", examples=["not_found"])
    detail: str = Field(
        description="For a person: what happened, what is kept, what to do next.",
        examples=["There is no client '01a2' here. It may have been removed."],
    )
    request_id: str = Field(description="Stands in the log too.", examples=["01a20502-5d11-7f7c-9a51-3f0f5b2a9a11"])
    facts: dict[str, JsonValue] = Field(
        default_factory=dict, description="What a program may want to show of it.", examples=[{"what": "client"}]
    )
    errors: list[FieldProblem] = Field(default_factory=list, description="Field by field, where fields are wrong.")
