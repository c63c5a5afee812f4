"""Every list reads by an index: a studio of ten years answers as one of a year does."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from engine.core import (
    audit,
    client_view,
    clients,
    deliveries,
    endpoints,
    events,
    exports,
    jobs,
    library,
    mails,
    messages,
    notifications,
    projects,
    videos,
)
from engine.core.costs import ledger, questions, quotes
from engine.core.database import Database
from engine.core.models import (
    ExportStatus,
    JobStatus,
    MailStatus,
    ProjectStatus,
    QuoteStatus,
    UsageKind,
    VideoStatus,
    VideoType,
)
from engine.core.paging import PageWish

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
OLDER = PageWish("-created_at")
Lists = dict[str, Callable[[Session], object]]

LISTS: Lists = {
    "clients": lambda s: clients.list_clients(s, PageWish("name")),
    "clients put away": lambda s: clients.list_clients(s, OLDER, archived=True),
    "projects": lambda s: projects.list_projects(s, OLDER),
    "projects by date": lambda s: projects.list_projects(s, PageWish("due_on")),
    "projects of a client": lambda s: projects.list_projects(s, OLDER, client_id="x"),
    "projects in review": lambda s: projects.list_projects(s, PageWish("due_on"), status=ProjectStatus.REVIEW),
    "videos": lambda s: videos.list_videos(s, OLDER),
    "videos by title": lambda s: videos.list_videos(s, PageWish("title")),
    "videos of a project": lambda s: videos.list_videos(s, OLDER, project_id="x"),
    "videos of a client": lambda s: videos.list_videos(s, OLDER, client_id="x"),
    "videos that are ready": lambda s: videos.list_videos(s, PageWish("-updated_at"), status=VideoStatus.READY),
    "exports": lambda s: exports.list_exports(s, OLDER),
    "exports of a video": lambda s: exports.list_exports(s, OLDER, video_id="x"),
    "exports that failed": lambda s: exports.list_exports(s, OLDER, status=ExportStatus.FAILED),
    "films": lambda s: library.list_films(s, OLDER),
    "films that are ready": lambda s: library.list_films(s, OLDER, status=ExportStatus.READY),
    "films of a rare kind": lambda s: library.list_films(
        s, OLDER, status=ExportStatus.READY, format="1:1", video_type=VideoType.AVATAR_VO, longest_ms=15_000, since=AT
    ),
    "films of a client": lambda s: library.list_films(s, OLDER, client_id="x", archived=True),
    "films of a project": lambda s: library.list_films(s, PageWish("created_at"), project_id="x"),
    "deliveries of a project": lambda s: deliveries.deliveries_of(s, "x"),
    "ledger": lambda s: ledger.list_usage(s, PageWish("-at"), since=AT, until=AT),
    "ledger of a client": lambda s: ledger.list_usage(s, PageWish("-at"), client_id="x"),
    "ledger of a project": lambda s: ledger.list_usage(s, PageWish("at"), project_id="x", since=AT),
    "ledger of a vendor": lambda s: ledger.list_usage(s, PageWish("-at"), provider="x"),
    "ledger of a kind": lambda s: ledger.list_usage(s, PageWish("-at"), kind=UsageKind.VOICE),
    "ledger of a vendor's kind": lambda s: ledger.list_usage(s, PageWish("-at"), kind=UsageKind.VOICE, provider="x"),
    "ledger with names": lambda s: ledger.named_lines(s, after=None, limit=9, since=AT),
    "ledger of a kind with names": lambda s: ledger.named_lines(s, after=None, limit=9, kind=UsageKind.VOICE),
    "quotes of a video": lambda s: quotes.list_quotes(s, OLDER, video_id="x"),
    "open quotes": lambda s: quotes.list_quotes(s, OLDER, status=QuoteStatus.OPEN),
    "open questions": lambda s: questions.list_questions(s, PageWish("created_at")),
    "events": lambda s: events.list_events(s, PageWish("-at")),
    "events of a kind": lambda s: events.list_events(s, PageWish("-at"), type="x"),
    "events of a project": lambda s: events.list_events(s, PageWish("-at"), project_id="x"),
    "events for a stream": lambda s: events.events_after(s, "01", limit=500),
    "attempts": lambda s: endpoints.list_attempts(s, "x", PageWish("-at")),
    "unread notifications": lambda s: notifications.list_notifications(s, "x", OLDER, unread=True),
    "jobs": lambda s: jobs.list_jobs(s, OLDER),
    "jobs that run": lambda s: jobs.list_jobs(s, OLDER, status=JobStatus.RUNNING),
    "jobs of a video": lambda s: jobs.list_jobs(s, OLDER, video_id="x"),
    "jobs for a stream": lambda s: jobs.jobs_changed_since(s, AT, limit=500),
    "a client's videos in the portal": lambda s: client_view.current_versions(s, "x", OLDER),
    "a client's own projects": lambda s: client_view.projects_of(s, "x"),
    "a thread": lambda s: messages.list_messages(s, "x", OLDER),
    "mails": lambda s: mails.list_mails(s, OLDER),
    "mails of the outbox": lambda s: mails.list_mails(s, OLDER, status=MailStatus.KEPT),
    "record": lambda s: audit.list_entries(s, PageWish("-at")),
    "record of somebody": lambda s: audit.list_entries(s, PageWish("-at"), actor="x"),
    "record of an area": lambda s: audit.list_entries(s, PageWish("-at"), area="money", since=AT, until=AT),
    "record of somebody's area": lambda s: audit.list_entries(s, PageWish("-at"), actor="x", area="money"),
    "record of a thing": lambda s: audit.list_entries(s, PageWish("-at"), subject=("client", "x"), since=AT),
    "record from end to end": lambda s: audit.entries_before(s, None, limit=9),
    "record of a deed": lambda s: audit.list_entries(s, PageWish("-at"), action="x"),
}
GLANCES: Lists = {
    "what waits for a client": lambda s: client_view.waiting_versions(s, "x"),
    "how much waits for a client": lambda s: client_view.waiting_count(s, "x"),
    "what a client approved": lambda s: client_view.approved_versions(s, "x"),
    "unread messages": lambda s: messages.unread_count(s, "x", "y"),
}
SEARCHES: Lists = {
    "projects": lambda s: projects.list_projects(s, OLDER, search="oliebollen anna"),
    "films by rare words": lambda s: library.list_films(s, OLDER, search="oliebollen anna"),
    "films by words": lambda s: library.list_films(s, OLDER, search="d", format="9:16"),
}


@contextmanager
def plans(database: Database) -> Iterator[list[str]]:
    """How SQLite goes about each query that is asked meanwhile."""
    found: list[str] = []

    @event.listens_for(database.engine, "before_cursor_execute")
    def explain(_connection: object, cursor: object, statement: str, parameters: object, *_: object) -> None:
        if statement.startswith("SELECT"):
            rows = cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)  # type: ignore[attr-defined]
            found.extend(str(row[3]) for row in rows)

    yield found
    event.remove(database.engine, "before_cursor_execute", explain)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_reads_by_an_index_and_sorts_nothing(new_sqlite_url: str, name: str) -> None:
    database = Database.at(new_sqlite_url)
    with database.writing() as session:
        endpoints.create_endpoint(session, (), url="https://n8n.example/", at=AT).id = "x"
    with plans(database) as found, database.reading() as session:
        LISTS[name](session)
    database.close()

    assert found
    for step in found:
        assert "INDEX" in step, found
        assert "TEMP B-TREE" not in step, found


@pytest.mark.parametrize("name", GLANCES)
def test_a_glance_reads_one_clients_rows_and_sorts_nothing(new_sqlite_url: str, name: str) -> None:
    database = Database.at(new_sqlite_url)
    with plans(database) as found, database.reading() as session:
        GLANCES[name](session)
    database.close()

    assert any("client_id=?" in step for step in found), found
    for step in found:
        assert not step.startswith("SCAN") or step.startswith("SCAN anon_"), found
        assert "TEMP B-TREE" not in step, found


@pytest.mark.parametrize("name", SEARCHES)
def test_a_search_reads_no_table_from_end_to_end(new_sqlite_url: str, name: str) -> None:
    database = Database.at(new_sqlite_url)
    with plans(database) as found, database.reading() as session:
        SEARCHES[name](session)
    database.close()

    assert any("search_words USING" in step for step in found), found
    for step in found:
        assert not step.startswith("SCAN") or "USING" in step or step.startswith("SCAN anon_"), found
