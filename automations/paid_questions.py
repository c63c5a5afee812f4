"""Paid questions: what only a person can find out, which is whether an order reached a vendor that cannot tell.

Called by automations.paid_calls (`ask`), api.routers.quotes (`answer_question`) and automations.workflows.generate
(`hand_over`).
Law: an answer is given once. It decides whether something is bought again, so it names who gave it.
"""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field, model_validator
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from automations import jobs
from engine.core.actors import Actor
from engine.core.errors import Conflict, NotFound
from engine.core.models import PaidCall, PaidCallState, Question
from engine.core.notifications import notify_everybody


class QuestionAnswered(Conflict):
    """Somebody answered it already."""

    code = "question_answered"


class Answer(BaseModel):
    """What a person found at the vendor: the order's id there, or that there is none."""

    model_config = ConfigDict(extra="forbid")

    adopt: str | None = Field(default=None, min_length=1, max_length=200)
    void: bool = False

    @model_validator(mode="after")
    def _one_of_them(self) -> "Answer":
        if (self.adopt is not None) == self.void:
            raise ValueError("Answer with the vendor's order id (adopt), or that there is no order (void).")
        return self


def ask(session: Session, call: PaidCall, reason: str, *, job_id: str, at: datetime) -> Question:
    """Ask all staff about an order that got no answer. reason: why the vendor cannot tell."""
    question = Question(
        paid_call_id=call.id,
        job_id=job_id,
        attempt=call.attempt,
        text=(
            f"An order at {call.provider} ({call.model}, {call.sent_at:%Y-%m-%d %H:%M} UTC) got no answer. "
            f"{reason} "
            f"Look at {call.provider} whether it is there: if so, give its id; if not, say so and it is sent again."
        ),
        created_at=at,
    )
    session.add(question)
    session.flush()
    notify_everybody(
        session,
        kind="paid_call_question",
        facts={"question_id": question.id, "provider": call.provider, "model": call.model},
        path=f"/billing/questions/{question.id}",
        once_key=f"question:{question.id}",
        at=at,
    )
    return question


def answer_question(session: Session, question_id: str, answer: Answer, *, by: Actor, at: datetime) -> Question:
    """A person's word on whether an order arrived; the job goes on when all its questions are answered.

    Raises NotFound, QuestionAnswered, Conflict (order_taken) where the order is another call's.
    """
    question = session.get(Question, question_id, with_for_update=True)
    if question is None:
        raise NotFound("question", question_id)
    if question.answered_at is not None:
        raise QuestionAnswered("Somebody has answered this question already. Nothing was changed.")
    call = session.get_one(PaidCall, question.paid_call_id, with_for_update=True, populate_existing=True)
    if call.state is PaidCallState.UNKNOWN:
        if answer.adopt is not None:
            if _owner_of(session, call.provider, answer.adopt) is not None:
                raise Conflict("That order belongs to another picture. Look for another one.", code="order_taken")
            call.vendor_job_id = answer.adopt
            call.state = PaidCallState.ACCEPTED
        else:
            call.state = PaidCallState.VOID
    question.answered_at = at
    question.answered_by_staff_id = by.staff_id
    question.answer = answer.model_dump()
    session.flush()
    jobs.wake(session, question.job_id, at=at)
    return question


def hand_over(session: Session, quote_id: str, job_id: str) -> None:
    """Let another job go on when the open questions about a quote's orders are answered; theirs has ended."""
    calls = select(PaidCall.id).where(PaidCall.quote_id == quote_id)
    session.execute(
        update(Question)
        .where(Question.paid_call_id.in_(calls), Question.answered_at.is_(None))
        .values(job_id=job_id)
        .execution_options(synchronize_session=False)
    )


def _owner_of(session: Session, provider: str, vendor_job_id: str) -> str | None:
    return session.scalar(
        select(PaidCall.id).where(PaidCall.provider == provider, PaidCall.vendor_job_id == vendor_job_id)
    )
