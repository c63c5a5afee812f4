"""Housekeeping: what nobody will ask for again is forgotten, every hour.

Started by api.main. Law: a failure here is logged and waits for the next hour; it never stops a request.
"""

import logging
from typing import Final

import anyio
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from api.services.idempotency import prune_answers
from api.studio import Studio
from engine.core.errors import Unavailable
from engine.core.passkeys import prune_challenges
from engine.core.sessions import prune_sessions
from engine.core.sign_in_limits import prune_attempts
from engine.core.sign_in_links import prune_links

EVERY_S: Final = 3600
log = logging.getLogger("bom.api")


async def keep_house(studio: Studio) -> None:
    """Tidy up now and every hour, until cancelled."""

    def tidy(session: Session) -> None:
        at = studio.clock()
        prune_answers(session, at=at)
        prune_sessions(session, at=at)
        prune_attempts(session, at=at)
        prune_links(session, at=at)
        prune_challenges(session, at=at)

    while True:
        try:
            await studio.write(tidy)
        except (SQLAlchemyError, Unavailable) as problem:
            log.warning("housekeeping waits an hour: %s", type(problem).__name__)
        await anyio.sleep(EVERY_S)
