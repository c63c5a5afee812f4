"""Replicate: Flux pictures, ordered over HTTP.

Called by automations.paid_calls through the ImageVendor protocol; the api hands `verified_job` what Replicate's webhook
brings. Plain httpx and not the vendor's SDK, so that what is sent twice is decided here: nothing.
Law: an order is sent once. Only an answer that says so, or a connection that never opened, means "not billed".

Replicate has no idempotency key and its list shows no webhook, but it shows each order's input. Every order therefore
carries a seed made from its call id, which is a legal input of every Flux model, and `find` knows its own by it.
"""

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar

import httpx
from pydantic import BaseModel, ValidationError

from engine.providers.images import (
    HIGHEST_SEED,
    CannotList,
    FetchedImage,
    ImageRequest,
    JobStatus,
    OutputLost,
    VendorBusy,
    VendorJob,
    VendorRefused,
    VendorSilent,
)
from engine.providers.replicate_files import fetched_image

API_URL = "https://api.replicate.com/v1"

PRICES_USD_MICROS = {
    "black-forest-labs/flux-schnell": 3_000,
    "black-forest-labs/flux-dev": 25_000,
    "black-forest-labs/flux-1.1-pro": 40_000,
}
"""Of one picture, in millionths of a dollar, as listed on 2026-10-07. The models that may be ordered."""

ANSWER_TIMEOUT_S = 30.0
CONNECT_TIMEOUT_S = 5.0
UNTOLD_POLL_S = 2.0
TOLD_POLL_S = 20.0
"""Its webhook comes first mostly; this is how late a picture is whose webhook is lost."""
LIST_DELAY = 1.25
"""After the longest that a call takes, a quarter more for the order to be listed: 44 s by default."""
LIST_MARGIN = timedelta(minutes=5)
"""Our clock may be ahead of theirs: the list is read from this long before the order was sent."""
MOST_LIST_PAGES = 50
"""Of 100 orders each. A studio sends some hundreds a day; more since one order means that the list cannot be read."""
BUSY_RETRY_S = 5.0
"""Where the vendor says nothing about when."""
LONGEST_RETRY_S = 600.0
ACCOUNT_RETRY_S = 60.0
"""A wrong token or an empty account is mended by a person; what is already ordered waits for that."""


class Prediction(BaseModel):
    """What we read of Replicate's prediction object."""

    id: str
    model: str
    status: str
    input: dict[str, object] | None = None
    output: object = None
    error: str | None = None
    data_removed: bool = False


class _Account(BaseModel):
    username: str


class _Page(BaseModel):
    next: str | None = None
    results: list[Prediction]


