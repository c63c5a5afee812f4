"""Idempotency: a creating request that is sent twice makes one thing and gets one answer.

Called by api.deps. Law: the answer is kept in the transaction that made the thing, so there is never one without the
other. Kept for a day: a phone that lost its connection asks again within minutes, a queue within hours.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from pydantic import JsonValue
from sqlalchemy import delete
from sqlalchemy.orm import Session

from engine.core.errors import Invalid
from engine.core.locks import hold_lock
from engine.core.models import IdempotencyKey

KEPT: Final = timedelta(hours=24)
_KEPT_HEADERS = ("content-type", "etag", "location")


class AnsweredBefore(Exception):
    """The same request was answered already; this is that answer."""

    def __init__(self, status: int, headers: Mapping[str, JsonValue], body: str) -> None:
        super().__init__("answered before")
        self.status = status
        self.headers = {name: str(value) for name, value in headers.items()} | {"idempotency-replayed": "true"}
        self.body = body


class KeyReused(Invalid):
    """The key stands for another request."""

    code = "idempotency_key_reused"

    def __init__(self) -> None:
        super().__init__(
            "This Idempotency-Key was used for another request. Nothing was done: send a new key with a new request.",
            field="header.Idempotency-Key",
        )


def request_hash(method: str, path: str, query: str, body: bytes) -> str:
    """What makes two requests the same."""
    return hashlib.sha256(b"\n".join((method.encode(), path.encode(), query.encode(), body))).hexdigest()


def find_answer(session: Session, caller: str, key: str, request_sha256: str, *, at: datetime) -> None:
    """Returns where the request is new; a second one with the same key waits until the first is through.

    Raises AnsweredBefore, KeyReused.
    """
    hold_lock(session, f"idempotency {caller} {key}")
    kept = session.get(IdempotencyKey, (caller, key))
    if kept is None:
        return
    if kept.created_at <= at - KEPT:
        session.delete(kept)
        session.flush()
        return
    if kept.request_sha256 != request_sha256:
        raise KeyReused
    raise AnsweredBefore(kept.status_code, kept.headers, kept.body)


def keep_answer(
    session: Session,
    caller: str,
    key: str,
    request_sha256: str,
    *,
    route: str,
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    at: datetime,
) -> None:
    """Keep the answer beside what it made."""
    session.add(
        IdempotencyKey(
            caller=caller,
            key=key,
            route=route[:300],
            request_sha256=request_sha256,
            status_code=status,
            headers={name: headers[name] for name in _KEPT_HEADERS if name in headers},
            body=body.decode(),
            created_at=at,
        )
    )
    session.flush()


def prune_answers(session: Session, *, at: datetime) -> None:
    """Forget what nobody will ask for again."""
    session.execute(delete(IdempotencyKey).where(IdempotencyKey.created_at < at - KEPT))
