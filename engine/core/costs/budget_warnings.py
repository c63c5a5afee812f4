"""Budget warnings: all staff hear that a budget is nearly used, and that it is used up.

Called by engine.core.costs.quotes and ledger, in the transaction that sets money aside or books it.
Law: once for each budget and month of each of the two, however often it is lifted.
"""

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from engine.core.costs.budgets import month_of
from engine.core.models import Budget, BudgetScope, Client, Project
from engine.core.notifications import notify_everybody

WARNED_AT_PERCENT: Final = 80
KIND_OF: Final = {
    BudgetScope.STUDIO_MONTH: "studio_budget",
    BudgetScope.CLIENT_MONTH: "client_budget",
    BudgetScope.PROJECT: "project_budget",
}


def warn(session: Session, budget_id: str, *, at: datetime) -> None:
    """Tell all staff where so much of it is spent or set aside now. Called after the budget's row was written, whose
    lock keeps two callers from telling the same at once."""
    budget = session.get_one(Budget, budget_id, populate_existing=True)
    used_micros = budget.booked_micros + budget.reserved_micros
    if used_micros * 100 < WARNED_AT_PERCENT * budget.limit_micros:
        return
    step = "used_up" if used_micros >= budget.limit_micros else "nearly_used"
    notify_everybody(
        session,
        kind=f"{KIND_OF[budget.scope]}_{step}",
        facts={"whose": _whose(session, budget), "budget_id": budget.id, "month": budget.month},
        path=f"/costs?month={budget.month or month_of(at)}",
        once_key=f"budget_{step}:{budget.id}:{month_of(at)}",
        at=at,
    )


def _whose(session: Session, budget: Budget) -> str:
    """The client's or project's name; empty for the studio."""
    if budget.scope is BudgetScope.STUDIO_MONTH:
        return ""
    if budget.scope is BudgetScope.CLIENT_MONTH:
        client = session.get(Client, budget.scope_id)
        return client.name if client else ""
    project = session.get(Project, budget.scope_id)
    return project.name if project else ""
