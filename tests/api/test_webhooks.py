"""What a vendor tells is believed when it is signed, and then the picture is fetched at once."""

import base64
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select
from standardwebhooks import Webhook

from automations.jobs import Worker
from automations.kinds import KINDS
from automations.leases import SoleWorker
from automations.paid_calls import VENDOR_WORKS
from automations.runs import Workshop
from automations.workflows.generate import ask_pictures
from engine.cli.background import workshop_of
from engine.core.costs import quotes
from engine.core.database import Database
from engine.core.models import AuditEntry, IdempotencyKey, JobStatus, Take
from engine.providers.replicate import Replicate
from engine.settings import Settings
from tests.api.studio import AT, ApiStudio, assert_problem
from tests.automations.waiting import job_of, now, wait_for_status, wait_until
from tests.core.domain import NOW, a_producer, a_quote, a_video, prices_are_known
from tests.emulators.replicate import TOKEN, RunningReplicate, emulated_replicate

SECRET, ANOTHER = (f"whsec_{base64.b64encode(letter * 32).decode()}" for letter in (b"0", b"1"))
ADDRESS = "/api/webhooks/replicate"
PREDICTION = json.dumps(
    {"id": "gm3qorzdhgbfurvjtvhg6dckhu", "model": "black-forest-labs/flux-schnell", "status": "succeeded"}
).encode()

Tell = Callable[..., httpx.Response]


@pytest.fixture
def studio(new_sqlite_url: str, tmp_path: Path) -> Iterator[ApiStudio]:
    """An api that Replicate's secret is set for."""
    database = Database.at(new_sqlite_url)
    yield ApiStudio(database, tmp_path / "data", {"replicate_webhook_secret": SECRET})
    database.close()


@pytest.fixture
def tell(browser: httpx.Client) -> Tell:
    """Send a webhook as Replicate does."""

    def send(
        body: bytes = PREDICTION, *, at: datetime = AT, message: str = "msg_1", secret: str = SECRET, **more: str
    ) -> httpx.Response:
        headers = {
            "content-type": "application/json",
            "webhook-id": message,
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": Webhook(secret).sign(message, at, body.decode()),
        }
        return browser.post(ADDRESS, content=body, headers=headers | more)

    return send


def refusals_noted(studio: ApiStudio) -> int:
    with studio.database.reading() as session:
        return len(session.scalars(select(AuditEntry).where(AuditEntry.action == "webhook_refused")).all())


def test_without_a_secret_no_webhook_is_read(lite_studio: ApiStudio) -> None:
    with lite_studio.open() as browser:
        assert_problem(browser.post(ADDRESS, content=PREDICTION), 503, "webhook_not_set_up")


def test_what_replicate_did_not_sign_is_refused_and_noted(studio: ApiStudio, tell: Tell) -> None:
    assert_problem(tell(secret=ANOTHER), 403, "webhook_forged")
    assert_problem(tell(**{"webhook-id": "msg_2"}), 403, "webhook_forged")
    assert_problem(tell(**{"webhook-signature": "v1,AAAA"}), 403, "webhook_forged")
    assert refusals_noted(studio) == 1  # of an address in a minute

    studio.clock.move(minutes=2)
    assert_problem(tell(secret=ANOTHER, at=studio.clock()), 403, "webhook_forged")
    assert refusals_noted(studio) == 2


def test_an_altered_or_an_old_webhook_is_refused(studio: ApiStudio, tell: Tell, browser: httpx.Client) -> None:
    true = tell().request
    altered = true.content.replace(b"succeeded", b"canceled ")
    assert_problem(browser.post(ADDRESS, content=altered, headers=true.headers), 403, "webhook_forged")

    studio.clock.move(minutes=6)
    assert_problem(tell(), 403, "webhook_forged")


def test_a_replayed_webhook_is_answered_as_before_and_does_nothing(studio: ApiStudio, tell: Tell) -> None:
    first, again = tell(), tell()

    assert (first.status_code, again.status_code) == (204, 204)
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    with studio.database.reading() as session:
        assert len(session.scalars(select(IdempotencyKey)).all()) == 1