class Replicate:
    """One account at Replicate."""

    name: ClassVar[str] = "replicate"

    def __init__(
        self,
        token: str,
        base_url: str = API_URL,
        webhook_url: str | None = None,
        answer_timeout_s: float = ANSWER_TIMEOUT_S,
    ) -> None:
        """token: of the account. base_url: with the version. webhook_url: ours, public and https, or None to poll."""
        self._base_url = httpx.URL(base_url.rstrip("/"))
        self._webhook_url = webhook_url
        connect_timeout_s = min(CONNECT_TIMEOUT_S, answer_timeout_s)
        self.settle_s = LIST_DELAY * (connect_timeout_s + answer_timeout_s)
        self.slow_poll_s = TOLD_POLL_S if webhook_url else UNTOLD_POLL_S
        self._http = httpx.Client(
            headers={"Authorization": f"Bearer {token}"},
            timeout=httpx.Timeout(answer_timeout_s, connect=connect_timeout_s),
            follow_redirects=False,
            trust_env=False,
        )

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    def start(self, call_id: str, request: ImageRequest) -> VendorJob:
        """Order one picture. See ImageVendor.start."""
        if request.model not in PRICES_USD_MICROS:
            raise VendorRefused(f"No price is known for '{request.model}' at Replicate. Nothing was ordered.")
        body: dict[str, object] = {"input": _input_of(call_id, request)}
        if self._webhook_url:
            asked = httpx.URL(self._webhook_url).copy_add_param("call", call_id)
            body |= {"webhook": str(asked), "webhook_events_filter": ["completed"]}
        try:
            answer = self._http.post(f"{self._base_url}/models/{request.model}/predictions", json=body)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise VendorBusy(f"Replicate cannot be reached ({error}). Nothing was ordered.", BUSY_RETRY_S) from error
        except httpx.RequestError as error:  # a truncated body too
            raise VendorSilent(f"Replicate gave no whole answer to an order ({_named(error)}).") from error
        status = answer.status_code
        if status == httpx.codes.TOO_MANY_REQUESTS:
            raise _busy(answer)
        if 400 <= status < 500 and status != httpx.codes.REQUEST_TIMEOUT:
            raise VendorRefused(f"Replicate refused the order: {_detail(answer)} Nothing was bought.")
        if status not in (httpx.codes.CREATED, httpx.codes.ACCEPTED):
            raise VendorSilent(f"Replicate answered an order with {status}: it may have arrived.")
        try:
            return job_of(Prediction.model_validate_json(answer.content))
        except ValidationError as error:
            raise VendorSilent("Replicate answered an order with something that cannot be read.") from error

    def find(self, call_id: str, request: ImageRequest, since: datetime) -> VendorJob | None:
        """The order among those of the account since then. See ImageVendor.find."""
        wanted = _input_of(call_id, request)
        found: list[Prediction] = []
        for prediction in self._listed(since - LIST_MARGIN):
            if prediction.model != request.model:
                continue
            shown = prediction.input or {}
            if prediction.data_removed and "seed" not in shown:
                raise CannotList("Replicate deletes what was ordered after an hour, so its list no longer tells.")
            if wanted.items() <= shown.items():
                found.append(prediction)
        if len(found) > 1:  # only orders with a seed that a person chose can be alike
            raise CannotList(f"Replicate lists {len(found)} orders with the same words and seed.")
        return job_of(found[0]) if found else None

    def poll(self, vendor_job_id: str) -> VendorJob:
        """How the prediction is doing. See ImageVendor.poll."""
        if not re.fullmatch(r"\w{1,64}", vendor_job_id, re.ASCII):
            raise VendorRefused("That is no id of an order at Replicate.")
        answer = self._get(f"{self._base_url}/predictions/{vendor_job_id}")
        if answer.status_code == httpx.codes.NOT_FOUND:
            raise VendorRefused(f"Replicate knows no order {vendor_job_id}.")
        try:
            return job_of(Prediction.model_validate_json(answer.content))
        except ValidationError as error:
            raise VendorBusy("Replicate answered with something that cannot be read.", BUSY_RETRY_S) from error

    def fetch(self, job: VendorJob, request: ImageRequest, into: Path) -> FetchedImage:  # noqa: ARG002
        """Bring the first output here. See ImageVendor.fetch."""
        if not job.output_urls:
            raise OutputLost(f"Replicate has no output any more for order {job.vendor_job_id}.")
        return fetched_image(self._http, job.output_urls[0], into, trusted=self._base_url, busy=_busy)

    def account(self) -> str:
        """Whose key it is, by name. Raises VendorBusy where Replicate does not answer or knows no such key."""
        answer = self._get(f"{self._base_url}/account")
        try:
            return _Account.model_validate_json(answer.content).username
        except ValidationError as error:
            raise VendorBusy("Replicate answered with something that cannot be read.", BUSY_RETRY_S) from error

    def _listed(self, since: datetime) -> Iterator[Prediction]:
        """The account's orders since then, newest first."""
        url: httpx.URL | None = (self._base_url.join(f"{self._base_url.path}/predictions")).copy_add_param(
            "created_after", since.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        )
        for _ in range(MOST_LIST_PAGES):
            if url is None:
                return
            answer = self._get(url)
            if answer.status_code == httpx.codes.NOT_FOUND:
                raise CannotList("Replicate has no list of orders for this account.")
            try:
                page = _Page.model_validate_json(answer.content)
            except ValidationError as error:
                raise VendorBusy("Replicate's list of orders cannot be read.", BUSY_RETRY_S) from error
            yield from page.results
            url = self._next(page)
        if url is not None:
            raise CannotList(f"Replicate's list goes on after {MOST_LIST_PAGES} pages.")

    def _next(self, page: _Page) -> httpx.URL | None:
        if not page.next:
            return None
        url = self._base_url.join(page.next)
        if _origin(url) != _origin(self._base_url):  # the token goes nowhere else
            raise CannotList(f"Replicate's list goes on at {url.host}, which is not Replicate.")
        return url

    def _get(self, url: httpx.URL | str) -> httpx.Response:
        """Read something; 200 and 404 come back, all else is VendorBusy."""
        try:
            answer = self._http.get(url)
        except httpx.RequestError as error:
            raise VendorBusy(f"Replicate does not answer ({_named(error)}).", BUSY_RETRY_S) from error
        if answer.status_code in (httpx.codes.OK, httpx.codes.NOT_FOUND):
            return answer
        if answer.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN, httpx.codes.PAYMENT_REQUIRED):
            raise VendorBusy(f"Replicate refuses this account: {_detail(answer)}", ACCOUNT_RETRY_S)
        raise _busy(answer)


