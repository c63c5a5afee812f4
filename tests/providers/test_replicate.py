"""A picture at Replicate is ordered once, found again after a lost answer, and fetched before it vanishes."""

import socket
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.providers.images import (
    CannotList,
    ImageRequest,
    OutputLost,
    VendorBusy,
    VendorJob,
    VendorRefused,
    VendorSilent,
)
from engine.providers.replicate import PRICES_USD_MICROS, Replicate, seed_of
from tests.emulators.replicate import TOKEN, BadDay, RunningReplicate, png_of

SCHNELL = "black-forest-labs/flux-schnell"
ORDER = ImageRequest(prompt="A warm bakery at seven. ", style="film grain", model=SCHNELL)


def sent_at() -> datetime:
    return datetime.now(UTC)


def closed_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.mark.parametrize("day", ["hang", "lose", "truncate", "break", "break_after", "wrong_type"])
def test_an_order_without_a_clear_answer_may_have_been_paid_for(
    day: BadDay, replicate: RunningReplicate, account: Replicate
) -> None:
    replicate.vendor.next_orders = [day]
    with pytest.raises(VendorSilent) as told:
        account.start("call-1", ORDER)

    assert told.value.money_gone == "perhaps"
    assert replicate.ledger.charges() == (0 if day == "break" else 1)


@pytest.mark.parametrize("day", ["hang", "lose", "truncate", "break_after", "wrong_type"])
def test_an_order_whose_answer_was_lost_is_found_on_a_later_page_and_not_bought_again(
    day: BadDay, replicate: RunningReplicate, account: Replicate
) -> None:
    at = sent_at()
    replicate.vendor.next_orders = [day]
    with pytest.raises(VendorSilent):
        account.start("call-1", ORDER)
    for other in range(7):  # three to a page
        account.start(f"other-{other}", ORDER)

    found = account.find("call-1", ORDER, at)

    assert found is not None
    assert found.vendor_job_id == replicate.ledger.orders()[0].id
    assert account.poll(found.vendor_job_id).status == "succeeded"


def test_an_order_that_never_arrived_is_not_found(replicate: RunningReplicate, account: Replicate) -> None:
    account.start("another", ORDER)

    assert account.find("call-1", ORDER, sent_at()) is None


def test_orders_from_long_before_are_not_taken_for_this_one(replicate: RunningReplicate, account: Replicate) -> None:
    account.start("call-1", ORDER)

    assert account.find("call-1", ORDER, sent_at() + timedelta(hours=1)) is None


@pytest.mark.parametrize(("day", "words"), [("refuse", "cannot be drawn"), ("no_credit", "insufficient credit")])
def test_a_refused_order_costs_nothing_and_says_why(
    day: BadDay, words: str, replicate: RunningReplicate, account: Replicate
) -> None:
    replicate.vendor.next_orders = [day]

    with pytest.raises(VendorRefused, match=words) as told:
        account.start("call-1", ORDER)

    assert told.value.money_gone == "no"
    assert replicate.ledger.charges() == 0


def test_a_model_without_a_price_is_never_ordered(replicate: RunningReplicate, account: Replicate) -> None:
    with pytest.raises(VendorRefused, match="No price"):
        account.start("call-1", ORDER.model_copy(update={"model": "someone/free-model"}))

    assert replicate.ledger.charges() == 0


@pytest.mark.parametrize(("day", "wait_s"), [("throttle", 7), ("throttle_in_words", 30)])
def test_a_throttled_order_costs_nothing_and_says_when_to_come_back(
    day: BadDay, wait_s: float, replicate: RunningReplicate, account: Replicate
) -> None:
    replicate.vendor.next_orders = [day]

    with pytest.raises(VendorBusy) as told:
        account.start("call-1", ORDER)

    assert (told.value.money_gone, told.value.retry_after_s) == ("no", wait_s)
    assert replicate.ledger.charges() == 0


def test_a_connection_that_never_opened_cost_nothing() -> None:
    with (
        closing(Replicate(TOKEN, f"http://127.0.0.1:{closed_port()}/v1")) as account,
        pytest.raises(VendorBusy, match="Nothing was ordered"),
    ):
        account.start("call-1", ORDER)


def test_a_wrong_token_is_refused_without_being_shown(replicate: RunningReplicate) -> None:
    with (
        closing(Replicate("r8_wrong", replicate.base_url)) as account,
        pytest.raises(VendorRefused, match="authentication token") as told,
    ):
        account.start("call-1", ORDER)

    assert "r8_wrong" not in str(told.value)


@pytest.mark.parametrize("day", ["throttle", "break", "truncate", "wrong_type", "lose"])
def test_a_list_or_a_job_that_cannot_be_read_now_is_asked_for_again(
    day: str, replicate: RunningReplicate, account: Replicate
) -> None:
    job = account.start("call-1", ORDER)

    replicate.vendor.next_reads = [day, day]  # type: ignore[list-item]
    with pytest.raises(VendorBusy):
        account.find("call-1", ORDER, sent_at())
    with pytest.raises(VendorBusy):
        account.poll(job.vendor_job_id)

    assert account.find("call-1", ORDER, sent_at()) is not None


def test_after_an_hour_the_list_no_longer_tells_and_a_person_has_to_look(
    replicate: RunningReplicate, account: Replicate
) -> None:
    account.start("call-1", ORDER)
    replicate.ledger.delete_data()

    with pytest.raises(CannotList):
        account.find("call-1", ORDER, sent_at())


def test_two_orders_that_are_alike_are_not_told_apart_by_guessing(
    replicate: RunningReplicate, account: Replicate
) -> None:
    same = ORDER.model_copy(update={"seed": 7})
    account.start("call-1", same)
    account.start("call-2", same)

    with pytest.raises(CannotList, match="2 orders"):
        account.find("call-2", same, sent_at())


