"""History, focus and what is known of pictures in the making: pure, without a studio."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from api.schemas.jobs import JobOut
from api.schemas.videos import TakeOut
from engine.ui.notation import price
from engine.ui.pages.create.clashes import where_they_differ
from engine.ui.pages.create.history import LONGEST_S, PAUSE_S, Change, History
from engine.ui.pages.create.making import Making, failure_on, job_on
from engine.ui.pages.create.visuals.focus import box_around, inside, point_of
from engine.ui.words import Words

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def job(**given: Any) -> JobOut:
    """A purchase on quote q that runs, unless told otherwise."""
    fields = dict.fromkeys(JobOut.model_fields) | {
        "id": "pictures:q",
        "kind": "generate_pictures",
        "status": "running",
        "can_retry": False,
        "scene_ids": [],
        "stage": "",
        "progress": 0.0,
        "problem_code": "",
        "problem": "",
        "asked_by": "",
        "created_at": NOON,
        "updated_at": NOON,
    }
    return JobOut.model_validate(fields | given)


def take(at: datetime) -> TakeOut:
    """A take of scene b."""
    fields = dict.fromkeys(TakeOut.model_fields) | dict.fromkeys(
        ("id", "video_id", "asset_id", "prompt", "provider", "model", "file_name", "media_type", "file_url"), "t"
    )
    kind = {"kind": "image", "source": "generated", "facts": {}, "scene_id": "b", "created_at": at}
    return TakeOut.model_validate(fields | kind | {"cost_micros": 0, "revision": 1, "size_bytes": 1})


def typed(history: History, before: str, after: str, at_s: float) -> None:
    history.add(Change("video", "script", {"script": before}, {"script": after}), at_s=at_s, is_typing=True)


def test_typing_without_a_pause_is_taken_back_at_once() -> None:
    history = History()
    typed(history, "", "a", 0.0)
    typed(history, "a", "ab", 0.2)

    change = history.undo()

    assert change is not None
    assert (change.before, change.after) == ({"script": ""}, {"script": "ab"})
    assert history.undo() is None


@pytest.mark.parametrize("at_s", [PAUSE_S + 0.1, LONGEST_S + 0.1])
def test_a_pause_or_a_long_while_begins_a_new_change(at_s: float) -> None:
    history = History()
    typed(history, "", "a", 0.0)
    while at_s > LONGEST_S and history.done[-1].ended_at_s < LONGEST_S - 1:
        typed(history, "a", "a", history.done[-1].ended_at_s + 1)
    typed(history, "a", "ab", at_s)

    assert len(history.done) == 2


def test_a_new_change_gives_up_what_was_undone() -> None:
    history = History()
    typed(history, "", "a", 0.0)
    history.undo()
    typed(history, "", "b", 5.0)

    assert history.redo() is None


def making_of(**scenes_of: tuple[str, ...]) -> Making:
    """Job id, without what comes before its colon, to scenes."""
    return Making(scenes_of={f"pictures:{name}": scenes for name, scenes in scenes_of.items()})


def test_a_job_shows_on_its_own_scenes_and_on_no_other() -> None:
    making = making_of(q=("a", "b"))

    assert job_on("b", [job()], making, [take(NOON - timedelta(hours=1))]) is not None
    assert job_on("c", [job()], making, []) is None


def test_a_job_that_another_window_asked_for_shows_on_its_own_scenes_too() -> None:
    cards = job(id="cards", kind="draw_pictures", scene_ids=["a"])

    assert job_on("a", [cards], Making(), []) is not None
    assert job_on("b", [cards], Making(), []) is None
    assert job_on("a", [job()], Making(), []) is None  # what was bought is told by its quote, a moment later


def test_a_scene_that_has_its_picture_no_longer_shows_the_job_that_goes_on_with_the_others() -> None:
    making = making_of(q=("a", "b"))
    came = [take(NOON + timedelta(seconds=9))]
    rest = job(id="pictures:q:rest", kind="collect_pictures", created_at=NOON + timedelta(minutes=1))

    assert job_on("b", [job()], making, came) is None
    assert job_on("a", [job()], making, came) is not None
    making.began(rest, ("a", "b"))
    assert job_on("b", [rest, job(status="failed")], making, came) is None
    assert job_on("a", [rest, job(status="failed")], making, came) is not None


def test_a_failure_is_told_by_its_own_reason_until_a_newer_picture_is_there() -> None:
    failed = job(status="failed", problem="1 of 2 pictures", result={"failed": {"q:1": "This cannot be drawn."}})
    making = making_of(q=("a", "b"))

    failure = failure_on("b", [failed], making, [take(NOON - timedelta(hours=1))])

    assert failure is not None
    assert failure.reason == "This cannot be drawn."
    assert failure_on("b", [failed], making, [take(NOON + timedelta(seconds=9))]) is None
    assert failure_on("b", [job(id="pictures:r"), failed], making_of(q=("a", "b"), r=("b",)), []) is None


def test_two_long_texts_are_shown_where_they_differ() -> None:
    same = "Elke dag vers brood. " * 40

    mine, theirs = where_they_differ(f"{same}Van mij. {same}", f"{same}Van de ander. {same}")

    assert "Van mij." in mine
    assert "Van de ander." in theirs
    assert len(theirs) < 160
    assert where_they_differ("", "Nieuw") == ("", "Nieuw")
    assert where_they_differ("aa", "aaa") == ("aa", "aaa")


@pytest.mark.parametrize("point", [(0.5, 0.5), (0.0, 0.0), (1.0, 0.3), (0.97, 1.0)])
def test_a_focus_box_lies_within_the_picture_and_around_its_point_where_there_is_room(
    point: tuple[float, float],
) -> None:
    box = box_around(inside(point))

    x, y, width, height = (float(str(box[name])) for name in ("x", "y", "width", "height"))
    assert 0 <= x <= x + width <= 1
    assert 0 <= y <= y + height <= 1
    assert x <= point[0] <= x + width
    assert y <= point[1] <= y + height
    assert point_of(box_around((0.5, 0.4))) == pytest.approx((0.5, 0.4))


@pytest.mark.parametrize(
    ("micros", "dutch", "english"),
    [
        (0, "€\u00a00,00", "€0.00"),
        (2_700, "€\u00a00,003", "€0.003"),
        (20_000, "€\u00a00,02", "€0.02"),
        (1_500_000, "€\u00a01,50", "€1.50"),
        (-2_700, "€\u00a0-0,003", "-€0.003"),
    ],
)
def test_a_price_below_a_cent_is_not_told_as_nothing(micros: int, dutch: str, english: str) -> None:
    assert price(micros, Words("nl")) == dutch
    assert price(micros, Words("en")) == english