def seed_of(call_id: str) -> int:
    """The seed that marks a call: 31 bits, so two among a thousand orders are alike once in four thousand times.

    Their words would have to be alike too before one were taken for the other.
    """
    return int.from_bytes(hashlib.sha256(call_id.encode()).digest()[:4]) & HIGHEST_SEED


def _input_of(call_id: str, request: ImageRequest) -> dict[str, object]:
    words = ". ".join(part for part in (request.prompt.strip().rstrip("."), request.style.strip()) if part)
    return {
        "prompt": words,
        "aspect_ratio": request.aspect,
        "output_format": "png",  # a motion crop shows what JPEG loses
        "seed": seed_of(call_id) if request.seed is None else request.seed,
    }


_STATUSES: dict[str, JobStatus] = {
    "starting": "starting",
    "processing": "processing",
    "succeeded": "succeeded",
    "failed": "failed",
    "canceled": "canceled",
    "aborted": "canceled",  # stopped before it ran
}


def job_of(prediction: Prediction) -> VendorJob:
    """A prediction in the words of ImageVendor; also one that came by webhook."""
    status = _STATUSES.get(prediction.status)
    if status is None:  # a status of next year: neither an end nor an answer
        status = "processing"
    output = prediction.output if isinstance(prediction.output, list) else [prediction.output]
    urls = tuple(url for url in output if isinstance(url, str)) if status == "succeeded" else ()
    return VendorJob(vendor_job_id=prediction.id, status=status, output_urls=urls, error=prediction.error)


def _busy(answer: httpx.Response) -> VendorBusy:
    """When to come back: the header, else what the sentence says ("resets in ~30s")."""
    stated = answer.headers.get("Retry-After", "")
    in_words = re.search(r"resets in ~?(\d+)\s*s", answer.text)
    seconds = float(stated) if stated.isdigit() else float(in_words[1]) if in_words else BUSY_RETRY_S
    return VendorBusy(f"Replicate asks for patience ({answer.status_code}).", min(seconds, LONGEST_RETRY_S))


def _detail(answer: httpx.Response) -> str:
    """The vendor's own words, cut to a length that fits a screen."""
    try:
        said = answer.json()
    except ValueError:
        return f"HTTP {answer.status_code}."
    words = said.get("detail") if isinstance(said, dict) else None
    return str(words)[:300] if words else f"HTTP {answer.status_code}."


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _named(error: httpx.RequestError) -> str:
    return type(error).__name__