def test_a_signed_webhook_that_is_no_prediction_is_told_so(tell: Tell) -> None:
    assert_problem(tell(b"[]"), 422, "webhook_unreadable")


def test_a_webhook_has_a_size(tell: Tell) -> None:
    assert_problem(tell(b'{"log": "' + b"x" * 300_000 + b'"}'), 413, "too_large")


def test_a_signature_and_no_origin_lets_a_webhook_in(tell: Tell) -> None:
    assert tell(origin="https://replicate.com").status_code == 204


@pytest.mark.parametrize(
    ("public_url", "secret", "told_at"),
    [
        ("https://studio.example", SECRET, "https://studio.example/api/webhooks/replicate"),
        ("http://studio.example", SECRET, None),
        ("", SECRET, None),
        ("https://studio.example", None, None),
    ],
)
def test_an_order_carries_an_address_only_where_replicate_can_reach_and_prove_itself(
    public_url: str, secret: str | None, told_at: str | None
) -> None:
    settings = Settings.model_validate({"public_url": public_url, "replicate_webhook_secret": secret})

    assert settings.replicate_webhook_url == told_at


@pytest.mark.parametrize("secret", ["whsec_", "whsec_é", "a secret of some length, and not base64"])
def test_a_secret_that_was_copied_in_part_is_refused_at_the_start(secret: str) -> None:
    with pytest.raises(ValueError, match="copy it whole from Replicate"):
        Settings.model_validate({"replicate_webhook_secret": secret})


@pytest.fixture
def replicate(tmp_path: Path) -> Iterator[RunningReplicate]:
    with emulated_replicate(tmp_path / "ledger.db") as running:
        yield running


@pytest.fixture
def workshop(studio: ApiStudio, replicate: RunningReplicate) -> Iterator[Workshop]:
    """As `bom serve` makes it for a studio that is reached over https."""
    settings = studio.studio.settings.model_copy(
        update={
            "public_url": "https://studio.example",
            "replicate_url": replicate.base_url,
            "replicate_token": Settings.model_validate({"replicate_token": TOKEN}).replicate_token,
        }
    )
    workshop = workshop_of(settings, studio.database)
    yield workshop
    account = workshop.vendors["replicate"]
    assert isinstance(account, Replicate)
    account.close()


def test_a_true_webhook_has_the_picture_fetched_at_once(
    studio: ApiStudio, tell: Tell, workshop: Workshop, replicate: RunningReplicate, new_sqlite_url: str, tmp_path: Path
) -> None:
    database = studio.database
    with database.writing() as session:
        prices_are_known(session)
        jeroen = a_producer(session)
        quote = a_quote(session, a_video(session))
        quotes.accept_quote(session, quote.id, total_micros=quote.total_micros, by=jeroen, at=NOW)
        job_id = ask_pictures(session, quote.id, by=jeroen, at=now()).id
    replicate.vendor.next_orders = ["slow"]
    worker = Worker(new_sqlite_url, workshop, KINDS, SoleWorker(tmp_path / "worker.lock"))
    worker.start()
    try:
        wait_until(lambda: job_of(database, job_id).stage == VENDOR_WORKS, "the order to be left alone")
        order = replicate.ledger.orders()[0]
        assert order.webhook == f"https://studio.example/api/webhooks/replicate?call={quote.id}%3A0"
        run = job_of(database, job_id).run
        assert tell(PREDICTION.replace(b"gm3qorzdhgbfurvjtvhg6dckhu", b"another")).status_code == 204
        assert job_of(database, job_id).run == run

        replicate.ledger.finish(order.id, "succeeded")
        told_at = datetime.now(UTC)
        told = PREDICTION.replace(b"gm3qorzdhgbfurvjtvhg6dckhu", order.id.encode())
        assert tell(told, message="msg_2").status_code == 204
        job = wait_for_status(database, job_id, JobStatus.SUCCEEDED)
    finally:
        worker.stop()

    assert job.finished_at is not None
    assert (job.finished_at - told_at).total_seconds() < workshop.vendors["replicate"].slow_poll_s / 2
    with database.reading() as session:
        assert len(session.scalars(select(Take)).all()) == 1
