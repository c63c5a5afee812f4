"""Keys of those who make pictures: entered once, never told again, tried with one click."""

from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from automations.vendors import Vendors
from engine.core import provider_keys
from engine.core.database import Database
from engine.providers.offline_pictures import OfflinePictures
from engine.providers.replicate import Replicate
from tests.api.studio import PRODUCER, ApiStudio, assert_problem
from tests.emulators.replicate import TOKEN, emulated_replicate


def enter(client: httpx.Client, key: str) -> httpx.Response:
    return client.put("/api/providers/replicate/key", json={"key": key})


def rows_of(database: Database) -> str:
    with database.reading() as session:
        return str(session.execute(text("SELECT * FROM settings")).all())


def test_a_key_is_kept_sealed_and_shown_as_its_last_signs(studio: ApiStudio, owner: httpx.Client) -> None:
    assert owner.get("/api/providers").json()["items"][0]["key_from"] == "nowhere"

    assert enter(owner, "  r8_a-key-of-ours-3f2a \n").status_code == 200

    (shown,) = owner.get("/api/providers").json()["items"]
    assert (shown["key_from"], shown["hint"], shown["opens"]) == ("studio", "3f2a", True)
    told = owner.get("/api/audit").text + owner.get("/api/providers").text + rows_of(studio.database)
    assert "r8_a-key" not in told
    assert "provider_key_entered" in told
    assert owner.delete("/api/providers/replicate/key").status_code == 204
    assert owner.get("/api/providers").json()["items"][0]["key_from"] == "nowhere"


@pytest.mark.parametrize("wrong", ["two words of it", "short", "r8_é-with-an-accent", "x" * 401])
def test_what_is_no_key_is_refused_and_the_one_before_stays(owner: httpx.Client, wrong: str) -> None:
    enter(owner, "r8_a-key-of-ours-3f2a")

    assert enter(owner, wrong).status_code == 422

    assert owner.get("/api/providers").json()["items"][0]["hint"] == "3f2a"


def test_a_producer_sees_whether_there_is_a_key_and_enters_none(studio: ApiStudio, owner: httpx.Client) -> None:
    owner.cookies.set("bom", studio.token(PRODUCER))

    assert_problem(enter(owner, "r8_a-key-of-ours-3f2a"), 403, "owner_only")
    assert owner.get("/api/providers").status_code == 200
    assert_problem(owner.post("/api/providers/replicate/test"), 409, "provider_key_missing")


def test_a_key_is_tried_where_it_will_be_used(lite_studio: ApiStudio, tmp_path: Path) -> None:
    with emulated_replicate(tmp_path / "ledger.db") as vendor:
        studio = lite_studio.reached_at("", replicate_url=vendor.base_url)
        with studio.open() as client:
            client.cookies.set("bom", studio.token())
            enter(client, "r8_of-somebody-else")
            refused = client.post("/api/providers/replicate/test").json()
            enter(client, TOKEN)
            known = client.post("/api/providers/replicate/test").json()

    assert (refused["works"], "refuses this account" in refused["said"]) == (False, True)
    assert known == {"works": True, "said": "bom-studios"}


def test_a_key_counts_from_the_next_order_on_and_another_secret_opens_nothing(
    studio: ApiStudio, owner: httpx.Client
) -> None:
    secret = b"s" * 32

    def vendors(of: bytes) -> Vendors:
        return Vendors(studio.database, of, {"offline": OfflinePictures()}, {"replicate": Replicate})

    ours = vendors(secret)
    assert list(ours) == ["offline"]
    with studio.database.writing() as session:
        provider_keys.keep_key(session, "replicate", "r8_a-first-key", secret=secret, at=studio.clock())
    first = ours["replicate"]
    assert ours["replicate"] is first
    assert list(vendors(b"t" * 32)) == ["offline"]
    with studio.database.writing() as session:
        provider_keys.keep_key(session, "replicate", "r8_a-second-key", secret=secret, at=studio.clock())
    assert ours["replicate"] is not first
    (shown,) = owner.get("/api/providers").json()["items"]
    assert (shown["key_from"], shown["opens"]) == ("studio", False)


def test_staff_see_what_is_missing_and_how_much_room_is_left(owner: httpx.Client) -> None:
    things = {found["thing"]: found for found in owner.get("/api/findings").json()["items"]}
    room = owner.get("/api/storage").json()

    assert things["Encoder"]["is_fine"]
    assert not things["Replicate"]["is_fine"]
    assert things["Replicate"]["turned_off"]
    assert (room["files"], room["kept_bytes"]) == (0, 0)
    assert room["free_bytes"] > 0
    owner.cookies.clear()
    assert_problem(owner.get("/api/findings"), 401, "not_signed_in")
    assert_problem(owner.get("/api/storage"), 401, "not_signed_in")
