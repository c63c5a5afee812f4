"""What a month will cost, which price no longer holds, and who hears that a budget runs out."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.costs import budgets, drift, forecast, ledger, quotes, totals
from engine.core.costs.totals import Cost, CostPart
from engine.core.database import Database
from engine.core.models import ApiUsage, BudgetScope, Notification, Project, UsageKind
from tests.core.domain import NOW, a_finished_call, a_producer, a_project, a_quote, a_video, prices_are_known

IMAGE_MICROS = 2_580


def days(**micros: int) -> list[CostPart]:
    """d9=5: on the ninth of November 5 micro-euros."""
    return [CostPart(f"2026-11-{int(day[1:]):02}", Cost(amount, 0, 1)) for day, amount in micros.items()]


def bought(session: Session, project: Project, *, cost_micros: int, at: datetime = NOW) -> ApiUsage:
    """One image, estimated at 2,580 micro-euros."""
    by = a_producer(session, f"{cost_micros}-{at:%d%H}@bom.example")
    quote = a_quote(session, a_video(session, project))
    quotes.accept_quote(session, quote.id, total_micros=quote.total_micros, by=by, at=NOW)
    (line,) = quotes.lines_of(quote)
    return ledger.book(session, a_finished_call(session, quote), line, amount_micros=cost_micros, at=at)


def told(session: Session) -> list[str]:
    """Which notices lie under bells, one bell's."""
    rows = session.scalars(select(Notification).order_by(Notification.created_at, Notification.id))
    return list(dict.fromkeys(row.kind for row in rows))


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 11, 1), None),
        (date(2026, 11, 2), None),
        (date(2026, 11, 3), 450),  # 30 in two whole days
        (date(2026, 11, 11), 90),  # the same in ten
        (date(2026, 12, 3), None),  # a month that is over has cost what it cost
        (date(2026, 10, 31), None),
    ],
)
def test_a_month_is_foretold_by_its_whole_days_but_not_in_its_first_two(today: date, expected: int | None) -> None:
    assert forecast.forecast_micros(days(d1=10, d2=20), "2026-11", today) == expected


def test_a_forecast_is_never_below_what_is_spent_already() -> None:
    assert forecast.forecast_micros(days(d1=1, d4=10_000), "2026-11", date(2026, 11, 4)) == 10_001


def test_a_model_that_costs_more_than_its_price_is_named_first_and_a_refund_is_no_drift(database: Database) -> None:
    before = NOW - timedelta(days=40)
    with database.writing() as session:
        prices_are_known(session)
        project = a_project(session)
        line = bought(session, project, cost_micros=IMAGE_MICROS)
        ledger.refund(session, line.id, amount_micros=IMAGE_MICROS, reason="", by=a_producer(session), at=NOW)

        (found,) = drift.drift_by_model(session, "2026-11")
        assert (found.month, found.month_percent, found.is_worth_a_look) == (
            Cost(IMAGE_MICROS, IMAGE_MICROS, 1),
            0,
            False,
        )

        bought(session, project, cost_micros=3_096, at=NOW + timedelta(hours=1))
        (found,) = drift.drift_by_model(session, "2026-11")
        assert (found.month_percent, found.is_worth_a_look) == (10, True)
        (found,) = drift.drift_by_model(session, f"{before:%Y-%m}")
        assert (found.month_percent, found.all_time_percent, found.is_worth_a_look) == (None, 10, False)

        totals.rebuild_totals(session)
        assert drift.drift_by_model(session, f"{before:%Y-%m}") == [found]


def test_sums_of_a_kind_are_its_lines(database: Database) -> None:
    with database.writing() as session:
        prices_are_known(session)
        bought(session, a_project(session), cost_micros=7)

        for by in totals.SPLIT_BY:
            image = totals.cost_parts(session, by, kind=UsageKind.IMAGE)
            assert totals.whole(image).amount_micros == 7
            assert totals.cost_parts(session, by, kind=UsageKind.VOICE) == []


def test_lines_are_read_with_their_names_the_newest_first_and_each_once(database: Database) -> None:
    with database.writing() as session:
        prices_are_known(session)
        project = a_project(session)
        for cost in (1, 2, 3):
            bought(session, project, cost_micros=cost, at=NOW + timedelta(hours=cost))

        read: list[ledger.NamedLine] = []
        while found := ledger.named_lines(
            session, after=read[-1] if read else None, limit=2, client_id=project.client_id
        ):
            read += found
        assert [line.amount_micros for line in read] == [3, 2, 1]
        assert {(line.client, line.project, line.video) for line in read} == {
            ("Bakkerij 't Hoekje", "Winter 2026", "Oliebollen")
        }
        assert not ledger.named_lines(session, after=None, limit=2, kind=UsageKind.VOICE)


@pytest.mark.parametrize("scope", list(BudgetScope))
def test_all_hear_once_that_a_budget_is_nearly_used_and_once_that_it_is_used_up(
    database: Database, scope: BudgetScope
) -> None:
    with database.writing() as session:
        prices_are_known(session)
        by = a_producer(session)
        project = a_project(session)
        budget = budgets.set_budget(
            session,
            scope=scope,
            scope_id={BudgetScope.CLIENT_MONTH: project.client_id, BudgetScope.PROJECT: project.id}.get(scope, ""),
            month="" if scope is BudgetScope.PROJECT else "2026-11",
            limit_micros=5 * IMAGE_MICROS,
            note="",
            at=NOW,
        )

        def accept() -> None:
            quote = a_quote(session, a_video(session, project))
            quotes.accept_quote(session, quote.id, total_micros=quote.total_micros, by=by, at=NOW)

        word = scope.value.split("_")[0]
        for _ in range(3):
            accept()
        assert told(session) == []
        accept()
        assert told(session) == [f"{word}_budget_nearly_used"]
        accept()
        assert told(session) == [f"{word}_budget_nearly_used", f"{word}_budget_used_up"]

        budgets.change_limit(session, budget.id, budget.revision, limit_micros=6 * IMAGE_MICROS, note="meer", at=NOW)
        accept()
        assert len(session.scalars(select(Notification)).all()) == 2
        notice = session.scalars(select(Notification)).first()
        assert notice is not None
        assert notice.path == "/costs?month=2026-11"
        names = {BudgetScope.CLIENT_MONTH: "Bakkerij 't Hoekje", BudgetScope.PROJECT: "Winter 2026"}
        assert notice.facts["whose"] == names.get(scope, "")


def test_a_bill_above_its_estimate_is_warned_of_too(database: Database) -> None:
    with database.writing() as session:
        prices_are_known(session)
        project = a_project(session)
        budgets.set_budget(
            session,
            scope=BudgetScope.PROJECT,
            scope_id=project.id,
            month="",
            limit_micros=10 * IMAGE_MICROS,
            note="",
            at=datetime(2026, 11, 1, tzinfo=UTC),
        )
        bought(session, project, cost_micros=9 * IMAGE_MICROS)

        assert told(session) == ["project_budget_nearly_used"]
