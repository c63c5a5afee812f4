"""Questions: what only a person can say, such as whether a paid call reached its vendor.

Called by api.routers.costs; asked by automations.paid_calls, which acts on the answer.
Law: a question is answered once.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.errors import NotFound
from engine.core.models import Question
from engine.core.paging import Page, PageWish, read_page


def get_question(session: Session, question_id: str) -> Question:
    """Raises NotFound."""
    question = session.get(Question, question_id)
    if question is None:
        raise NotFound("question", question_id)
    return question


def list_questions(session: Session, wish: PageWish, *, is_open: bool = True) -> Page[Question]:
    """Questions that wait, or those that were answered; sorts: created_at. Raises Invalid."""
    waits = Question.answered_at.is_(None) if is_open else Question.answered_at.is_not(None)
    return read_page(
        session, select(Question).where(waits), wish, sorts={"created_at": Question.created_at}, unique=Question.id
    )
