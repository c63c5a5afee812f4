"""What was spent, as a person asks for it."""

import httpx

from engine.core.costs import ledger, quotes
from tests.api.studio import AT, ApiStudio, assert_problem
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
