"""Quotes and questions: what would be bought, a person's yes or no, and what only a person can clear up."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.deps import DbSession, Idempotency, Now, PageQuery, ReadSession, SignedInStaff, etag, sorted_by
from api.openapi import problems
from api.routes import StudioRoute
from api.schemas.costs import (
    AcceptIn,
    AnswerIn,
    QuestionOut,
    QuestionSort,
    QuoteAccepted,
    QuoteIn,
    QuoteOut,
    QuoteSort,
    QuoteStatus,
)
from api.schemas.fields import PageOf
from api.schemas.jobs import JobOut
from api.services.quotes import quote_pictures
from automations.paid_questions import Answer, answer_question
from automations.workflows.generate import ask_pictures
from engine.core import audit, models, videos
from engine.core.costs import questions, quotes
from engine.core.errors import Invalid

router = APIRouter(tags=["costs"], route_class=StudioRoute)


@router.get("/quotes", summary="Quotes")
def list_quotes(
    session: ReadSession,
    wish: PageQuery,
    sort: QuoteSort = "-created_at",
    video_id: Annotated[str | None, Query(max_length=36, pattern=r"^[0-9A-Za-z_-]*$")] = None,
    status: QuoteStatus | None = None,
) -> PageOf[QuoteOut]:
    """Quotes, filtered."""
    page = quotes.list_quotes(
        session,
        sorted_by(wish, sort),
        video_id=video_id,
        status=models.QuoteStatus(status) if status else None,
    )
    return PageOf[QuoteOut].model_validate(page)


@router.post(
    "/quotes", status_code=201, summary="Ask a price", dependencies=[Idempotency], responses=problems(404, 409)
)
def create_quote(body: QuoteIn, session: DbSession, now: Now) -> QuoteOut:
    """For one picture a scene; nothing is set aside yet. What has no price is refused: 409 `unknown_price`."""
    quote = quote_pictures(
        session,
        videos.get_video(session, body.video_id),
        provider=body.provider,
        model=body.model,
        scene_ids=body.scene_ids,
        aspect=body.aspect,
        seed=body.seed,
        at=now,
    )
    return QuoteOut.model_validate(quote)


@router.get("/quotes/{quote_id}", summary="One quote")
def get_quote(quote_id: str, response: Response, session: ReadSession) -> QuoteOut:
    """With its lines."""
    quote = quotes.get_quote(session, quote_id)
    response.headers["ETag"] = etag(quote.revision)
    return QuoteOut.model_validate(quote)


@router.post("/quotes/{quote_id}/accept", summary="Say yes to a quote", responses=problems(409))
def accept_quote(quote_id: str, body: AcceptIn, session: DbSession, me: SignedInStaff, now: Now) -> QuoteAccepted:
    """Sets the money aside in every budget that applies and starts the work; said twice, it happens once. Too little
    left is 409 `budget_exceeded`, and nothing is bought."""
    quote = quotes.accept_quote(session, quote_id, total_micros=body.total_micros, by=me.actor, at=now)
    job = ask_pictures(session, quote.id, by=me.actor, at=now)
    audit.record(
        session, "quote_accepted", by=me.actor, subject=("quote", quote.id), at=now, total_micros=quote.total_micros
    )
    return QuoteAccepted(quote=QuoteOut.model_validate(quote), job=JobOut.model_validate(job))


@router.post("/quotes/{quote_id}/decline", summary="Say no to a quote", responses=problems(409))
def decline_quote(quote_id: str, session: DbSession, me: SignedInStaff, now: Now) -> QuoteOut:
    """Nothing is bought."""
    quote = quotes.decline_quote(session, quote_id, at=now)
    audit.record(session, "quote_declined", by=me.actor, subject=("quote", quote.id), at=now)
    return QuoteOut.model_validate(quote)


@router.get("/questions", summary="Questions")
def list_questions(
    session: ReadSession,
    wish: PageQuery,
    sort: QuestionSort = "created_at",
    answered: Annotated[bool, Query(description="Those that were answered.")] = False,
) -> PageOf[QuestionOut]:
    """What only a person can clear up, such as whether a paid call reached its vendor."""
    page = questions.list_questions(session, sorted_by(wish, sort), is_open=not answered)
    return PageOf[QuestionOut].model_validate(page)


@router.get("/questions/{question_id}", summary="One question")
def get_question(question_id: str, session: ReadSession) -> QuestionOut:
    """With its answer, once there is one."""
    return QuestionOut.model_validate(questions.get_question(session, question_id))


@router.post("/questions/{question_id}/answer", summary="Answer a question", responses=problems(409))
def answer(question_id: str, body: AnswerIn, session: DbSession, me: SignedInStaff, now: Now) -> QuestionOut:
    """The job goes on once all its questions are answered. Said once: 409 `question_answered`."""
    if (body.adopt is not None) == body.void:
        raise Invalid("Answer with the vendor's order id (adopt), or that there is no order (void).", field="adopt")
    answered = answer_question(session, question_id, Answer(adopt=body.adopt, void=body.void), by=me.actor, at=now)
    audit.record(session, "question_answered", by=me.actor, subject=("question", question_id), at=now)
    return QuestionOut.model_validate(answered)
