"""Budgets: what may be spent, what is set aside, what is left.

Law: a budget fails closed. Setting money aside checks and takes in one statement, so that two callers cannot share the
last euro; where several budgets apply, all of them must have it.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, func, or_, select, update
from sqlalchemy.orm import Session

from engine.core.costs.prices import MOST_MICROS
from engine.core.errors import Conflict, Invalid, NotFound
from engine.core.models import (
    Budget,
    BudgetScope,
    Client,
    Project,
    UsageClientTotal,
    UsageProjectTotal,
    UsageSpan,
    UsageStudioTotal,
)
from engine.core.revisions import require_revision
from engine.core.texts import clean_prose

STUDIO_ZONE: Final = ZoneInfo("Europe/Amsterdam")
"""In which a month of money begins and ends."""


class BudgetExceeded(Conflict):
    """The budget has not enough left; nothing was set aside and nothing bought."""

    code = "budget_exceeded"

    def __init__(self, budget: Budget, named: str, *, wanted_micros: int) -> None:
        left = max(0, budget.limit_micros - budget.booked_micros - budget.reserved_micros)
        super().__init__(
            f"{named} has {_euros(left)} left; this costs {_euros(wanted_micros)}. Nothing was bought. "
            "Pick less, or ask the owner for a higher budget.",
            budget_id=budget.id,
            left_micros=left,
            wanted_micros=wanted_micros,
        )


def month_of(at: datetime) -> str:
    """YYYY-MM of a moment, as the studio's calendar has it."""
    return f"{at.astimezone(STUDIO_ZONE):%Y-%m}"


def set_budget(
    session: Session, *, scope: BudgetScope, scope_id: str, month: str, limit_micros: int, note: str, at: datetime
) -> Budget:
    """A limit for the studio or a client in a month, or for a project. What was spent before it counts.

    Raises Invalid, NotFound, Conflict (budget_exists).
    """
    _require_target(session, scope, scope_id, month)
    if session.scalar(
        select(Budget.id).where(Budget.scope == scope, Budget.scope_id == scope_id, Budget.month == month)
    ):
        raise Conflict("There is such a budget already. Change that one.", code="budget_exists")
    budget = Budget(
        scope=scope,
        scope_id=scope_id,
        month=month,
        limit_micros=_limit(limit_micros),
        booked_micros=_spent_before(session, scope, scope_id, month),
        reserved_micros=0,
        note=clean_prose(note, "note", longest=2000),
        created_at=at,
        updated_at=at,
    )
    session.add(budget)
    session.flush()
    return budget


def change_limit(
    session: Session, budget_id: str, revision: int, *, limit_micros: int, note: str, at: datetime
) -> Budget:
    """A new limit, with the reason. It may lie below what is spent: then nothing more is bought.

    Raises NotFound, RevisionOutdated, Invalid.
    """
    budget = get_budget(session, budget_id)
    require_revision(budget, revision, "budget")
    budget.limit_micros = _limit(limit_micros)
    budget.note = clean_prose(note, "note", longest=2000)
    budget.updated_at = at
    session.flush()
    return budget


def get_budget(session: Session, budget_id: str) -> Budget:
    """Raises NotFound."""
    budget = session.get(Budget, budget_id)
    if budget is None:
        raise NotFound("budget", budget_id)
    return budget


def all_budgets(session: Session, month: str) -> Sequence[Budget]:
    """The budgets of a month, and those of projects."""
    return session.scalars(
        select(Budget).where(or_(Budget.month == month, Budget.scope == BudgetScope.PROJECT)).order_by(Budget.id)
    ).all()


def applying_budgets(session: Session, client_id: str, project_id: str, month: str) -> Sequence[str]:
    """The ids of all budgets that a spending counts against, always in one order: no two wait for each other."""
    return session.scalars(
        select(Budget.id)
        .where(
            or_(
                and_(Budget.scope == BudgetScope.STUDIO_MONTH, Budget.scope_id == "", Budget.month == month),
                and_(Budget.scope == BudgetScope.CLIENT_MONTH, Budget.scope_id == client_id, Budget.month == month),
                and_(Budget.scope == BudgetScope.PROJECT, Budget.scope_id == project_id, Budget.month == ""),
            )
        )
        .order_by(Budget.id)
    ).all()


