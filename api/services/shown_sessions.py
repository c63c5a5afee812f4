"""Shown sessions: where somebody is signed in, as staff and clients see their own.

Called by api.routers.auth and api.routers.portal_sign_in.
"""

from collections.abc import Iterable

from api.schemas.auth import SessionOut, SessionsOut
from engine.core.models import SignInSession


def as_sessions(rows: Iterable[SignInSession], this_id: str) -> SessionsOut:
    """In their order. this_id: the session that asks."""
    return SessionsOut(
        items=[
            SessionOut(
                id=row.id,
                is_this=row.id == this_id,
                address=row.address,
                user_agent=row.user_agent,
                created_at=row.created_at,
                last_used_at=row.last_used_at,
                expires_at=row.expires_at,
            )
            for row in rows
        ]
    )
