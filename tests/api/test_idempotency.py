"""A creating request that is sent twice, and an editable thing that two people change."""

from concurrent.futures import ThreadPoolExecutor

import httpx
from sqlalchemy import select

from engine.core.models import Client, IdempotencyKey
from tests.api.studio import PRODUCER, ApiStudio, assert_problem

KEY = {"Idempotency-Key": "5f0c7a52"}


def names(studio: ApiStudio) -> list[str]:
    with studio.database.reading() as session:
        return list(session.scalars(select(Client.name).order_by(Client.created_at, Client.id)))


def test_a_request_that_is_sent_again_makes_nothing_new_and_answers_the_same(
    studio: ApiStudio, owner: httpx.Client
) -> None:
    first = owner.post("/api/clients", json={"name": "Bakkerij Anna"}, headers=KEY)
    again = owner.post("/api/clients", json={"name": "Bakkerij Anna"}, headers=KEY)

    assert (again.status_code, again.content, again.headers["etag"]) == (201, first.content, first.headers["etag"])
    assert again.headers["idempotency-replayed"] == "true"
    assert "idempotency-replayed" not in first.headers
    assert names(studio) == ["Bakkerij Anna"]


def test_a_key_that_stands_for_another_request_is_refused(studio: ApiStudio, owner: httpx.Client) -> None:
    made = owner.post("/api/clients", json={"name": "Bakkerij Anna"}, headers=KEY).json()

    other_body = owner.post("/api/clients", json={"name": "Slagerij Bob"}, headers=KEY)
    other_route = owner.post("/api/projects", json={"client_id": made["id"], "name": "Mei"}, headers=KEY)

    for answer in (other_body, other_route):
        assert_problem(answer, 422, "idempotency_key_reused")
    assert names(studio) == ["Bakkerij Anna"]


def test_ten_at_once_with_one_key_make_one_thing(studio: ApiStudio, owner: httpx.Client) -> None:
    with ThreadPoolExecutor(10) as pool:
        answers = list(
            pool.map(lambda _: owner.post("/api/clients", json={"name": "Bakkerij Anna"}, headers=KEY), range(10))
        )

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert names(studio) == ["Bakkerij Anna"]


def test_what_failed_may_be_sent_again_with_the_same_key(studio: ApiStudio, owner: httpx.Client) -> None:
    assert_problem(owner.post("/api/clients", json={"name": "\u200b"}, headers=KEY), 422, "invalid")

    assert owner.post("/api/clients", json={"name": "Bakkerij Anna"}, headers=KEY).status_code == 201
    assert names(studio) == ["Bakkerij Anna"]


def test_a_key_is_its_senders_own_and_is_forgotten_after_a_day(studio: ApiStudio, owner: httpx.Client) -> None:
    owner.post("/api/clients", json={"name": "Bakkerij Anna"}, headers=KEY)

    theirs = owner.post("/api/clients", json={"name": "X"}, headers={**KEY, "Cookie": f"bom={studio.token(PRODUCER)}"})
    studio.clock.move(hours=24)
    owner.cookies.set("bom", studio.token())
    later = owner.post("/api/clients", json={"name": "Slagerij Bob"}, headers=KEY)

    assert (theirs.status_code, later.status_code) == (201, 201)
    assert sorted(names(studio)) == ["Bakkerij Anna", "Slagerij Bob", "X"]
    with studio.database.reading() as session:
        assert len(session.scalars(select(IdempotencyKey)).all()) == 2


def test_what_somebody_else_changed_meanwhile_is_shown_beside_ones_own(owner: httpx.Client) -> None:
    made = owner.post("/api/clients", json={"name": "Bakkerij Anna"})
    address = f"/api/clients/{made.json()['id']}"
    seen = owner.get(address).headers["etag"]
    assert owner.patch(address, json={"notes": "van Jeroen"}, headers={"If-Match": seen}).status_code == 200

    problem = assert_problem(
        owner.patch(address, json={"notes": "van de eigenaar"}, headers={"If-Match": seen}), 412, "revision_outdated"
    )

    assert problem["facts"]["current"] == owner.get(address).json()
    assert problem["facts"]["current"]["notes"] == "van Jeroen"
    assert problem["facts"]["given"] == {"notes": "van de eigenaar"}
    newest = owner.get(address).headers["etag"]
    assert owner.patch(address, json={"notes": "samen"}, headers={"If-Match": newest}).json()["notes"] == "samen"


def test_of_twenty_changes_on_one_revision_exactly_one_is_kept(owner: httpx.Client) -> None:
    made = owner.post("/api/clients", json={"name": "Bakkerij Anna"})
    address = f"/api/clients/{made.json()['id']}"

    def change(number: int) -> int:
        return owner.patch(address, json={"notes": str(number)}, headers={"If-Match": '"1"'}).status_code

    with ThreadPoolExecutor(20) as pool:
        answers = sorted(pool.map(change, range(20)))

    assert answers == [200] + [412] * 19
    assert owner.get(address).headers["etag"] == '"2"'


def test_a_change_without_if_match_is_refused(owner: httpx.Client) -> None:
    made = owner.post("/api/clients", json={"name": "Bakkerij Anna"})
    address = f"/api/clients/{made.json()['id']}"

    assert_problem(owner.patch(address, json={"notes": "x"}), 428, "if_match_missing")
    for nonsense in ("*", "1", '"x"', '"-1"', '"99999999999999999999"'):
        answer = owner.patch(address, json={"notes": "x"}, headers={"If-Match": nonsense})
        assert_problem(answer, 422, "invalid_request")
    assert owner.get(address).json()["notes"] == ""
