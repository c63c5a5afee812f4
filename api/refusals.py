"""Refusals: what somebody who is signed in may not do, or what there is no money for, is written down.

Called by api.errors, once the request's own transaction is over. Law: a refusal stays one, whether it could be written
down or not.
"""

import logging

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from starlette.requests import Request

from api.studio import Studio
from engine.core import audit, errors
from engine.core.actors import Actor
from engine.core.costs.budgets import BudgetExceeded

log = logging.getLogger("bom.api")


async def note_refusal(request: Request, error: errors.DomainError) -> None:
    """Write down what only an owner may do and what no budget pays, where somebody is known
    (api.deps.get_signed_in)."""
    actor: Actor | None = getattr(request.state, "actor", None)
    if actor is None or not (error.code == "owner_only" or isinstance(error, BudgetExceeded)):
        return
    studio: Studio = request.app.state.studio
    asked, at = f"{request.method} {request.url.path}"[:300], studio.clock()

    def note(session: Session) -> None:
        if isinstance(error, BudgetExceeded):
            audit.record(
                session,
                "budget_refused",
                by=actor,
                subject=("budget", str(error.facts["budget_id"])),
                at=at,
                asked=asked,
                left_micros=error.facts["left_micros"],
                wanted_micros=error.facts["wanted_micros"],
            )
        else:
            audit.record(session, "owner_only_refused", by=actor, at=at, asked=asked)

    try:
        await studio.write(note)
    except SQLAlchemyError as problem:
        log.warning("a refusal could not be written down: %s", str(problem).splitlines()[0])
