"""Where a video stands at its client is told in every list of videos and films."""

import httpx

from engine.core.reviews import decisions
from engine.core.videos import get_video
from tests.api.portal import a_sent_version, decision_on, finished_film, signed_in
from tests.api.studio import ApiStudio
from tests.core.reviews.domain import an_asked_film


def test_lists_say_since_when_a_video_waits_and_what_the_client_said(studio: ApiStudio, browser: httpx.Client) -> None:
    sent = a_sent_version(studio)
    with studio.database.writing() as session:  # made since, and sent to nobody
        finished_film(studio, session, an_asked_film(session, get_video(session, sent.video_id), "16:9"))
    sent_at = studio.clock()

    def told() -> tuple[dict, dict]:  # type: ignore[type-arg]
        browser.cookies.clear()
        browser.cookies.set("bom", studio.token())
        (video,) = browser.get("/api/videos").json()["items"]
        films = {film["format"]: film for film in browser.get("/api/library").json()["items"]}
        assert films["16:9"]["review"] is None
        return video["review"], films["9:16"]["review"]

    video, film = told()
    assert video == film
    assert (video["state"], video["version_number"], video["version_id"]) == ("waiting", 1, sent.version_id)
    assert video["since"] == f"{sent_at:%Y-%m-%dT%H:%M:%SZ}"

    studio.clock.move(hours=1)
    signed_in(studio, browser)
    shown = browser.get(f"/api/portal/versions/{sent.version_id}").json()
    body = decision_on(sent, shown, "changes_requested", note="Muziek zachter")
    assert browser.post(f"/api/portal/versions/{sent.version_id}/decision", json=body).status_code == 201
    assert told()[0]["state"] == "deciding"
    studio.clock.move(seconds=decisions.TAKES_EFFECT_AFTER.total_seconds())
    video, film = told()
    assert (video["state"], film["state"]) == ("changes_requested", "changes_requested")
    assert video["since"] > f"{sent_at:%Y-%m-%dT%H:%M:%SZ}"
