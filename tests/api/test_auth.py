import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import httpx
import pyotp
import pytest
from sqlalchemy import select, update

from engine.core import sign_in_limits
from engine.core import staff as people
from engine.core.database import Database
from engine.core.models import AuditEntry, SignInSession
from tests.api.studio import OWNER, PASSWORD, PRODUCER, ApiStudio, assert_problem


def audited(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def test_who_signs_in_gets_a_cookie_that_no_script_can_read(studio: ApiStudio, browser: httpx.Client) -> None:
    answer = studio.log_in(browser)

    assert answer.status_code == 200, answer.text
    assert (answer.json()["email"], answer.json()["role"]) == (OWNER, "owner")
    cookie = answer.headers["set-cookie"]
    assert re.match(r"bom=[\w-]{43}; HttpOnly; Max-Age=2592000; Path=/; SameSite=lax$", cookie), cookie
    token = cookie[4:47]
    assert token not in answer.text
    with studio.database.reading() as session:
        kept = session.scalars(select(SignInSession)).one()
        assert token not in str(vars(kept))
        assert kept.address == "127.0.0.1"
    assert browser.get("/api/auth/me").json()["email"] == OWNER
    assert audited(studio.database) == ["sign_in"]


def test_over_tls_the_cookie_is_bound_to_this_host(lite_studio: ApiStudio) -> None:
    secure = lite_studio.reached_at("https://studio.example")
    with secure.open() as browser:
        answer = secure.log_in(browser)

    assert answer.headers["set-cookie"].startswith("__Host-bom=")
    assert answer.headers["set-cookie"].endswith("; Path=/; SameSite=lax; Secure")
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


@pytest.mark.parametrize("email", ["  " + OWNER.upper() + " ", OWNER])
def test_the_address_may_be_typed_in_capitals(studio: ApiStudio, browser: httpx.Client, email: str) -> None:
    assert studio.log_in(browser, email).status_code == 200


def test_a_refusal_does_not_tell_whether_the_account_exists(studio: ApiStudio, browser: httpx.Client) -> None:
    with studio.database.writing() as session:
        people.disable_staff(session, studio.staff(PRODUCER).id, at=studio.clock())

    wrong = assert_problem(studio.log_in(browser, password="paard batterij nietje fout"), 401, "sign_in_refused")
    unknown = assert_problem(studio.log_in(browser, "niemand@studio.example"), 401, "sign_in_refused")
    disabled = assert_problem(studio.log_in(browser, PRODUCER), 401, "sign_in_refused")

    said = [{k: v for k, v in problem.items() if k != "request_id"} for problem in (wrong, unknown, disabled)]
    assert said[0] == said[1] == said[2]
    assert "set-cookie" not in studio.log_in(browser, "niemand@studio.example").headers
    assert audited(studio.database) == ["sign_in_refused"] * 4


def test_a_refusal_takes_as_long_for_an_account_that_nobody_has(lite_studio: ApiStudio) -> None:
    took: dict[str, list[float]] = {OWNER: [], "niemand@studio.example": []}
    with lite_studio.open() as browser:
        for _ in range(5):
            for email, times in took.items():
                lite_studio.clock.move(minutes=20)
                began = time.process_time()  # the api is in this process; who else uses the machine does not count
                assert lite_studio.log_in(browser, email, "paard batterij nietje fout").status_code == 401
                times.append(time.process_time() - began)

    known, unknown = (min(times) for times in took.values())
    assert 0.67 < unknown / known < 1.5


def test_the_eleventh_guess_at_an_account_waits_even_with_the_right_password(
    studio: ApiStudio, browser: httpx.Client
) -> None:
    with studio.database.writing() as session:
        for _ in range(9):
            sign_in_limits.count_attempt(session, OWNER, "192.0.2.7", at=studio.clock())
    assert studio.log_in(browser, password="paard batterij nietje fout").status_code == 401

    answer = studio.log_in(browser)

    assert_problem(answer, 429, "too_many_requests")
    assert 0 < int(answer.headers["retry-after"]) <= 901
    assert audited(studio.database)[-1] == "sign_in_blocked"
    studio.clock.move(seconds=int(answer.headers["retry-after"]))
    assert studio.log_in(browser).status_code == 200


def test_two_dozen_guesses_at_once_are_not_checked_more_often_than_ten_in_a_row(
    studio: ApiStudio, browser: httpx.Client
) -> None:
    start = threading.Barrier(8)

    def guess(number: int) -> int:
        if number < 8:
            start.wait()
        return studio.log_in(browser, password=f"paard batterij nietje {number}").status_code

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(guess, range(24)))

    assert answers.count(401) == 10
    assert answers.count(429) == 14


