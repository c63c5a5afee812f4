"""The record, as an owner reads it and keeps it."""

import csv
from io import StringIO
from typing import Any

import httpx
import pytest

from engine.core import audit
from engine.core.actors import SYSTEM
from engine.core.costs import budgets
from engine.core.models import BudgetScope
from tests.api.studio import AT, OWNER, PRODUCER, ApiStudio, assert_problem
from tests.core.domain import a_client, a_project, a_quote, a_video, prices_are_known


@pytest.fixture
def client_id(studio: ApiStudio) -> str:
    with studio.database.writing() as session:
        client = a_client(session, "O'Brien & Zn. B.V.")
        video = a_video(session, a_project(session, client))
        audit.record(session, "video_archived", by=SYSTEM, at=AT, subject=("video", video.id))
        audit.record(session, "sign_in_refused", by="=cmd|' /C calc'!A0", at=AT, address="192.0.2.7", because="+code")
        audit.record(session, "client_archived", by=SYSTEM, at=AT, subject=("client", "01-gone"))
        return client.id


def entries(owner: httpx.Client, **filters: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = owner.get("/api/audit", params=filters).json()["items"]
    return found


def test_what_is_done_to_a_client_stands_in_the_record_with_names_and_where_to_look(
    studio: ApiStudio, owner: httpx.Client, client_id: str
) -> None:
    me = studio.staff(OWNER)
    client = f"/api/clients/{client_id}"
    owner.patch(client, json={"notes": "Belt graag."}, headers={"If-Match": '"1"'})
    owner.patch(f"{client}/brand-kit", json={"picture_style": "zacht licht"}, headers={"If-Match": '"1"'})
    contact = owner.post(f"{client}/contacts", json={"name": "Anna", "email": "anna@bakkerij.example"}).json()
    owner.patch(f"{client}/contacts/{contact['id']}", json={"language": "en"}, headers={"If-Match": '"1"'})
    owner.post(f"{client}/contacts/{contact['id']}/disable")
    project = owner.post("/api/projects", json={"client_id": client_id, "name": "Kerst"}).json()
    owner.patch(f"/api/projects/{project['id']}", json={"name": "Kerst 2026"}, headers={"If-Match": '"1"'})
    owner.post(f"{client}/archive", params={"keep_open_work": "true"})

    written = entries(owner, actor=f"staff:{me.id}")

    assert [(entry["action"], entry["subject_name"], entry["area"]) for entry in written] == [
        ("client_archived", "O'Brien & Zn. B.V.", "clients"),
        ("project_changed", "Kerst 2026", "work"),
        ("project_added", "Kerst 2026", "work"),
        ("contact_disabled", "Anna", "people"),
        ("contact_changed", "Anna", "people"),
        ("contact_added", "Anna", "people"),
        ("brand_kit_changed", "O'Brien & Zn. B.V.", "clients"),
        ("client_changed", "O'Brien & Zn. B.V.", "clients"),
    ]
    assert written[0]["subject_path"] == written[3]["subject_path"] == f"/clients/{client_id}"
    assert written[-1]["facts"] == {"fields": "notes"}
    about = entries(owner, subject_type="client", subject_id=client_id)
    assert [entry["action"] for entry in about] == ["client_archived", "brand_kit_changed", "client_changed"]
    assert [entry["action"] for entry in entries(owner, area="people", until=AT.isoformat())] == []


def test_a_brand_kit_that_saves_itself_is_one_entry_for_a_minute(
    studio: ApiStudio, owner: httpx.Client, client_id: str
) -> None:
    def save(revision: int, **changes: object) -> None:
        address = f"/api/clients/{client_id}/brand-kit"
        assert owner.patch(address, json=changes, headers={"If-Match": f'"{revision}"'}).status_code == 200

    save(1, picture_style="zacht")
    studio.clock.move(seconds=20)
    save(2, colours={"accent": "#0A7D4F"})
    owner.cookies.set("bom", studio.token(PRODUCER))
    save(3, picture_style="zacht licht")
    owner.cookies.set("bom", studio.token())
    studio.clock.move(seconds=50)
    save(4, picture_style="hard licht")

    written = entries(owner, action="brand_kit_changed")
    assert [(entry["actor"], entry["facts"]["fields"]) for entry in written] == [
        (f"staff:{studio.staff(OWNER).id}", "picture_style"),
        (f"staff:{studio.staff(PRODUCER).id}", "picture_style"),
        (f"staff:{studio.staff(OWNER).id}", "colours, picture_style"),
    ]


def test_what_is_gone_keeps_its_entry_and_leads_nowhere(owner: httpx.Client, client_id: str) -> None:
    (gone,) = entries(owner, action="client_archived")
    (video,) = entries(owner, action="video_archived")

    assert (gone["subject_name"], gone["subject_path"], gone["actor_name"]) == ("", "", "")
    assert (video["subject_name"], video["actor"]) == ("Oliebollen", "system")
    assert video["subject_path"] == f"/create/{video['subject_id']}"


def test_the_record_as_csv_is_filtered_says_its_acts_in_words_and_holds_no_formula(
    studio: ApiStudio, owner: httpx.Client, client_id: str
) -> None:
    answer = owner.get("/api/audit.csv")

    header, *rows = csv.reader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    assert header[:5] == ["Datum", "Tijd", "Wie", "Wat", "Waarop"]
    assert {tuple(row[:7]) for row in rows} == {
        ("2026-11-22", "10:00:00", "de studio zelf", "Video gearchiveerd", "Oliebollen", "", ""),
        ("2026-11-22", "10:00:00", "de studio zelf", "Klant gearchiveerd", "", "", ""),
        (
            "2026-11-22",
            "10:00:00",
            "'=cmd|' /C calc'!A0",
            "Inloggen geweigerd",
            "",
            '{"because": "+code"}',
            "192.0.2.7",
        ),
    }
    assert "logboek%202026-11-22.csv" in answer.headers["content-disposition"]
    assert len(owner.get("/api/audit.csv", params={"area": "access"}).text.splitlines()) == 2
    owner.cookies.set("bom", studio.token(PRODUCER))
    for address in ("/api/audit", "/api/audit.csv"):
        assert_problem(owner.get(address), 403, "owner_only")


def test_what_a_producer_may_not_and_what_no_budget_pays_is_refused_and_written_down(
    studio: ApiStudio, owner: httpx.Client
) -> None:
    with studio.database.writing() as session:
        prices_are_known(session)
        video = a_video(session)
        quote = a_quote(session, video)
        budgets.set_budget(
            session, scope=BudgetScope.PROJECT, scope_id=video.project_id, month="", limit_micros=100, note="", at=AT
        )
    accepted = owner.post(f"/api/quotes/{quote.id}/accept", json={"total_micros": quote.total_micros})
    assert_problem(accepted, 409, "budget_exceeded")
    studio_wide = {"scope": "studio_month", "month": "2026-11", "limit_micros": 1}
    owner.cookies.set("bom", studio.token(PRODUCER))
    assert_problem(owner.post("/api/costs/budgets", json=studio_wide), 403, "owner_only")
    owner.cookies.set("bom", studio.token(OWNER))

    written = [(entry["action"], entry["actor"], entry["facts"]) for entry in entries(owner)]

    assert written == [
        ("owner_only_refused", f"staff:{studio.staff(PRODUCER).id}", {"asked": "POST /api/costs/budgets"}),
        (
            "budget_refused",
            f"staff:{studio.staff(OWNER).id}",
            {"asked": f"POST /api/quotes/{quote.id}/accept", "left_micros": 100, "wanted_micros": quote.total_micros},
        ),
    ]