def reserve(session: Session, budget_id: str, amount_micros: int) -> None:
    """Set money aside before the paid call that will spend it.

    One statement both checks and takes. Raises BudgetExceeded; the caller's transaction then takes back what other
    budgets gave.
    """
    left = Budget.limit_micros - Budget.booked_micros - Budget.reserved_micros
    taken = session.scalar(
        update(Budget)
        .where(Budget.id == budget_id, left >= amount_micros)
        .values(reserved_micros=Budget.reserved_micros + amount_micros)
        .returning(Budget.id)
        .execution_options(synchronize_session=False)
    )
    if taken is None:
        budget = session.get_one(Budget, budget_id, populate_existing=True)
        raise BudgetExceeded(budget, budget_name(session, budget), wanted_micros=amount_micros)


def settle(session: Session, budget_id: str, *, released_micros: int, booked_micros: int) -> None:
    """Move what a call cost from set aside to spent. booked_micros: below zero takes a spending back."""
    session.execute(
        update(Budget)
        .where(Budget.id == budget_id)
        .values(
            reserved_micros=Budget.reserved_micros - released_micros,
            booked_micros=Budget.booked_micros + booked_micros,
        )
        .execution_options(synchronize_session=False)
    )


def budget_name(session: Session, budget: Budget) -> str:
    """What people call it: “2026-11 for Bakkerij Anna”."""
    if budget.scope is BudgetScope.STUDIO_MONTH:
        return f"The studio's budget of {budget.month}"
    if budget.scope is BudgetScope.CLIENT_MONTH:
        client = session.get(Client, budget.scope_id)
        return f"The budget of {budget.month} for {client.name if client else 'this client'}"
    project = session.get(Project, budget.scope_id)
    return f"The budget of “{project.name if project else 'this project'}”"


def _require_target(session: Session, scope: BudgetScope, scope_id: str, month: str) -> None:
    if scope is BudgetScope.PROJECT:
        if month:
            raise Invalid("A project's budget is for all of it and has no month.", field="month")
        if session.get(Project, scope_id) is None:
            raise NotFound("project", scope_id)
        return
    if len(month) != 7 or month[4] != "-" or not (month[:4] + month[5:]).isdigit() or not 1 <= int(month[5:]) <= 12:
        raise Invalid("The month is written like 2026-11.", field="month")
    if scope is BudgetScope.CLIENT_MONTH and session.get(Client, scope_id) is None:
        raise NotFound("client", scope_id)
    if scope is BudgetScope.STUDIO_MONTH and scope_id:
        raise Invalid("The studio's own budget names no client and no project.", field="scope_id")


def _limit(limit_micros: int) -> int:
    if not 0 <= limit_micros <= MOST_MICROS:
        raise Invalid("A budget lies between € 0 and € 1,000,000.", field="limit_micros")
    return limit_micros


def _spent_before(session: Session, scope: BudgetScope, scope_id: str, month: str) -> int:
    if scope is BudgetScope.PROJECT:
        months = UsageProjectTotal.span == UsageSpan.MONTH
        amounts = select(UsageProjectTotal.amount_micros).where(UsageProjectTotal.project_id == scope_id, months)
    elif scope is BudgetScope.CLIENT_MONTH:
        amounts = _of_month(UsageClientTotal, month).where(UsageClientTotal.client_id == scope_id)
    else:
        amounts = _of_month(UsageStudioTotal, month)
    return int(session.scalar(select(func.coalesce(func.sum(amounts.subquery().c.amount_micros), 0))) or 0)


def _of_month(sums: type[UsageClientTotal] | type[UsageStudioTotal], month: str) -> Select[int]:
    return select(sums.amount_micros).where(
        sums.span == UsageSpan.MONTH, sums.starts_on == date.fromisoformat(f"{month}-01")
    )


def _euros(micros: int) -> str:
    """For a message: whole cents, but never € 0.00 for something."""
    cents = micros / 10_000
    return f"€ {micros / 1_000_000:.2f}" if cents >= 1 or micros == 0 else f"€ {micros / 1_000_000:.4f}"