def test_guessing_at_many_accounts_ends_too_even_with_a_forged_x_forwarded_for(lite_studio: ApiStudio) -> None:
    with lite_studio.database.writing() as session:
        for number in range(sign_in_limits.MOST_BY_ADDRESS - 1):
            sign_in_limits.count_attempt(session, f"gok{number}@studio.example", "127.0.0.1", at=lite_studio.clock())
    with lite_studio.open() as browser:
        browser.headers["X-Forwarded-For"] = "203.0.113.1"
        last = lite_studio.log_in(browser, "gok30@studio.example")
        browser.headers["X-Forwarded-For"] = "203.0.113.2"
        answer = lite_studio.log_in(browser, "gok31@studio.example")

    assert_problem(last, 401, "sign_in_refused")
    assert_problem(answer, 429, "too_many_requests")


def test_signing_in_again_makes_a_new_token_and_ends_the_old_one(studio: ApiStudio, browser: httpx.Client) -> None:
    studio.log_in(browser)
    old = browser.cookies["bom"]
    studio.log_in(browser)

    assert browser.cookies["bom"] != old
    browser.cookies.clear()
    assert_problem(browser.get("/api/auth/me", headers={"Cookie": f"bom={old}"}), 401, "not_signed_in")


def test_signing_out_ends_the_session_on_the_server(studio: ApiStudio, browser: httpx.Client) -> None:
    studio.log_in(browser)
    token = browser.cookies["bom"]

    answer = browser.post("/api/auth/logout")

    assert answer.status_code == 204
    assert 'bom=""' in answer.headers["set-cookie"]
    assert_problem(browser.get("/api/auth/me", headers={"Cookie": f"bom={token}"}), 401, "not_signed_in")
    assert audited(studio.database) == ["sign_in", "sign_out"]


def test_a_session_ends_when_unused(studio: ApiStudio, owner: httpx.Client) -> None:
    studio.clock.move(hours=11.9)
    assert owner.get("/api/auth/me").status_code == 200
    studio.clock.move(hours=11.9)
    assert owner.get("/api/auth/me").status_code == 200
    studio.clock.move(hours=12, seconds=1)
    assert_problem(owner.get("/api/auth/me"), 401, "not_signed_in")


def test_a_session_that_is_always_in_use_ends_at_last(studio: ApiStudio, owner: httpx.Client) -> None:
    with studio.database.writing() as session:
        session.execute(update(SignInSession).values(last_used_at=studio.clock.now + timedelta(days=29, hours=20)))
    studio.clock.move(days=29, hours=23)
    assert owner.get("/api/auth/me").status_code == 200

    studio.clock.move(hours=1)

    assert_problem(owner.get("/api/auth/me"), 401, "not_signed_in")


def test_whoever_is_disabled_is_out_at_once(studio: ApiStudio, browser: httpx.Client) -> None:
    browser.cookies.set("bom", studio.token(PRODUCER))
    assert browser.get("/api/auth/me").status_code == 200

    with studio.database.writing() as session:
        people.disable_staff(session, studio.staff(PRODUCER).id, at=studio.clock())

    assert_problem(browser.get("/api/auth/me"), 401, "not_signed_in")


def test_one_sees_and_ends_only_ones_own_sessions(studio: ApiStudio, owner: httpx.Client) -> None:
    other = studio.token()
    studio.token(PRODUCER)
    mine = owner.get("/api/auth/sessions").json()["items"]
    assert sorted(row["is_this"] for row in mine) == [False, True]
    with studio.database.reading() as session:
        foreign = session.scalars(
            select(SignInSession.id).where(SignInSession.staff_id == studio.staff(PRODUCER).id)
        ).one()

    assert_problem(owner.delete(f"/api/auth/sessions/{foreign}"), 404, "not_found")
    assert owner.delete(f"/api/auth/sessions/{next(r['id'] for r in mine if not r['is_this'])}").status_code == 204

    assert owner.get("/api/auth/me").status_code == 200
    assert owner.get("/api/auth/me", headers={"Cookie": f"bom={other}"}).status_code in {200, 401}
    assert len(owner.get("/api/auth/sessions").json()["items"]) == 1


