"""Paging: a list of any length, a page at a time, in an order that stays put while rows come and go.

Core: no HTTP. Called by the list of each feature (engine.core.clients, engine.core.costs.ledger …).
Law: a page costs the same wherever it lies, since it starts from the last row seen and never counts or skips. What has
no value to sort by comes last, in both directions.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, literal, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from engine.core.errors import Invalid

MOST_PER_PAGE: Final = 200
_DIGEST_BYTES = 9

T = TypeVar("T")
Sortable = InstrumentedAttribute[Any]
"""A column that an index can sort by together with the id."""


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows, and where the next page starts: None at the end of the list."""

    items: Sequence[T]
    next_cursor: str | None


@dataclass(frozen=True)
class PageWish:
    """Which page a caller wants.

    sort: a name that the list knows, with a minus in front for the other direction.
    belongs_to: the list with its filters; a cursor of another list or of other filters is refused.
    """

    sort: str
    limit: int = 50
    cursor: str | None = None
    belongs_to: str = ""


def read_page(
    session: Session,
    rows: Select[T],
    wish: PageWish,
    *,
    sorts: Mapping[str, Sortable],
    unique: InstrumentedAttribute[str],
) -> Page[T]:
    """The page of `rows` (one mapped class, filtered, unsorted) that the wish names.

    Raises Invalid (cursor_invalid, sort_unknown, limit_out_of_range).
    """
    column = sorts.get(wish.sort.removeprefix("-"))
    if column is None:
        raise Invalid(f"This list can be sorted by {', '.join(sorts)}.", field="sort", code="sort_unknown")
    if not 1 <= wish.limit <= MOST_PER_PAGE:
        raise Invalid(f"A page has 1 to {MOST_PER_PAGE} items.", field="limit", code="limit_out_of_range")
    reader = _Reader(session, rows, column, unique, descending=wish.sort.startswith("-"))
    found = reader.after(_opened(wish), wish.limit + 1)
    items = found[: wish.limit]
    if len(found) == len(items):
        return Page(items, None)
    return Page(items, _sealed(wish, getattr(items[-1], column.key), getattr(items[-1], unique.key)))


@dataclass(frozen=True)
class _Place:
    """The last row of the page before."""

    value: Any
    id: str


@dataclass(frozen=True)
class _Reader(Generic[T]):
    session: Session
    rows: Select[T]
    column: Sortable
    unique: InstrumentedAttribute[str]
    descending: bool

    def after(self, place: _Place | None, count: int) -> list[T]:
        """The next rows. Those without a value are read apart, so that an index serves both kinds on any database."""
        if not getattr(self.column.expression, "nullable", False):
            return self._read(self.rows, (self.column, self.unique), _seen(place), count)
        found: list[T] = []
        if place is None or place.value is not None:
            valued = self.rows.where(self.column.is_not(None))
            found = self._read(valued, (self.column, self.unique), _seen(place), count)
            place = None
        if len(found) < count:
            empty = self.rows.where(self.column.is_(None))
            found += self._read(empty, (self.unique,), (place.id,) if place else None, count - len(found))
        return found

    def _read(self, rows: Select[T], keys: Sequence[Sortable], seen: Sequence[Any] | None, count: int) -> list[T]:
        if seen is not None:
            ours: ColumnElement[Any] = tuple_(*keys)
            theirs = tuple_(*(literal(value, key.type) for key, value in zip(keys, seen, strict=True)))
            rows = rows.where(ours < theirs if self.descending else ours > theirs)
        ordered = (key.desc() if self.descending else key.asc() for key in keys)
        return list(self.session.scalars(rows.order_by(*ordered).limit(count)))


def _seen(place: _Place | None) -> tuple[Any, str] | None:
    return (place.value, place.id) if place else None


def _sealed(wish: PageWish, value: Any, row_id: str) -> str:
    """A place as an opaque word. The digest is no secret: it tells a slip of the hand from a cursor of ours."""
    written = value.isoformat() if isinstance(value, date) else value
    kind = "moment" if isinstance(value, datetime) else "day" if isinstance(value, date) else "plain"
    place = json.dumps([kind, written, row_id], ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_digest(wish, place) + place).decode().rstrip("=")


def _opened(wish: PageWish) -> _Place | None:
    if wish.cursor is None:
        return None
    try:
        sealed = base64.b64decode(wish.cursor + "=" * (-len(wish.cursor) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        raise _CursorInvalid from None
    digest, place = sealed[:_DIGEST_BYTES], sealed[_DIGEST_BYTES:]
    if digest != _digest(wish, place):
        raise _CursorInvalid
    kind, written, row_id = json.loads(place)
    if kind == "moment":
        written = datetime.fromisoformat(written)
    elif kind == "day":
        written = date.fromisoformat(written)
    return _Place(written, row_id)


def _digest(wish: PageWish, place: bytes) -> bytes:
    return hashlib.sha256(f"{wish.belongs_to}\n{wish.sort}\n".encode() + place).digest()[:_DIGEST_BYTES]


class _CursorInvalid(Invalid):
    code = "cursor_invalid"

    def __init__(self) -> None:
        super().__init__(
            "This cursor is not of this list, or not with these filters. Ask for the first page again.", field="cursor"
        )
