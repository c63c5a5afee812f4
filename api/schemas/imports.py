"""Imports: clients and their projects out of a file, first as a plan."""

from typing import Annotated, Literal

from pydantic import Field

from api.schemas.fields import Day, Given, Shown

ImportOutcome = Literal["new", "same", "refused"]
ImportMakes = Literal["client", "contact", "project"]
ImportField = Annotated[str, Field(description="Of which field.", examples=["due_on"])]


class ImportIn(Given):
    """A CSV file of some hundred kilobytes; delimiter and encoding are found out."""

    content: Annotated[
        str,
        Field(
            min_length=4,
            max_length=950_000,
            pattern=r"^[A-Za-z0-9+/]*={0,2}$",
            description="The file's bytes as base64.",
            examples=["S2xhbnQ7UHJvamVjdApCYWtrZXJpaiBBbm5hO1dpbnRlcgo="],
        ),
    ]


class ImportProblem(Shown):
    """Why a row is refused."""

    field: ImportField
    code: str = Field(examples=["date_wrong"])
    given: str = Field(description="What stands in the cell, shortened.", examples=["31-02-2027"])


class ImportRowOut(Shown):
    """What one row would do."""

    line: int = Field(description="In the file; 1 is the first.", examples=[2])
    outcome: ImportOutcome = Field(description="same: all of it is there already.")
    makes: list[ImportMakes]
    client: str
    contact_email: str
    project: str
    due_on: Day | None
    price_micros: int | None
    problems: list[ImportProblem]


class ImportPlanOut(Shown):
    """What a file would do, and how it was read."""

    encoding: str = Field(examples=["utf-8"])
    delimiter: str = Field(examples=[";"])
    unknown_headers: list[str] = Field(description="Columns that are left out.")
    clients: int = Field(description="So many would be new.")
    contacts: int
    projects: int
    refused: int = Field(description="Rows; while there are any, nothing can be imported.")
    rows: list[ImportRowOut]


class ImportedOut(Shown):
    """How many were made."""

    clients: int
    contacts: int
    projects: int
