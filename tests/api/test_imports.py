"""Imports over HTTP: a plan that writes nothing, and an import that is whole or not at all."""

import base64

import httpx

from tests.api.studio import assert_problem
from tests.api.test_work import Json

FILE = "Klant;E-mail;Project;Klaar op\nO'Brien & Zn. B.V.;a@obrien.example;Winter;24-12-2026\n"


def body(text: str, encoding: str = "utf-8") -> Json:
    return {"content": base64.b64encode(text.encode(encoding)).decode()}


def test_a_file_is_planned_imported_and_told_of_once(owner: httpx.Client) -> None:
    plan = owner.post("/api/imports/clients/plan", json=body(FILE, "utf-16")).json()
    assert (plan["encoding"], plan["delimiter"], plan["refused"]) == ("utf-16", ";", 0)
    assert plan["rows"][0]["makes"] == ["client", "contact", "project"]
    assert owner.get("/api/clients").json()["items"] == []

    key = {"Idempotency-Key": "one"}
    made = [owner.post("/api/imports/clients", json=body(FILE), headers=key) for _ in range(2)]

    assert [answer.status_code for answer in made] == [201, 201]
    assert made[0].json() == {"clients": 1, "contacts": 1, "projects": 1}
    (project,) = owner.get("/api/projects").json()["items"]
    assert project["due_on"] == "2026-12-24"
    (event,) = owner.get("/api/events").json()["items"]
    assert (event["type"], event["payload"]["name"]) == ("project.created", "Winter")
    again = owner.post("/api/imports/clients/plan", json=body(FILE)).json()
    assert [row["outcome"] for row in again["rows"]] == ["same"]


def test_a_refused_row_refuses_the_file_and_keeps_nothing_of_it(owner: httpx.Client) -> None:
    mixed = f"{FILE}Bas;b@slager.example;Zomer;31-02-2027\n"

    plan = owner.post("/api/imports/clients/plan", json=body(mixed)).json()
    problem = assert_problem(owner.post("/api/imports/clients", json=body(mixed)), 422, "import_refused")

    assert [row["outcome"] for row in plan["rows"]] == ["new", "refused"]
    assert plan["rows"][1]["problems"] == [{"field": "due_on", "code": "date_wrong", "given": "31-02-2027"}]
    assert problem["facts"]["lines"] == [3]
    assert owner.get("/api/clients").json()["items"] == []
    assert_problem(owner.post("/api/imports/clients/plan", json={"content": "A==="}), 422, "invalid_request")
    assert_problem(owner.post("/api/imports/clients/plan", json={"content": "AAAAA"}), 422, "base64_invalid")
