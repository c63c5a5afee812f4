from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from engine.core.costs import budgets, quotes
from engine.core.costs.budgets import BudgetExceeded
from engine.core.database import Database
from engine.core.errors import Conflict, RevisionOutdated
from engine.core.models import Budget, BudgetScope, Quote, QuoteStatus
from tests.core.domain import NOW, a_client, a_producer, a_project, a_quote, a_video, prices_are_known


def test_of_fifty_who_accept_at_once_exactly_those_get_it_whom_the_budget_can_pay(database: Database) -> None:
    with database.writing() as session:
        prices_are_known(session)  # one image: 2,580 micro-euros
        by = a_producer(session)
        project = a_project(session)
        video = a_video(session, project)
        budget = budgets.set_budget(
            session, scope=BudgetScope.PROJECT, scope_id=project.id, month="", limit_micros=2580 * 17, note="", at=NOW
        )
        asked = [(quote.id, quote.total_micros) for quote in (a_quote(session, video) for _ in range(50))]

    def accept(quote: tuple[str, int]) -> bool:
        try:
            with database.writing() as session:
                quotes.accept_quote(session, quote[0], total_micros=quote[1], by=by, at=NOW)
        except BudgetExceeded:
            return False
        return True

    with ThreadPoolExecutor(10) as callers:
        accepted = list(callers.map(accept, asked))

    assert accepted.count(True) == 17
    with database.reading() as session:
        after = session.get_one(Budget, budget.id)
        assert (after.reserved_micros, after.booked_micros) == (2580 * 17, 0)
        assert session.query(Quote).filter_by(status=QuoteStatus.ACCEPTED).count() == 17


def test_what_one_budget_gave_is_given_back_when_another_has_too_little(database: Database) -> None:
    with database.writing() as session:
        prices_are_known(session)
        by = a_producer(session)
        project = a_project(session)
        video = a_video(session, project)
        studio = budgets.set_budget(
            session, scope=BudgetScope.STUDIO_MONTH, scope_id="", month="2026-11", limit_micros=10**7, note="", at=NOW
        )
        budgets.set_budget(
            session, scope=BudgetScope.PROJECT, scope_id=project.id, month="", limit_micros=100, note="", at=NOW
        )
        quote = a_quote(session, video)

    with (
        pytest.raises(BudgetExceeded, match=r"“Winter 2026” has € 0\.0001 left; this costs € 0\.0026"),
        database.writing() as session,
    ):
        quotes.accept_quote(session, quote.id, total_micros=quote.total_micros, by=by, at=NOW)

    with database.reading() as session:
        assert session.get_one(Budget, studio.id).reserved_micros == 0
        assert session.get_one(Quote, quote.id).status is QuoteStatus.OPEN


def test_accepting_twice_sets_the_money_aside_once(database: Database) -> None:
    with database.writing() as session:
        prices_are_known(session)
        by = a_producer(session)
        project = a_project(session)
        quote = a_quote(session, a_video(session, project), images=3)
        budget = budgets.set_budget(
            session, scope=BudgetScope.PROJECT, scope_id=project.id, month="", limit_micros=10**6, note="", at=NOW
        )

    for _ in range(2):
        with database.writing() as session:
            quotes.accept_quote(session, quote.id, total_micros=3 * 2580, by=by, at=NOW)

    with database.reading() as session:
        assert session.get_one(Budget, budget.id).reserved_micros == 3 * 2580


def test_what_a_finished_quote_did_not_need_can_be_spent_again(database: Database) -> None:
    with database.writing() as session:
        prices_are_known(session)
        by = a_producer(session)
        project = a_project(session)
        video = a_video(session, project)
        budget = budgets.set_budget(
            session, scope=BudgetScope.PROJECT, scope_id=project.id, month="", limit_micros=2580, note="", at=NOW
        )
        first, second = a_quote(session, video), a_quote(session, video)
        quotes.accept_quote(session, first.id, total_micros=2580, by=by, at=NOW)

    with database.writing() as session:
        quotes.settle_quote(session, first.id, at=NOW)
        quotes.settle_quote(session, first.id, at=NOW)
    with database.writing() as session:
        quotes.accept_quote(session, second.id, total_micros=2580, by=by, at=NOW)

    with database.reading() as session:
        assert session.get_one(Budget, budget.id).reserved_micros == 2580


@pytest.mark.parametrize(
    ("total", "later", "code"),
    [(2581, timedelta(0), "quote_amount_differs"), (2580, quotes.VALID_FOR, "quote_expired")],
)
def test_a_quote_is_not_accepted_for_another_amount_or_too_late(
    database: Database, total: int, later: timedelta, code: str
) -> None:
    with database.writing() as session:
        prices_are_known(session)
        by = a_producer(session)
        quote = a_quote(session, a_video(session))

    with database.writing() as session, pytest.raises(Conflict) as refused:
        quotes.accept_quote(session, quote.id, total_micros=total, by=by, at=NOW + later)

    assert refused.value.code == code


def test_two_owners_do_not_overwrite_each_others_limit(database: Database) -> None:
    with database.writing() as session:
        client = a_client(session)
        budget = budgets.set_budget(
            session,
            scope=BudgetScope.CLIENT_MONTH,
            scope_id=client.id,
            month="2026-11",
            limit_micros=5_000_000,
            note="",
            at=NOW,
        )
    with database.writing() as session:
        budgets.change_limit(session, budget.id, 1, limit_micros=9_000_000, note="Sinterklaas", at=NOW)

    with database.writing() as session, pytest.raises(RevisionOutdated):
        budgets.change_limit(session, budget.id, 1, limit_micros=1_000_000, note="te veel", at=NOW)

    with database.reading() as session:
        assert session.get_one(Budget, budget.id).limit_micros == 9_000_000
