"""What of the studio's state needs somebody now, and in which order."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from api.schemas.jobs import JobOut
from api.schemas.notifications import NotificationOut
from api.schemas.projects import ProjectOut
from engine.ui.desk import MOST_ENDED_JOBS, Feed
from engine.ui.pages.dashboard.overview import needs_of, wishes_of

TODAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def job(**given: Any) -> JobOut:
    """A job that failed an hour ago, unless told otherwise."""
    fields = dict.fromkeys(JobOut.model_fields) | {
        "id": "job",
        "kind": "render_export",
        "status": "failed",
        "can_retry": True,
        "scene_ids": [],
        "stage": "",
        "progress": 0.0,
        "problem_code": "",
        "problem": "",
        "asked_by": "",
        "created_at": NOON,
        "updated_at": NOON - timedelta(hours=1),
    }
    return JobOut.model_validate(fields | given)


def project(name: str, days: int) -> ProjectOut:
    """A project that is due in so many days."""
    fields = dict.fromkeys(ProjectOut.model_fields) | {
        "id": name,
        "client_id": "anna",
        "name": name,
        "status": "in_progress",
        "package_tier": "",
        "used_revision_rounds": 0,
        "due_on": TODAY + timedelta(days=days),
        "notes": "",
        "possible_moves": ["review"],
        "created_at": NOON,
        "updated_at": NOON,
        "revision": 1,
    }
    return ProjectOut.model_validate(fields)


def test_what_failed_comes_before_what_is_late_and_that_before_what_is_due_soon() -> None:
    needs = needs_of([job()], [], [project("soon", 3), project("late", -2)], [], {"anna": "Bakkerij Anna"}, TODAY)

    assert [need.name for need in needs] == ["render_export", "late", "soon"]
    assert needs[1].client == "Bakkerij Anna"


def test_what_is_far_off_needs_nobody() -> None:
    assert needs_of([], [], [project("far", 40)], [], {}, TODAY) == []


def test_a_failure_that_was_tried_again_needs_nobody() -> None:
    again = job(id="again", status="running", retries_job_id="job")

    assert needs_of([again, job()], [], [], [], {}, TODAY) == []


def test_a_failure_of_long_ago_is_history() -> None:
    assert needs_of([job(updated_at=NOON - timedelta(days=8))], [], [], [], {}, TODAY) == []


def test_the_feed_keeps_what_is_under_way_and_the_last_of_what_ended() -> None:
    feed = Feed()
    feed.take_job(job(id="running", status="running"))
    for number in range(MOST_ENDED_JOBS + 5):
        feed.take_job(job(id=f"ended {number}", updated_at=NOON + timedelta(minutes=number)))

    assert [j.id for j in feed.under_way()] == ["running"]
    assert len(feed.ended()) == MOST_ENDED_JOBS
    assert feed.ended()[0].id == f"ended {MOST_ENDED_JOBS + 4}"


@pytest.mark.parametrize(("status", "is_news"), [("running", False), ("succeeded", True)])
def test_pages_load_again_when_a_job_changes_state_and_not_at_each_step(status: str, is_news: bool) -> None:
    feed = Feed()
    feed.take_job(job(status="running", progress=0.1))
    before = feed.news

    feed.take_job(job(status=status, progress=0.2))

    assert (feed.news > before) == is_news


def notice(kind: str, path: str, minutes_ago: int, **facts: str) -> NotificationOut:
    """A line under the bell that nobody has read."""
    at = NOON - timedelta(minutes=minutes_ago)
    return NotificationOut(
        id=f"{kind}{minutes_ago}", kind=kind, facts={**facts}, path=path, created_at=at, read_at=None
    )


def test_what_clients_wrote_waits_by_film_and_a_request_for_changes_tells_more_than_a_note() -> None:
    film, thread = "/projects/winter/videos/oliebollen", "/clients/anna"
    said = {"title": "Oliebollen", "client": "Bakkerij Anna", "contact": "Anna"}
    newest_first = [
        notice("note_added", film, 1, **said),
        notice("decision", film, 2, verdict="changes_requested", **said),
        notice("message", thread, 3, client="Bakkerij Anna", from_name="Bas"),
        notice("note_added", film, 9, **said),
        notice("decision", "/projects/winter/videos/kerst", 20, verdict="approved", **said),
        notice("studio_budget_used_up", "/costs", 30),
    ]

    wishes = wishes_of(newest_first)

    assert [(wish.kind, wish.name, wish.who, wish.path) for wish in wishes] == [
        ("changes", "Oliebollen", "Anna", film),
        ("written", "Bakkerij Anna", "Bas", thread),
    ]
    assert needs_of([job()], [], [project("late", -2)], [], {}, TODAY, wishes)[1:3] == wishes
