"""What was spent, as a person asks for it."""

import csv
from datetime import timedelta
from io import StringIO

import httpx
import pytest
from sqlalchemy.orm import Session

from engine.core.actors import SYSTEM
from engine.core.costs import budgets, ledger, quotes
from engine.core.models import ApiUsage, BudgetScope, Project
from tests.api.studio import AT, OWNER, PRODUCER, ApiStudio, assert_problem
from tests.core.domain import a_client, a_finished_call, a_producer, a_project, a_quote, a_video, prices_are_known


def test_beyond_the_parts_that_were_asked_for_the_others_are_told_as_one(
    studio: ApiStudio, owner: httpx.Client
) -> None:
    with studio.database.writing() as session:
        prices_are_known(session)
        by = a_producer(session)
        for amount_micros in (10, 200, 3_000):
            project = a_project(session, a_client(session, f"Klant van {amount_micros}"))
            quote = a_quote(session, a_video(session, project))
            quotes.accept_quote(session, quote.id, total_micros=quote.total_micros, by=by, at=AT)
            (line,) = quotes.lines_of(quote)
            ledger.book(session, a_finished_call(session, quote), line, amount_micros=amount_micros, at=AT)

    for split in ("client", "project"):
        told = owner.get(f"/api/costs/summary?by={split}&limit=1").json()
        assert [part["cost"]["amount_micros"] for part in told["parts"]] == [3_000]
        assert (told["others"]["amount_micros"], told["others"]["lines"]) == (210, 2)
        assert told["total"]["amount_micros"] == 3_210
    assert len(owner.get("/api/costs/summary?by=client").json()["parts"]) == 3
    assert_problem(owner.get("/api/costs/summary?by=client&limit=0"), 422, "invalid_request")


def a_line(session: Session, project: Project, amount_micros: int, **at: float) -> ApiUsage:
    """An image that was bought for the project, estimated at 2,580 micro-euros."""
    quote = a_quote(session, a_video(session, project))
    quotes.accept_quote(session, quote.id, total_micros=quote.total_micros, by=SYSTEM, at=AT)
    (line,) = quotes.lines_of(quote)
    when = AT + timedelta(**at)
    return ledger.book(session, a_finished_call(session, quote), line, amount_micros=amount_micros, at=when)


@pytest.fixture
def spent(studio: ApiStudio) -> dict[str, str]:
    """Two clients: one with a line and its refund, one whose name is a formula. The ids of the first."""
    with studio.database.writing() as session:
        prices_are_known(session)
        anna = a_project(session, a_client(session, "Bakkerij Anna"))
        line = a_line(session, anna, 4_000_000, hours=-1)
        ledger.refund(session, line.id, amount_micros=1_500_000, reason="-2+3", by=SYSTEM, at=AT)
        a_line(session, a_project(session, a_client(session, "=cmd|' /C calc'!A0")), 10, hours=1)
        budgets.set_budget(
            session,
            scope=BudgetScope.CLIENT_MONTH,
            scope_id=anna.client_id,
            month="2026-11",
            limit_micros=10**7,
            note="",
            at=AT,
        )
        return {"client_id": anna.client_id, "project_id": anna.id}


def test_a_month_tells_its_sums_with_names_its_forecast_and_its_budgets(
    studio: ApiStudio, owner: httpx.Client, spent: dict[str, str]
) -> None:
    month = owner.get("/api/costs/months/2026-11").json()

    assert month["total"]["amount_micros"] == 2_500_010
    assert (month["forecast_micros"], month["days_passed"]) == (2_500_010, 21)
    assert [(part["name"], part["cost"]["amount_micros"]) for part in month["by_client"]["parts"]] == [
        ("Bakkerij Anna", 2_500_000),
        ("=cmd|' /C calc'!A0", 10),
    ]
    assert [part["key"] for part in month["by_kind"]["parts"]] == ["image"]
    assert month["by_project"]["parts"][0]["name"] == "Winter 2026"
    assert month["by_day"] == [
        {
            "provider": "replicate",
            "cost": month["total"],
            "days": [{"key": "2026-11-22", "cost": month["total"]}],
        }
    ]
    assert [(budget["name"], budget["booked_micros"]) for budget in month["budgets"]] == [("Bakkerij Anna", 2_500_000)]
    empty = owner.get("/api/costs/months/2026-12").json()
    assert (empty["total"]["lines"], empty["forecast_micros"], empty["budgets"]) == (0, None, [])
    assert_problem(owner.get("/api/costs/months/2026-13"), 422, "invalid_request")


