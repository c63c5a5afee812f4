"""A webhook is believed when Replicate signed it, a moment ago, and not a byte was changed."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks import Webhook

from engine.providers.replicate_webhooks import WebhookForged, verified_job

SECRET = "whsec_" + base64.b64encode(b"0" * 32).decode()
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
PREDICTION: dict[str, object] = {
    "id": "gm3qorzdhgbfurvjtvhg6dckhu",
    "model": "black-forest-labs/flux-schnell",
    "status": "succeeded",
    "input": {"prompt": "brood"},
    "output": ["https://replicate.delivery/x.png"],
    "error": None,
}
BODY = json.dumps(PREDICTION).encode()


def signed(body: bytes = BODY, at: datetime = NOW, secret: str = SECRET) -> dict[str, str]:
    signature = Webhook(secret).sign("msg_1", at, body.decode())
    stamp = str(int(at.timestamp()))
    return {"webhook-id": "msg_1", "webhook-timestamp": stamp, "webhook-signature": signature}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        signed(secret="whsec_" + base64.b64encode(b"1" * 32).decode()),
        signed() | {"webhook-id": "msg_2"},
        signed() | {"webhook-timestamp": "soon"},
        signed() | {"webhook-timestamp": "9" * 400},
        signed() | {"webhook-timestamp": "-1"},
        signed() | {"webhook-signature": ""},
        signed() | {"webhook-signature": "v1"},
        signed() | {"webhook-signature": "v1,é"},
        signed(at=NOW - timedelta(minutes=6)),
        signed(at=NOW + timedelta(minutes=6)),
    ],
)
def test_a_webhook_that_is_not_replicates_or_not_of_now_is_not_believed(headers: dict[str, str]) -> None:
    with pytest.raises(WebhookForged):
        verified_job(BODY, headers, SECRET, NOW)


@pytest.mark.parametrize("body", [BODY.replace(b"x.png", b"y.png"), BODY + b" ", b"", b"\xff\xfe"])
def test_a_changed_body_is_not_believed(body: bytes) -> None:
    with pytest.raises(WebhookForged):
        verified_job(body, signed(), SECRET, NOW)


def test_a_signed_body_that_is_no_prediction_is_refused() -> None:
    with pytest.raises(ValueError, match="not a prediction"):
        verified_job(b"[]", signed(b"[]"), SECRET, NOW)


def test_the_job_is_told_also_while_the_secret_is_being_changed() -> None:
    headers = signed()
    headers["webhook-signature"] = f"v1,AAAA {headers['webhook-signature']}"

    job = verified_job(BODY, headers, SECRET, NOW + timedelta(minutes=4))

    assert (job.vendor_job_id, job.status) == (PREDICTION["id"], "succeeded")
    assert job.output_urls == ("https://replicate.delivery/x.png",)
