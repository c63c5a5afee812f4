"""Replicate's webhooks: told by whom, and how long ago, before they are believed.

Called by the api's route for them, with the body as it arrived.
Law: nothing of a body is read before its signature is verified, over the raw bytes (Standard Webhooks).
"""

import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from pydantic import ValidationError
from standardwebhooks import Webhook

from engine.providers.images import VendorJob
from engine.providers.replicate import Prediction, job_of

OLDEST = timedelta(minutes=5)
"""Also how far ahead the sender's clock may be."""


class WebhookForged(Exception):
    """Not signed with our secret, or too old to be believed. Nothing of it was read."""


def verified_job(raw: bytes, headers: Mapping[str, str], secret: str, at: datetime) -> VendorJob:
    """The job that a webhook tells of. headers: as received, names in lower case. at: now (aware UTC).

    The same delivery may come again (its webhook-id is the same), and late: ask `poll` where it matters.
    Raises WebhookForged, and ValueError where a signed body is no prediction.
    """
    message_id, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not message_id or not stamp.isascii() or not stamp.isdigit() or len(stamp) > 11:
        raise WebhookForged("The webhook carries no id or no time.")
    sent_at = datetime.fromtimestamp(int(stamp), UTC)
    if abs(at - sent_at) > OLDEST:
        raise WebhookForged("The webhook is too old, or from the future.")
    try:
        expected = Webhook(secret).sign(message_id, sent_at, raw.decode())
    except UnicodeDecodeError as error:
        raise WebhookForged("The webhook's body is not text.") from error
    given = headers.get("webhook-signature", "").split()
    if not any(hmac.compare_digest(expected.encode(), one.encode()) for one in given):
        raise WebhookForged("The webhook's signature is not ours.")
    try:
        return job_of(Prediction.model_validate_json(raw))
    except ValidationError as error:
        raise ValueError("A signed webhook of Replicate is not a prediction.") from error