def test_the_ledger_is_filtered_and_each_line_says_whose_it_is(owner: httpx.Client, spent: dict[str, str]) -> None:
    lines = owner.get("/api/costs/ledger", params=spent).json()["items"]
    assert [(line["amount_micros"], line["client_name"], line["project_name"]) for line in lines] == [
        (-1_500_000, "Bakkerij Anna", "Winter 2026"),
        (4_000_000, "Bakkerij Anna", "Winter 2026"),
    ]
    assert lines[0]["video_title"] == "Oliebollen"

    def count(**filters: str) -> int:
        return len(owner.get("/api/costs/ledger", params=filters).json()["items"])

    assert count(kind="image", provider="replicate") == 3
    assert count(kind="voice") == 0
    assert count(since=AT.isoformat()) == 2
    assert count(until=AT.isoformat(), client_id=spent["client_id"]) == 1
    summary = owner.get("/api/costs/summary", params={"kind": "image", "client_id": spent["client_id"]}).json()
    assert summary["total"]["amount_micros"] == 2_500_000


def test_the_ledger_as_csv_sums_to_the_ledger_and_holds_no_formula(
    studio: ApiStudio, owner: httpx.Client, spent: dict[str, str]
) -> None:
    answer = owner.get("/api/costs/ledger.csv")

    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "kosten%202026-11-22.csv" in answer.headers["content-disposition"]
    header, *rows = csv.reader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    assert header[:4] == ["Datum", "Tijd", "Klant", "Project"]
    assert [dict(zip(header, row, strict=True))["Werkelijk (EUR)"] for row in rows] == ["0,00001", "-1,50", "4,00"]
    assert rows[0][:3] == ["2026-11-22", "11:00:00", "'=cmd|' /C calc'!A0"]
    assert rows[1][12] == "'-2+3 (system)"
    assert not [cell for row in rows for cell in row if cell[:1] in "=+@" and cell]
    one_client = owner.get("/api/costs/ledger.csv", params={"client_id": spent["client_id"]}).text
    assert len(one_client.splitlines()) == 3
    me = studio.staff(OWNER)
    with studio.database.writing() as session:
        session.merge(me).language = "en"
    english = list(csv.reader(StringIO(owner.get("/api/costs/ledger.csv").content.decode("utf-8-sig"))))
    assert (english[0][11], english[2][11]) == ("Actual (EUR)", "-1.50")


def test_a_price_that_no_longer_holds_is_named(owner: httpx.Client, spent: dict[str, str]) -> None:
    (found,) = owner.get("/api/costs/drift").json()["items"]

    assert (found["provider"], found["month"]["lines"], found["is_worth_a_look"]) == ("replicate", 2, True)


def test_a_budget_is_lifted_with_a_reason_only_and_only_by_an_owner(
    studio: ApiStudio, owner: httpx.Client, spent: dict[str, str]
) -> None:
    (budget,) = owner.get("/api/costs/months/2026-11").json()["budgets"]
    address, seen = f"/api/costs/budgets/{budget['id']}", {"If-Match": '"1"'}
    for note in ("", "  \n "):
        answer = owner.patch(address, json={"limit_micros": 2 * 10**7, "note": note}, headers=seen)
        assert_problem(answer, 422, "invalid_request")

    lifted = owner.patch(address, json={"limit_micros": 2 * 10**7, "note": "Kerst erbij."}, headers=seen)

    assert (lifted.status_code, lifted.json()["note"]) == (200, "Kerst erbij.")
    entry = owner.get("/api/audit").json()["items"][0]
    assert entry["action"] == "budget_lifted"
    assert entry["facts"] == {"from_micros": 10**7, "limit_micros": 2 * 10**7, "reason": "Kerst erbij."}
    owner.cookies.set("bom", studio.token(PRODUCER))
    assert owner.get("/api/costs/months/2026-11").status_code == 200
    assert_problem(owner.patch(address, json={"limit_micros": 1, "note": "n"}, headers=seen), 403, "owner_only")
