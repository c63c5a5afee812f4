from datetime import UTC, date, datetime
from itertools import product

import pytest
from sqlalchemy import func, insert, select

from engine.core.costs import budgets, ledger, prices, quotes, totals
from engine.core.costs.prices import UnknownPrice, UnknownRate
from engine.core.database import Database
from engine.core.errors import Conflict
from engine.core.models import (
    ApiUsage,
    Budget,
    BudgetScope,
    UsageKind,
    UsageTotal,
)
from tests.core.domain import (
    FLUX_SCHNELL,
    NOW,
    a_finished_call,
    a_producer,
    a_project,
    a_quote,
    a_video,
    prices_are_known,
)


def test_a_price_that_nobody_set_is_refused_and_named(database: Database) -> None:
    with database.writing() as session:
        video = a_video(session)

        with pytest.raises(UnknownPrice, match=r"one image of black-forest-labs/flux-schnell at replicate"):
            a_quote(session, video)


def test_a_currency_without_a_rate_is_refused_and_named(database: Database) -> None:
    with database.writing() as session:
        prices.add_price(
            session,
            provider="replicate",
            model=FLUX_SCHNELL,
            unit="image",
            amount_micros=3000,
            currency="USD",
            valid_from=NOW,
            source="",
            at=NOW,
        )
        video = a_video(session)

        with pytest.raises(UnknownRate, match="USD"):
            a_quote(session, video)


def test_a_new_price_does_not_change_what_was_quoted_before(database: Database) -> None:
    with database.writing() as session:
        prices_are_known(session)
        quote = a_quote(session, a_video(session), images=2)
        later = NOW.replace(day=23)
        prices.add_price(
            session,
            provider="replicate",
            model=FLUX_SCHNELL,
            unit="image",
            amount_micros=9000,
            currency="USD",
            valid_from=later,
            source="",
            at=later,
        )

        assert quotes.lines_of(quote)[0].amount_micros == 2580
        assert prices.get_price(session, "replicate", FLUX_SCHNELL, "image", later).amount_micros == 9000


def test_a_call_is_booked_once_and_leaves_what_was_set_aside(database: Database) -> None:
    with database.writing() as session:
        prices_are_known(session)
        by = a_producer(session)
        project = a_project(session)
        quote = a_quote(session, a_video(session, project), images=2)
        budget = budgets.set_budget(
            session, scope=BudgetScope.PROJECT, scope_id=project.id, month="", limit_micros=10**6, note="", at=NOW
        )
        quotes.accept_quote(session, quote.id, total_micros=quote.total_micros, by=by, at=NOW)
        call = a_finished_call(session, quote)
        line = quotes.lines_of(quote)[0]

    for _ in range(3):
        with database.writing() as session:
            ledger.book(session, call, line, amount_micros=2600, at=NOW)

    with database.writing() as session:
        after = session.get_one(Budget, budget.id)
        assert (after.booked_micros, after.reserved_micros) == (2600, 2580)
        cost = totals.cost_of_project(session, project.id)
        assert (cost.amount_micros, cost.estimated_micros, cost.lines) == (2600, 2580, 1)
        quotes.settle_quote(session, quote.id, at=NOW)
    with database.reading() as session:
        assert session.get_one(Budget, budget.id).reserved_micros == 0


def test_a_refund_is_a_line_below_zero_and_happens_once(database: Database) -> None:
    with database.writing() as session:
        prices_are_known(session)
        by = a_producer(session)
        project = a_project(session)
        budget = budgets.set_budget(
            session, scope=BudgetScope.PROJECT, scope_id=project.id, month="", limit_micros=10**6, note="", at=NOW
        )
        quote = a_quote(session, a_video(session, project))
        quotes.accept_quote(session, quote.id, total_micros=quote.total_micros, by=by, at=NOW)
        usage = ledger.book(
            session, a_finished_call(session, quote), quotes.lines_of(quote)[0], amount_micros=2580, at=NOW
        )
        ledger.refund(session, usage.id, amount_micros=2580, reason="leeg beeld", by=by, at=NOW)

        with pytest.raises(Conflict, match="refunded already"):
            ledger.refund(session, usage.id, amount_micros=1, reason="nog eens", by=by, at=NOW)

    with database.reading() as session:
        assert totals.cost_of_project(session, project.id).amount_micros == 0
        assert session.get_one(Budget, budget.id).booked_micros == 0
        assert session.get_one(ApiUsage, usage.id).amount_micros == 2580


@pytest.mark.parametrize("scope", list(BudgetScope))
def test_a_budget_that_is_set_late_counts_what_was_spent_before(database: Database, scope: BudgetScope) -> None:
    with database.writing() as session:
        prices_are_known(session)
        by = a_producer(session)
        project = a_project(session)
        quote = a_quote(session, a_video(session, project))
        quotes.accept_quote(session, quote.id, total_micros=quote.total_micros, by=by, at=NOW)
        ledger.book(session, a_finished_call(session, quote), quotes.lines_of(quote)[0], amount_micros=2580, at=NOW)

        budget = budgets.set_budget(
            session,
            scope=scope,
            scope_id={BudgetScope.CLIENT_MONTH: project.client_id, BudgetScope.PROJECT: project.id}.get(scope, ""),
            month="" if scope is BudgetScope.PROJECT else "2026-11",
            limit_micros=10**6,
            note="",
            at=NOW,
        )

        assert budget.booked_micros == 2580


