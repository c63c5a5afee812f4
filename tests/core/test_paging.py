from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from engine.core.database import Database
from engine.core.errors import Invalid
from engine.core.models import Client, Project
from engine.core.paging import Page, PageWish, read_page

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SORTS = {"created_at": Project.created_at, "due_on": Project.due_on, "name": Project.name}


def projects_with(session: Session, *due: date | None, first: int = 0) -> None:
    client = Client(name="Bakkerij Anna", created_at=AT, updated_at=AT)
    session.add(client)
    session.flush()
    for number, due_on in enumerate(due, first):
        made_at = AT + timedelta(minutes=number // 2)  # each moment twice, so that the id has to settle it
        session.add(
            Project(client_id=client.id, name=f"P{number}", due_on=due_on, created_at=made_at, updated_at=made_at)
        )
        session.flush()


def read(session: Session, wish: PageWish, rows: Select[Project] | None = None) -> Page[Project]:
    return read_page(session, select(Project) if rows is None else rows, wish, sorts=SORTS, unique=Project.id)


def all_names(session: Session, sort: str, limit: int) -> list[str]:
    names: list[str] = []
    cursor: str | None = None
    while True:
        page = read(session, PageWish(sort, limit, cursor))
        assert len(page.items) <= limit
        names += [project.name for project in page.items]
        cursor = page.next_cursor
        if cursor is None:
            return names


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 8])
@pytest.mark.parametrize("sort", ["created_at", "-created_at", "name", "-name", "due_on", "-due_on"])
def test_pages_put_together_are_the_whole_list_once(database: Database, sort: str, limit: int) -> None:
    days = [date(2026, 12, 3), None, date(2026, 12, 1), None, date(2026, 12, 3), date(2026, 12, 2), None]
    with database.writing() as session:
        projects_with(session, *days)

    with database.reading() as session:
        names = all_names(session, sort, limit)

    assert sorted(names) == [f"P{number}" for number in range(7)]
    assert names == all_names_by_python(sort, days)


def all_names_by_python(sort: str, days: list[date | None]) -> list[str]:
    numbers = list(range(len(days)))
    if sort.endswith("due_on"):
        dated = sorted((n for n in numbers if days[n]), key=lambda n: (days[n], n), reverse=sort.startswith("-"))
        undated = sorted((n for n in numbers if not days[n]), reverse=sort.startswith("-"))
        numbers = dated + undated
    elif sort.startswith("-"):
        numbers.reverse()
    return [f"P{number}" for number in numbers]


def test_a_row_that_comes_in_meanwhile_neither_repeats_nor_hides_another(database: Database) -> None:
    with database.writing() as session:
        projects_with(session, *[None] * 6)
        first = read(session, PageWish("-created_at", 3))

        projects_with(session, None, first=6)
        second = read(session, PageWish("-created_at", 3, first.next_cursor))

    assert [project.name for project in (*first.items, *second.items)] == ["P5", "P4", "P3", "P2", "P1", "P0"]


@pytest.mark.parametrize("harm", ["altered", "cut", "nonsense", "of another list", "of another order", "empty"])
def test_a_cursor_that_is_not_of_this_list_is_refused_in_words(database: Database, harm: str) -> None:
    with database.writing() as session:
        projects_with(session, *[None] * 4)
        cursor = read(session, PageWish("name", 2, belongs_to="a")).next_cursor
        assert cursor is not None
        wish = {
            "altered": PageWish("name", 2, cursor[:-2] + ("AA" if cursor[-2:] != "AA" else "BB"), "a"),
            "cut": PageWish("name", 2, cursor[:-5], "a"),
            "nonsense": PageWish("name", 2, "é\x00%" * 40, "a"),
            "of another list": PageWish("name", 2, cursor, "b"),
            "of another order": PageWish("-name", 2, cursor, "a"),
            "empty": PageWish("name", 2, "", "a"),
        }[harm]

        with pytest.raises(Invalid) as refused:
            read(session, wish)

    assert (refused.value.code, refused.value.field) == ("cursor_invalid", "cursor")


@pytest.mark.parametrize(("sort", "limit", "code"), [("price", 5, "sort_unknown"), ("name", 0, "limit_out_of_range")])
def test_a_list_says_what_it_can_be_sorted_by_and_how_long_a_page_is(
    database: Database, sort: str, limit: int, code: str
) -> None:
    with database.reading() as session, pytest.raises(Invalid) as refused:
        read(session, PageWish(sort, limit))

    assert refused.value.code == code
