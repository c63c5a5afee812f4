"""What all tables share: the naming of constraints, ids, times, revisions and column types.

Used by the modules of engine.core.models only.
Law: an id is a UUIDv7 string made here; a time is aware and UTC on both sides; money is an integer.
"""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar

import uuid_utils
from pydantic import JsonValue
from sqlalchemy import JSON, BigInteger, Dialect, Enum, MetaData, String, Text, TypeDecorator
from sqlalchemy import DateTime as SqlDateTime
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

CONSTRAINT_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def new_id() -> str:
    """A UUIDv7: unique, and sorted by the millisecond in which it was made."""
    return str(uuid_utils.uuid7())


class UtcTime(TypeDecorator[datetime]):
    """An aware datetime, kept as UTC. SQLite has no zones, so the zone is taken off going in and put on coming out."""

    impl = SqlDateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A time without a zone cannot be kept; say which zone it is told in.")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # SQLAlchemy's signature
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


JsonObject = dict[str, JsonValue]
JsonColumn = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")

Id = Annotated[str, mapped_column(String(36))]
"""The id of another row."""
Micros = Annotated[int, mapped_column(BigInteger)]
"""Millionths of a euro, unless the name says of another currency."""
Name = Annotated[str, mapped_column(String(300))]
Prose = Annotated[str, mapped_column(Text)]
"""Text of any length."""
Sha256 = Annotated[str, mapped_column(String(64))]
"""Lower-case hexadecimal."""
Document = Annotated[JsonObject, mapped_column(JsonColumn)]
"""A JSON object whose shape is a model elsewhere; the column says which."""
JsonList = Annotated[list[JsonValue], mapped_column(JsonColumn)]


def one_of(values: type[StrEnum]) -> Enum:
    """A column that holds one of an enumeration's values, checked by the database too."""
    return Enum(
        values,
        native_enum=False,
        create_constraint=True,
        length=32,
        name=values.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
        validate_strings=True,
    )


class Base(DeclarativeBase):
    """The root of all tables."""

    metadata = MetaData(naming_convention=CONSTRAINT_NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcTime}


class Identified:
    """Has an id of its own."""

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id, sort_order=-1)


class Created:
    """Knows when it was made."""

    created_at: Mapped[datetime]


class Revised:
    """Can be edited by two people: each change raises `revision`, and a write on an old one is refused.

    SQLAlchemy adds `WHERE revision = …` to each UPDATE of the row and raises StaleDataError where nothing matched.
    """

    revision: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime]

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.revision}
