"""Vendor webhooks: a vendor tells that what was ordered is done; whoever waits for it goes on at once.

Called by api.routers.webhooks. Law: nothing of a body is believed before its signature is verified over the bytes as
they came; a refusal is noted, once a minute for an address; the same delivery twice does nothing twice.
"""

import hashlib
from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.services.idempotency import find_answer, keep_answer
from api.studio import Studio
from automations.workflows.generate import collect_at_once
from engine.core import audit
from engine.core.errors import DomainError, Invalid, Refused, Unavailable
from engine.core.models import AuditEntry
from engine.providers.replicate import Replicate
from engine.providers.replicate_webhooks import WebhookForged, verified_job

MOST_BYTES: Final = 256_000
"""A prediction is a prompt of 5,000 characters at most, its log and an address."""
NOTED_EVERY: Final = timedelta(minutes=1)
"""Anybody may knock here, so an address fills no more than this of the audit."""


class WebhookTooLarge(DomainError):
    """More than any vendor sends; nothing was read."""

    code = "too_large"

    def __init__(self) -> None:
        super().__init__(f"A webhook has {MOST_BYTES // 1000} kB at most. Nothing was read.", most_bytes=MOST_BYTES)


async def take_replicate(
    studio: Studio, body: AsyncIterator[bytes], headers: Mapping[str, str], *, address: str, at: datetime
) -> None:
    """What Replicate tells of an order. headers: as received, names in lower case; address: who sent it.

    Raises Unavailable (webhook_not_set_up), WebhookTooLarge, Refused (webhook_forged), Invalid (webhook_unreadable),
    AnsweredBefore for a delivery that came before.
    """
    secret = studio.settings.replicate_webhook_secret
    if secret is None:
        raise Unavailable(
            "This studio takes no webhooks of Replicate: BOM_REPLICATE_WEBHOOK_SECRET is not set. Nothing was read.",
            code="webhook_not_set_up",
        )
    raw = await _whole(body)
    try:
        job = verified_job(raw, headers, secret.get_secret_value(), at)
    except WebhookForged as forged:
        told = str(forged)
        await studio.write(lambda session: _note_refusal(session, address, told, at))
        raise Refused(f"{told} Nothing was read.", code="webhook_forged") from None
    except ValueError:
        raise Invalid("A signed webhook is not a prediction. Nothing was changed.", code="webhook_unreadable") from None

    def take(session: Session) -> None:
        sender, message, sha256 = "webhook:replicate", headers["webhook-id"], hashlib.sha256(raw).hexdigest()
        find_answer(session, sender, message, sha256, at=at)
        if job.has_ended:
            collect_at_once(session, Replicate.name, job.vendor_job_id, at=at)
        keep_answer(session, sender, message, sha256, route=sender, status=204, headers={}, body=b"", at=at)

    await studio.write(take)


async def _whole(body: AsyncIterator[bytes]) -> bytes:
    raw = bytearray()
    async for block in body:
        raw += block
        if len(raw) > MOST_BYTES:
            raise WebhookTooLarge
    return bytes(raw)


def _note_refusal(session: Session, address: str, because: str, at: datetime) -> None:
    noted = select(AuditEntry.id).where(
        AuditEntry.action == "webhook_refused", AuditEntry.at > at - NOTED_EVERY, AuditEntry.address == address[:64]
    )
    if session.scalar(noted.limit(1)) is None:
        audit.record(session, "webhook_refused", by=Replicate.name, at=at, address=address, because=because)
