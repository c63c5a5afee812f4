"""Money: what was spent, budgets, and questions about paid calls, as the api tells of them."""

from datetime import date

from api.schemas.costs import AnswerIn, BudgetsOut, QuestionOut, SplitBy, SummaryOut
from api.schemas.fields import PageOf
from engine.ui.client.door import Door


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

    async def budgets(self) -> BudgetsOut:
        """Budgets of this month, and those of projects."""
        return await self.get("/costs/budgets", BudgetsOut)
