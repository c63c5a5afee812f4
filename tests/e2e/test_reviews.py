"""The way to a client and back in a real browser: sent, noted on, answered, settled, approved; and messages."""

import re
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest

from api.studio import utc_now
from engine.core import contacts, exports, sessions, videos
from engine.core.actors import SYSTEM
from engine.core.assets import keep_asset
from engine.core.models import AssetType, Note, Timeline, Version
from engine.core.reviews.versions import versions_of
from engine.core.storage import Storage
from setup.browser import find_browser
from tests.cli.studio import wait_for
from tests.e2e.app_studio import Visitor
from tests.e2e.making_studio import MakingStudio
from tests.material import halves, make_clip

pytestmark = pytest.mark.skipif(
    find_browser() is None, reason="no Chromium on PATH: run setup/browser.py, or install the chromium package"
)
KEPT_IN_BROWSER = "() => JSON.stringify(localStorage)"
FORMATS = {"9:16": (108, 192), "1:1": (108, 108)}


@pytest.fixture(scope="module")
def video_id(making_studio: MakingStudio, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A video with a finished film in two formats, for a client at whom nobody is known."""
    video_id = making_studio.new_video("Oliebollen")
    storage = Storage(f"file://{making_studio.folder / 'media'}", making_studio.folder / "cache")
    with making_studio.database.writing() as session:
        video, at = videos.get_video(session, video_id), utc_now()
        for name, (width, height) in FORMATS.items():
            path = tmp_path_factory.mktemp("films") / "film.mp4"
            make_clip(path, [halves(width, height, (154, 52, 18), (251, 246, 238))] * 90, tone_hz=440)
            stored = storage.put(path)
            asset = keep_asset(
                session,
                sha256=stored.sha256,
                size_bytes=stored.size_bytes,
                type=AssetType.CLIP,
                media_type="video/mp4",
                file_name=f"Oliebollen {width}x{height}.mp4",
                facts={"width": width, "height": height},
                at=at,
            )
            timeline = Timeline(video_id=video.id, document={"scenes": []}, revision=1, created_at=at, updated_at=at)
            asked = exports.ask_export(session, video, timeline, format=name, quality="standard", by=SYSTEM, at=at)
            exports.finish_export(session, asked.id, asset=asset, sidecars={}, duration_ms=3000, at=at)
    return video_id


@pytest.fixture(scope="module")
def anna(making_studio: MakingStudio) -> Iterator[httpx.Client]:
    """Somebody at the client, at their portal. They are known to the studio from when this is asked for."""
    at = utc_now()
    with making_studio.database.writing() as session:
        contact = contacts.add_contact(
            session, making_studio.client_id, name="Anna", email="anna@bakkerij.example", at=at
        )
        token, _ = sessions.begin_session(
            session, contact, lasts=timedelta(days=1), address="127.0.0.1", user_agent="pytest", at=at
        )
    with httpx.Client(base_url=making_studio.url, cookies={"bom-portal": token}, trust_env=False) as browser:
        yield browser


def sent(studio: MakingStudio, video_id: str) -> list[Version]:
    with studio.database.reading() as session:
        return list(versions_of(session, video_id))


def note_of(studio: MakingStudio, note_id: str) -> Note:
    with studio.database.reading() as session:
        return session.get_one(Note, note_id)


def approve(anna: httpx.Client, version_id: str) -> None:
    shown = anna.get(f"/api/portal/versions/{version_id}").json()
    files = [{"format": film["format"], "sha256": film["sha256"]} for film in shown["films"]]
    body = {"verdict": "approved", "agreed_text": shown["agreements"]["approve"], "files": files}
    assert anna.post(f"/api/portal/versions/{version_id}/decision", json=body).status_code == 201


def test_a_version_goes_to_the_client_and_what_they_say_comes_back(
    visitor: Visitor, making_studio: MakingStudio, video_id: str, request: pytest.FixtureRequest
) -> None:
    visitor.open(f"/create/{video_id}/export")
    visitor.sees("Er is nog niemand bij de klant die kan kijken")
    anna: httpx.Client = request.getfixturevalue("anna")

    visitor.open(f"/create/{video_id}/export")
    visitor.button("Naar de klant sturen").click()
    visitor.sees("Krijgt een mail: Anna")
    visitor.page.get_by_role("checkbox", name="1:1 vierkant").last.click()
    visitor.type_in(visitor.page.get_by_label("Bericht aan de klant"), "Kijk je mee?")
    visitor.button("Versie 1 nu sturen").dblclick()

    visitor.heading("Versie 1").wait_for()
    (version,) = sent(making_studio, video_id)
    assert version.message == "Kijk je mee?"
    visitor.sees("Wacht op de klant")
    (film,) = anna.get(f"/api/portal/versions/{version.id}").json()["films"]
    assert film["format"] == "9:16"

    drawing = {"strokes": [{"points": [{"x": 0.2, "y": 0.2}, {"x": 0.6, "y": 0.4}]}]}
    said = {"text": "Logo groter", "start_ms": 1500, "drawing": drawing}
    note_id = anna.post(f"/api/portal/versions/{version.id}/notes", json=said).json()["id"]
    visitor.button("Opmerking van Anna bekijken: 0:01.5").click()
    visitor.sees("Tekening van Anna op de film")
    visitor.button("Naar 0:01.5 in de montage").click()
    visitor.button("Opmerking op 0:01.5: Logo groter").click()
    visitor.sees("0:01.5 · Anna: Logo groter")
    visitor.button("Naar de review").click()

    visitor.button("Anna antwoorden").click()
    visitor.type_in(visitor.page.get_by_label("Jouw antwoord"), "Doen we")
    visitor.button("Opmerking op dit moment").click()
    visitor.type_in(visitor.page.get_by_label("Jouw opmerking"), "Muziek later")
    wait_for(lambda: "Muziek later" in str(visitor.page.evaluate(KEPT_IN_BROWSER)), "the browser to keep it")
    visitor.page.reload()
    visitor.button("Antwoord sturen").dblclick()
    visitor.sees("Doen we")
    visitor.button("Opmerking plaatsen").dblclick()
    visitor.button("Jouw “Muziek later” wijzigen").click()
    visitor.type_in(visitor.page.get_by_label("Jouw tekst"), "Muziek eerder", replacing=True)
    visitor.button("Opslaan").click()
    visitor.button("Jouw “Muziek eerder” wijzigen").wait_for()
    visitor.button("Opmerking van Anna is opgelost").click()
    visitor.button("Opmerking van Anna heropenen").wait_for()
    assert note_of(making_studio, note_id).resolved_at is not None
    notes = anna.get(f"/api/portal/versions/{version.id}/notes").json()["items"]
    assert [note["text"] for note in notes if note["answers_note_id"] == note_id] == ["Doen we"]
    assert [note["text"] for note in notes if note["is_studio"] and not note["answers_note_id"]] == ["Muziek eerder"]

    assert anna.post(f"/api/portal/versions/{version.id}/seen").status_code == 204
    approve(anna, version.id)
    visitor.sees(re.compile("^Anna keurde goed op"))
    visitor.sees(re.compile("^Gezien door Anna"))
    with visitor.context.expect_event("response", lambda answer: answer.url.endswith("/certificate.pdf")) as opened:
        visitor.button("Bewijs van versie 1 openen (PDF)").click()
    assert (opened.value.status, opened.value.headers["content-type"]) == (200, "application/pdf")
    with visitor.context.expect_event("request", lambda asked: "/login/preview" in asked.url):
        visitor.button("Bekijk als klant").click()
    visitor.sees(re.compile("^Het portaal staat tien minuten open"))
    visitor.open(f"/projects/{making_studio.project_id}")
    visitor.sees(re.compile("Versie 1: goedgekeurd op"))

    visitor.open("/settings/outbox")
    visitor.sees(re.compile("^Er is geen mail ingesteld"))
    visitor.button(re.compile("^Lezen: .*anna@bakkerij.example")).click()
    visitor.sees(re.compile("Kijk je mee"))
    visitor.button("Link openen").wait_for()

    # A film whose cut is gone gets no watermark: nothing is sent, and that is said where it was sent from.
    visitor.open(f"/create/{video_id}/export")
    visitor.button("Versie 2 sturen").click()
    visitor.page.get_by_role("checkbox", name="Met watermerk tot de goedkeuring").click()
    visitor.button("Versie 2 nu sturen").dblclick()
    visitor.sees("Versie 2 is niet verstuurd")
    assert len(sent(making_studio, video_id)) == 1
    visitor.button("Zonder watermerk sturen").dblclick()
    visitor.heading("Versie 2").wait_for()
    assert [one.number for one in sent(making_studio, video_id)] == [2, 1]


def test_a_client_who_writes_is_answered(visitor: Visitor, making_studio: MakingStudio, anna: httpx.Client) -> None:
    visitor.open("/library")
    assert anna.post("/api/portal/messages", json={"text": "Wanneer komt versie 2?"}).status_code == 201
    visitor.button(re.compile("^Meldingen, ")).click()
    visitor.button(re.compile("Anna van Bakkerij Anna stuurde een bericht")).click()
    visitor.sees("Wanneer komt versie 2?")
    visitor.sees("1 nieuw")
    visitor.type_in(visitor.page.get_by_label("Schrijf een bericht"), "Morgen")
    wait_for(lambda: "Morgen" in str(visitor.page.evaluate(KEPT_IN_BROWSER)), "the browser to keep it")
    visitor.page.reload()
    visitor.sees("Wanneer komt versie 2?")
    visitor.button("Sturen").dblclick()
    visitor.sees(re.compile("^Verstuurd$"))
    written = anna.get("/api/portal/messages").json()["items"]
    assert [message["text"] for message in written] == ["Morgen", "Wanneer komt versie 2?"]
    visitor.button("Sluiten").click()