def test_a_hundred_thousand_images_of_a_third_of_a_cent_sum_to_the_cent(database: Database) -> None:
    with database.writing() as session:
        prices_are_known(session, flux_micro_dollars=3000, micro_euros=1_000_000)
        by = a_producer(session)
        project = a_project(session)
        quote = a_quote(session, a_video(session, project))
        quotes.accept_quote(session, quote.id, total_micros=quote.total_micros, by=by, at=NOW)
        ledger.book(session, a_finished_call(session, quote), quotes.lines_of(quote)[0], amount_micros=3000, at=NOW)
        copied = {
            column.key: column for column in ApiUsage.__table__.columns if column.key not in {"id", "paid_call_id"}
        }
        for place in range(17):  # all there are once more, by an id that has an x there
            other_id = func.substr(ApiUsage.id, 1, place).concat("x").concat(func.substr(ApiUsage.id, place + 2))
            there = select(*copied.values(), other_id).limit(100_000 - 2**place)
            session.execute(insert(ApiUsage).from_select([*copied, "id"], there))
        totals.rebuild_totals(session)

    with database.reading() as session:
        assert session.scalar(select(func.sum(ApiUsage.amount_micros))) == 300_000_000
        assert totals.cost_of_project(session, project.id).amount_micros == 300_000_000  # € 300.00, and 100,000 lines
        assert session.scalar(select(func.count()).select_from(UsageTotal)) == 2  # its day, and its month


def test_the_sums_split_by_anything_are_the_sum(database: Database) -> None:
    with database.writing() as session:
        prices_are_known(session)
        by = a_producer(session)
        for name in ("Winter", "Zomer"):
            project = a_project(session, name=name)
            quote = a_quote(session, a_video(session, project))
            quotes.accept_quote(session, quote.id, total_micros=quote.total_micros, by=by, at=NOW)
            ledger.book(session, a_finished_call(session, quote), quotes.lines_of(quote)[0], amount_micros=2580, at=NOW)

    with database.reading() as session:
        whole = totals.cost_between(session, NOW.date(), NOW.date()).amount_micros
        assert whole == 5160
        for by_what in ("day", "provider", "kind", "client", "project"):
            parts = totals.cost_parts(session, by_what)
            assert sum(part.cost.amount_micros for part in parts) == whole
            assert totals.cost_parts(session, by_what, provider="replicate") == parts
            assert totals.cost_parts(session, by_what, provider="somebody-else") == []
        assert [part.key for part in totals.cost_parts(session, "kind")] == [UsageKind.IMAGE]


def test_sums_are_the_same_however_they_are_cut_and_put_together(database: Database) -> None:
    days = [date(2026, 9, 30), *(date(2026, 10, day) for day in (1, 9, 20, 31)), date(2026, 11, 1), date(2026, 11, 22)]
    with database.writing() as session:
        prices_are_known(session)
        by = a_producer(session)
        project = a_project(session)
        for number, day in enumerate(days):
            quote = a_quote(session, a_video(session, project))
            quotes.accept_quote(session, quote.id, total_micros=quote.total_micros, by=by, at=NOW)
            at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
            (line,) = quotes.lines_of(quote)
            ledger.book(session, a_finished_call(session, quote), line, amount_micros=10**number, at=at)

    all_owners = list(product((None, project.id), (None, project.client_id), (None, "replicate")))
    with database.writing() as session:
        for first in (None, *days):
            for last in (None, *days):
                if first and last and first > last:
                    continue
                expected = sum(
                    10**number
                    for number, day in enumerate(days)
                    if (first is None or first <= day) and (last is None or day <= last)
                )
                owners = all_owners if first is last else (all_owners[0], all_owners[-1])
                for split in totals.SPLIT_BY:
                    for project_id, client_id, provider in owners:
                        parts = totals.cost_parts(
                            session,
                            split,
                            first_day=first,
                            last_day=last,
                            project_id=project_id,
                            client_id=client_id,
                            provider=provider,
                        )
                        assert sum(part.cost.amount_micros for part in parts) == expected, (first, last, split)
        months = totals.cost_parts(session, "month")
        assert [(part.key, part.cost.amount_micros) for part in months] == [
            ("2026-09", 1),
            ("2026-10", 11_110),
            ("2026-11", 1_100_000),
        ]
        before = [totals.cost_parts(session, split) for split in totals.SPLIT_BY]
        totals.rebuild_totals(session)
        assert [totals.cost_parts(session, split) for split in totals.SPLIT_BY] == before