def test_an_account_without_a_list_needs_a_person(replicate: RunningReplicate, account: Replicate) -> None:
    replicate.vendor.next_reads = ["unlisted"]

    with pytest.raises(CannotList):
        account.find("call-1", ORDER, sent_at())


@pytest.mark.parametrize("model", PRICES_USD_MICROS)
def test_every_model_delivers_its_picture(
    model: str, replicate: RunningReplicate, account: Replicate, tmp_path: Path
) -> None:
    order = ORDER.model_copy(update={"model": model})

    job = account.poll(account.start("call-1", order).vendor_job_id)
    fetched = account.fetch(job, order, tmp_path / "picture")

    assert (fetched.content_type, fetched.size_bytes) == ("image/png", len(png_of((30, 90, 160))))
    assert fetched.path.read_bytes() == png_of((30, 90, 160))
    assert replicate.ledger.orders()[0].input == {
        "prompt": "A warm bakery at seven. film grain",
        "aspect_ratio": "9:16",
        "output_format": "png",
        "seed": seed_of("call-1"),
    }


@pytest.mark.parametrize(("day", "status"), [("fail", "failed"), ("abort", "canceled"), ("slow", "processing")])
def test_a_job_that_does_not_deliver_says_so(
    day: BadDay, status: str, replicate: RunningReplicate, account: Replicate, tmp_path: Path
) -> None:
    replicate.vendor.next_orders = [day]

    job = account.poll(account.start("call-1", ORDER).vendor_job_id)

    assert (job.status, job.has_ended) == (status, day != "slow")
    assert job.error == ("NSFW content detected (E1001)" if day == "fail" else None)
    with pytest.raises(OutputLost):
        account.fetch(job, ORDER, tmp_path / "picture")


@pytest.mark.parametrize("job_id", ["unknown", "../account", "", "a/b"])
def test_a_job_that_replicate_does_not_know_is_refused(job_id: str, account: Replicate) -> None:
    with pytest.raises(VendorRefused):
        account.poll(job_id)


def test_a_picture_that_was_deleted_is_told_as_paid_and_lost(
    replicate: RunningReplicate, account: Replicate, tmp_path: Path
) -> None:
    job = account.poll(account.start("call-1", ORDER).vendor_job_id)
    replicate.ledger.delete_data()

    with pytest.raises(OutputLost) as told:
        account.fetch(job, ORDER, tmp_path / "picture")

    assert told.value.money_gone == "yes"
    assert not (tmp_path / "picture").exists()


@pytest.mark.parametrize("day", ["truncate", "lose", "break"])
def test_a_picture_that_breaks_off_leaves_nothing_and_can_be_fetched_again(
    day: str, replicate: RunningReplicate, account: Replicate, tmp_path: Path
) -> None:
    job = account.poll(account.start("call-1", ORDER).vendor_job_id)
    folder = tmp_path / "fetched"
    folder.mkdir()

    replicate.vendor.next_reads = [day]  # type: ignore[list-item]
    with pytest.raises(VendorBusy):
        account.fetch(job, ORDER, folder / "picture")

    assert list(folder.iterdir()) == []
    assert account.fetch(job, ORDER, folder / "picture").size_bytes == len(png_of((30, 90, 160)))


@pytest.mark.parametrize("content", [b"<html>no</html>", b"", b"%PDF-1.7", png_of((1, 2, 3))[4:]])
def test_what_is_no_picture_is_not_kept_whatever_it_is_called(
    content: bytes, replicate: RunningReplicate, account: Replicate, tmp_path: Path
) -> None:
    replicate.vendor.output = content
    folder = tmp_path / "fetched"
    folder.mkdir()

    with pytest.raises(OutputLost):
        account.fetch(account.poll(account.start("call-1", ORDER).vendor_job_id), ORDER, folder / "picture")

    assert list(folder.iterdir()) == []


def test_a_picture_too_large_to_be_one_is_not_kept(
    replicate: RunningReplicate, account: Replicate, tmp_path: Path
) -> None:
    replicate.vendor.output = png_of((1, 2, 3)) + bytes(64_000_000)

    with pytest.raises(OutputLost, match="64 MB"):
        account.fetch(account.poll(account.start("call-1", ORDER).vendor_job_id), ORDER, tmp_path / "picture")


@pytest.mark.parametrize(
    "address",
    [
        "http://replicate.delivery/x.png",
        "https://replicate.delivery.evil.example/x.png",
        "https://evilreplicate.delivery/x.png",
        "https://user:secret@replicate.delivery/x.png",
        "https://replicate.delivery:8443/x.png",
        "http://169.254.169.254/latest/meta-data",
        "http://127.0.0.1:1/x.png",
        "file:///etc/passwd",
        "not an address",
        "https://[::1/x",
    ],
)
def test_the_token_goes_to_replicates_own_hosts_alone(address: str, account: Replicate, tmp_path: Path) -> None:
    job = VendorJob(vendor_job_id="x", status="succeeded", output_urls=(address,))

    with pytest.raises(OutputLost):
        account.fetch(job, ORDER, tmp_path / "picture")


def test_a_webhook_address_tells_the_call_that_it_belongs_to(replicate: RunningReplicate) -> None:
    ours = "https://studio.example/api/webhooks/replicate"
    with closing(Replicate(TOKEN, replicate.base_url, ours)) as account:
        account.start("q:scene 1", ORDER)

    assert replicate.ledger.orders()[0].webhook == f"{ours}?call=q%3Ascene+1"
