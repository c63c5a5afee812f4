"""Money: what was spent, prices, budgets, and questions about paid calls, as the api tells of them."""

from collections.abc import Mapping
from datetime import date

from api.schemas.costs import (
    AnswerIn,
    BudgetChanges,
    BudgetIn,
    BudgetOut,
    BudgetsOut,
    DriftsOut,
    MonthOut,
    PriceIn,
    PriceOut,
    PricesOut,
    QuestionOut,
    RateIn,
    RateOut,
    RatesOut,
    SplitBy,
    SummaryOut,
    UsageListed,
)
from api.schemas.fields import PageOf
from engine.ui.client.door import Door, on_revision


class Costs(Door):
    """Every method raises ApiProblem."""

    async def questions(self) -> PageOf[QuestionOut]:
        """Questions that only a person can answer, the oldest first."""
        return await self.get("/questions", PageOf[QuestionOut], sort="created_at")

    async def answer_question(self, question_id: str, answer: AnswerIn) -> QuestionOut:
        """Say what was found at the vendor; its job goes on by itself."""
        return await self.send("POST", f"/questions/{question_id}/answer", QuestionOut, answer)

    async def spend(self, by: SplitBy, first_day: date, last_day: date, *, provider: str | None = None) -> SummaryOut:
        """What was spent, both days included, with all providers or one."""
        days = {"first_day": str(first_day), "last_day": str(last_day)}
        return await self.get("/costs/summary", SummaryOut, by=by, provider=provider, **days)

    async def month_of_costs(self, month: str) -> MonthOut:
        """All that a month cost, and how far its budgets are. month: 2026-11."""
        return await self.get(f"/costs/months/{month}", MonthOut)

    async def drift(self) -> DriftsOut:
        """What each model cost beside what was estimated for it."""
        return await self.get("/costs/drift", DriftsOut)

    async def ledger_lines(
        self, asked: Mapping[str, str | None], *, limit: int = 25, cursor: str | None = None
    ) -> PageOf[UsageListed]:
        """Lines of the ledger, the newest first. asked: the filters, by the api's own names."""
        return await self.get("/costs/ledger", PageOf[UsageListed], limit=limit, cursor=cursor, **asked)

    async def sum_of(
        self, asked: Mapping[str, str | None], first_day: date | None = None, last_day: date | None = None
    ) -> SummaryOut:
        """What those lines are together, by provider. asked: the filters without days."""
        days = {"first_day": str(first_day) if first_day else None, "last_day": str(last_day) if last_day else None}
        named = {name: said for name, said in asked.items() if name not in {"since", "until"}}
        return await self.get("/costs/summary", SummaryOut, by="provider", **named, **days)

    async def budgets(self) -> BudgetsOut:
        """Budgets of this month, and those of projects."""
        return await self.get("/costs/budgets", BudgetsOut)

    async def set_budget(self, budget: BudgetIn, intent: str) -> BudgetOut:
        """A new budget. intent: the same for a second click, which makes none."""
        return await self.send("POST", "/costs/budgets", BudgetOut, budget, {"Idempotency-Key": intent})

    async def change_budget(self, budget_id: str, changes: BudgetChanges, revision: int) -> BudgetOut:
        """A new limit, with the reason."""
        return await self.send("PATCH", f"/costs/budgets/{budget_id}", BudgetOut, changes, on_revision(revision))

    async def prices(self) -> PricesOut:
        """Every price there ever was, the newest of each thing first."""
        return await self.get("/costs/prices", PricesOut)

    async def add_price(self, price: PriceIn, intent: str) -> PriceOut:
        """A price from a moment on. intent: as for a budget."""
        return await self.send("POST", "/costs/prices", PriceOut, price, {"Idempotency-Key": intent})

    async def exchange_rates(self) -> RatesOut:
        """Every rate there ever was, the newest of each currency first."""
        return await self.get("/costs/exchange-rates", RatesOut)

    async def add_exchange_rate(self, rate: RateIn, intent: str) -> RateOut:
        """A rate from a moment on. intent: as for a budget."""
        return await self.send("POST", "/costs/exchange-rates", RateOut, rate, {"Idempotency-Key": intent})