def test_signing_out_everywhere_leaves_no_session(studio: ApiStudio, owner: httpx.Client) -> None:
    studio.token()

    assert owner.delete("/api/auth/sessions").status_code == 204

    with studio.database.reading() as session:
        assert session.scalars(select(SignInSession.id).where(SignInSession.ended_at.is_(None))).all() == []


def test_a_new_password_ends_all_other_sessions_and_the_old_password(studio: ApiStudio, browser: httpx.Client) -> None:
    studio.log_in(browser)
    elsewhere = studio.token()
    wrong = browser.post("/api/auth/password", json={"current": "fout", "new": "een heel nieuw wachtwoord"})
    assert_problem(wrong, 403, "password_wrong")
    easy = browser.post("/api/auth/password", json={"current": PASSWORD, "new": "aaaaaaaaaaaaaaaa"})
    assert_problem(easy, 422, "invalid")

    assert (
        browser.post("/api/auth/password", json={"current": PASSWORD, "new": "een heel nieuw wachtwoord"}).status_code
        == 204
    )

    assert browser.get("/api/auth/me").status_code == 200
    browser.cookies.clear()
    assert browser.get("/api/auth/me", headers={"Cookie": f"bom={elsewhere}"}).status_code == 401
    assert studio.log_in(browser).status_code == 401
    assert studio.log_in(browser, password="een heel nieuw wachtwoord").status_code == 200
    assert "password_changed" in audited(studio.database)


def turn_totp_on(studio: ApiStudio, browser: httpx.Client) -> pyotp.TOTP:
    begun = browser.post("/api/auth/totp", json={"password": PASSWORD}).json()
    totp = pyotp.parse_uri(begun["otpauth_uri"])
    assert isinstance(totp, pyotp.TOTP)
    code = totp.at(studio.clock.now)
    assert browser.post("/api/auth/totp/confirm", json={"code": code}).status_code == 204
    studio.clock.move(minutes=1)
    return totp


def test_with_one_time_codes_the_password_alone_is_not_enough(studio: ApiStudio, owner: httpx.Client) -> None:
    totp = turn_totp_on(studio, owner)
    owner.cookies.clear()

    assert_problem(studio.log_in(owner), 401, "totp_required")
    assert_problem(studio.log_in(owner, password="paard batterij nietje fout"), 401, "sign_in_refused")
    assert_problem(studio.log_in(owner, totp="000000"), 401, "sign_in_refused")
    code = totp.at(studio.clock.now)
    assert studio.log_in(owner, totp=code).json()["has_totp"] is True


def test_a_one_time_code_works_once_also_for_two_at_the_same_moment(studio: ApiStudio, owner: httpx.Client) -> None:
    totp = turn_totp_on(studio, owner)
    owner.cookies.clear()
    code = totp.at(studio.clock.now)

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: studio.log_in(owner, totp=code).status_code, range(4)))

    assert sorted(answers) == [200, 401, 401, 401]
    studio.clock.move(seconds=30)
    assert studio.log_in(owner, totp=code).status_code == 401


def test_one_time_codes_count_only_once_confirmed_and_end_with_the_password(
    studio: ApiStudio, owner: httpx.Client
) -> None:
    assert_problem(owner.post("/api/auth/totp/confirm", json={"code": "123456"}), 409, "totp_not_begun")
    owner.post("/api/auth/totp", json={"password": PASSWORD})
    assert_problem(owner.post("/api/auth/totp/confirm", json={"code": "000000"}), 422, "totp_wrong")
    assert studio.log_in(owner).status_code == 200

    turn_totp_on(studio, owner)
    assert_problem(owner.post("/api/auth/totp", json={"password": PASSWORD}), 409, "totp_on")
    assert_problem(owner.post("/api/auth/totp/disable", json={"password": "fout"}), 403, "password_wrong")
    assert owner.post("/api/auth/totp/disable", json={"password": PASSWORD}).status_code == 204

    owner.cookies.clear()
    assert studio.log_in(owner).status_code == 200
