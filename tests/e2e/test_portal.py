"""The client portal in a real browser: from the mail to the decision, on a phone and at a desk."""

import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from engine.core.models import Note, Version
from setup.browser import find_browser
from tests.cli.studio import wait_for
from tests.e2e.portal_client import DESK, PHONE, Client
from tests.e2e.portal_studio import BAS, FRAMES, PortalStudio, code_in, is_portal_built, link_in

pytestmark = [
    pytest.mark.skipif(find_browser() is None, reason="needs Chromium"),
    pytest.mark.skipif(not is_portal_built(), reason="needs the portal, which `make setup` builds"),
]
FRAMES_SEEN = (1, 43, FRAMES - 1)
RATES = (Fraction(24), Fraction(25), Fraction(30_000, 1001), Fraction(30), Fraction(60))


@pytest.fixture(scope="module")
def studio(migrated_sqlite_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PortalStudio]:
    folder = tmp_path_factory.mktemp("portal")
    (folder / "bom.db").write_bytes(migrated_sqlite_file.read_bytes())
    studio = PortalStudio(folder)
    studio.start()
    yield studio
    studio.stop()


def test_on_a_phone_a_client_signs_in_with_a_code_draws_notes_without_a_connection_and_approves(
    browser: Browser, studio: PortalStudio
) -> None:
    version = studio.send("Oliebollen", ("9:16", "16:9"))
    anna = Client(browser, studio, PHONE)
    page = anna.page

    page.goto(f"/videos/{version.video_id}")  # nobody is signed in yet: the way there is kept
    page.wait_for_url(re.compile("/login"))
    page.get_by_label("Mailadres").fill("anna@bakkerij.example")
    anna.press("Stuur me een link")
    page.get_by_label("Code uit de mail").fill(code_in(studio.last_mail()))
    anna.press("Inloggen")
    page.get_by_role("heading", name="Oliebollen").wait_for()

    page.get_by_role("slider", name="Plaats in de film").fill("45")
    expect(page.get_by_test_id("timecode")).to_have_text("00:01:15")
    assert anna.shown_number(45) == 45
    anna.press("Teken op het beeld")
    anna.draw((0.25, 0.25), (0.75, 0.25), (0.75, 0.5))
    page.get_by_label("Opmerking bij 00:01:15").fill("Logo groter")
    expect(page.get_by_text("Concept bewaard")).to_be_visible()
    page.reload()  # as when the tab is closed by accident: words, frame and drawing are there
    expect(page.get_by_label("Opmerking bij 00:01:15")).to_have_value("Logo groter")
    expect(page.get_by_role("img", name="Tekening").locator("path")).to_have_count(2)
    anna.press("Versturen")
    expect(page.get_by_text("Concept bewaard")).to_have_count(0)
    expect(page.get_by_role("button", name="00:01:15")).to_be_visible()

    page.context.set_offline(True)
    page.get_by_label("Opmerking bij").fill("Muziek zachter")
    anna.press("Versturen")
    expect(page.get_by_text("Geen verbinding. Bewaard op dit toestel")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("Geen verbinding")).to_have_count(0)

    anna.press("Goedkeuren")
    anna.press("Ja, goedkeuren")
    page.get_by_role("button", name="Terugdraaien").click()
    expect(page.get_by_text("Teruggedraaid.")).to_be_visible()
    assert studio.decision_on(version) is None
    anna.press("Goedkeuren")
    anna.press("Ja, goedkeuren")
    page.get_by_role("link", name="Bewijs").click()  # there once the ten seconds are over
    page.get_by_role("heading", name="Goedgekeurd").wait_for()
    page.get_by_role("region", name="Is dit het bestand?").locator("input").set_input_files(
        studio.folder / "9x16-30-1.mp4"
    )
    expect(page.get_by_text("Ja: 9x16-30-1.mp4 is precies de film in 9:16")).to_be_visible()
    page.get_by_role("region", name="Is dit het bestand?").locator("input").set_input_files(
        studio.folder / "9x16-30-1.vtt"
    )
    expect(page.get_by_text("Nee: 9x16-30-1.vtt is een ander bestand")).to_be_visible()

    drawn, offline = studio.notes_on(version)
    assert (drawn[0], drawn[1], offline[0]) == ("Logo groter", 1500, "Muziek zachter")
    assert drawn[3] is not None
    first = drawn[3]["strokes"][0]["points"][0]  # type: ignore[index,call-overload]
    assert first == pytest.approx({"x": 0.25, "y": 0.25}, abs=0.01)
    anna.complaints = [said for said in anna.complaints if "ERR_INTERNET_DISCONNECTED" not in said]
    anna.leave()


def test_at_a_desk_a_client_uses_the_keyboard_answers_ticks_off_compares_writes_and_asks_for_changes(
    browser: Browser, studio: PortalStudio
) -> None:
    first = studio.send("Kerstbrood")
    studio.note_by_jeroen(first, "Klopt deze tekst?", 1000)
    bas = Client(browser, studio, DESK)
    page = bas.page

    link = link_in(bas.ask_link(BAS))
    for _scanner in range(3):
        assert httpx.get(link.partition("#")[0]).status_code == 200
    page.goto(link)
    bas.press("Inloggen")
    page.get_by_role("link", name="Kerstbrood").click()
    page.get_by_role("heading", name="Kerstbrood").wait_for()

    bas.film.focus()
    time = page.get_by_test_id("timecode")
    for key, shown in ((".", "00:00:01"), (".", "00:00:02"), (",", "00:00:01"), ("ArrowRight", "00:01:01")):
        page.keyboard.press(key)
        expect(time).to_have_text(shown)
    page.keyboard.press("l")
    expect(page.get_by_role("button", name="Pauze")).to_be_visible()
    page.keyboard.press("n")
    page.keyboard.type("k")  # a letter of the note, and no key of the player
    expect(page.get_by_role("button", name="Afspelen")).to_be_visible()
    page.get_by_label("Opmerking bij").fill("")
    page.get_by_role("slider", name="Plaats in de film").fill("30")
    bas.press("Stuk")
    page.get_by_role("slider", name="Plaats in de film").fill("75")
    bas.press("Tot hier")
    page.get_by_label("Opmerking bij 00:01:00 – 00:02:15").fill("Te snel")
    page.keyboard.press("Control+Enter")
    note = page.get_by_role("listitem").filter(has_text="Te snel")
    expect(note).to_be_visible()
    question = page.get_by_role("listitem").filter(has_text="Klopt deze tekst?")
    question.get_by_role("button", name="Antwoord").click()
    question.get_by_label("Antwoord").fill("Ja, zo is het goed.")
    question.get_by_role("button", name="Bewaar").click()
    question.get_by_role("button", name="Vink af").click()
    expect(page.get_by_role("button", name="Toon 1 afgevinkte")).to_be_visible()
    bas.press("Wijzigingen vragen")
    bas.press("Ja, vraag wijzigingen")
    expect(page.get_by_role("link", name="Bewijs")).to_be_visible()
    assert [(text, start, end) for text, start, end, _ in studio.notes_on(first) if start != 1000 and start] == []
    assert ("Te snel", 1000, 2500) in [noted[:3] for noted in studio.notes_on(first)]

    second = studio.send_again(first.video_id)
    page.reload()
    page.get_by_role("group", name="Verwerkt?").get_by_role("button", name="Ja").click()
    expect(page.get_by_text("1 van 1 beantwoord")).to_be_visible()
    page.get_by_role("link", name="Vergelijk").click()
    page.get_by_role("combobox", name="Links").wait_for()
    page.get_by_role("slider", name="Plaats in de film").fill("60")
    together = (
        "() => { const [a, b] = document.querySelectorAll('video'); return Math.abs(a.currentTime - b.currentTime) }"
    )
    wait_for(lambda: page.evaluate(together) < 0.001, "both films to show the same moment")
    bas.press("Afspelen")
    page.wait_for_function("() => document.querySelectorAll('video')[1].currentTime > 2.5")
    assert page.evaluate(together) < 0.25

    page.get_by_role("link", name="Berichten").click()
    page.get_by_label("Schrijf een bericht").fill("Wanneer komt hij online?")
    expect(page.get_by_text("Concept bewaard")).to_be_visible()
    page.reload()
    bas.press("Versturen")
    expect(page.get_by_role("listitem").filter(has_text="Wanneer komt hij online?")).to_be_visible()
    page.goto(f"/videos/{second.video_id}/downloads")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Film 9:16").click()
    assert saved.value.suggested_filename == "Kerstbrood 9x16.mp4"
    page.get_by_role("link", name="Account").click()
    page.get_by_label("English").click()
    page.get_by_role("heading", name="Preferences").wait_for()
    bas.has_a_device_for_passkeys()
    bas.press("Add a passkey")
    page.get_by_label("Name of this device").fill("Desk")
    bas.press("Make passkey")
    expect(page.get_by_text("Added on")).to_be_visible()
    bas.press("Sign out everywhere")
    page.wait_for_url(re.compile("/login"))
    page.get_by_role("button", name=re.compile("passkey")).click()
    page.wait_for_url(re.compile("/dashboard"))
    page.goto("/account")
    expect(page.get_by_text(re.compile("Last used on .+ 2026"))).to_be_visible()
    bas.press("Remove Desk")
    bas.press("Sign out")
    page.wait_for_url(re.compile("/login"))
    page.get_by_role("button", name=re.compile("passkey")).click()
    expect(page.get_by_role("alert").filter(has_text=re.compile("passkey"))).to_be_visible()
    bas.complaints = [said for said in bas.complaints if "401" not in said]
    page.goto("/dashboard")
    page.wait_for_url(re.compile("/login"))
    bas.leave()


def test_a_link_to_a_noted_moment_shows_that_very_frame_at_every_rate(browser: Browser, studio: PortalStudio) -> None:
    anna = Client(browser, studio, DESK)
    anna.is_signed_in()
    wrong = []
    for fps in RATES:
        version = studio.send(f"Film van {fps}", fps=fps)
        for frame in FRAMES_SEEN:
            anna.page.goto(f"/videos/{version.video_id}#t={round(1000 * frame / fps)}")
            if (shown := anna.shown_number(frame)) != frame:
                wrong.append((fps, frame, shown))
    assert wrong == []
    anna.leave()


def test_no_page_keeps_anybody_out_by_day_or_in_the_dark(browser: Browser, studio: PortalStudio) -> None:
    version = studio.send("Paasstol")
    studio.note_by_jeroen(version, "Klopt dit?", 500)
    studio.send_again(version.video_id)
    anna = Client(browser, studio, PHONE)
    found = []
    for path in ("/login", "/login/link#x"):
        anna.page.goto(path)
        found += anna.barriers()
    anna.is_signed_in()
    video = f"/videos/{version.video_id}"
    of_a_video = (f"{video}/1", f"{video}/compare", f"{video}/downloads", video)
    for path in ("/dashboard", "/videos", "/messages", "/account", "/approvals", *of_a_video):
        anna.page.goto(path)
        anna.page.get_by_role("heading", level=1).wait_for()
        found += anna.barriers()
    anna.press("Goedkeuren")
    found += anna.barriers()
    assert found == []
    anna.leave()


def test_a_page_runs_only_its_own_scripts_and_is_kept_nowhere(studio: PortalStudio) -> None:
    answers = [httpx.get(f"{studio.url}/login") for _ in range(2)]
    policies = [answer.headers["content-security-policy"] for answer in answers]
    nonces = [re.search(r"'nonce-([^']+)'", policy) for policy in policies]
    assert all(nonces)
    assert policies[0] != policies[1]
    for answer, nonce in zip(answers, nonces, strict=True):
        assert nonce
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert all(f'nonce="{nonce[1]}"' in tag for tag in re.findall(r"<script[^>]*>", answer.text))
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["strict-transport-security"] == "max-age=31536000"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert "x-powered-by" not in answer.headers
    hidden = httpx.get(f"{studio.url}/dashboard")
    assert hidden.status_code in {200, 307}
    assert "Bakkerij" not in hidden.text


def test_what_is_not_the_portals_is_not_reached_through_it(studio: PortalStudio) -> None:
    for path in ("/api/clients", "/api/openapi.json", "/api/portal/../clients", "/media/exports/x"):
        assert httpx.get(studio.url + path).status_code == 404, path
    refused = httpx.post(
        f"{studio.url}/api/portal/sign-in/links",
        json={"email": "anna@bakkerij.example"},
        headers={"Origin": "https://evil.example"},
    )
    assert refused.status_code == 403


def test_the_studio_knows_who_comes_through_the_portal_by_their_connection(studio: PortalStudio) -> None:
    """ASVS 4.1.3: else all clients would share the limits of this one machine, or could escape their own."""
    headers = {"X-Forwarded-For": "203.0.113.5", "X-Bom-Portal": "guessed"}
    for _ in range(2):
        httpx.post(f"{studio.url}/api/portal/sign-in/code", json={"code": "000 000"}, headers=headers)
    assert studio.addresses_refused() == {"127.0.0.1"}
    with httpx.Client(transport=httpx.HTTPTransport(local_address="127.0.0.2")) as neighbour:
        neighbour.post(
            f"{studio.url.replace('localhost', '127.0.0.1')}/api/portal/sign-in/code", json={"code": "000 000"}
        )
    assert studio.addresses_refused() == {"127.0.0.1", "127.0.0.2"}


def test_the_studio_looks_at_the_portal_as_the_client_and_leaves_no_trace(
    browser: Browser, studio: PortalStudio
) -> None:
    version = studio.send("Voorbeeld")
    nobody = Client(browser, studio, DESK)
    page = nobody.page

    page.goto(studio.preview_link(version))

    page.wait_for_url(re.compile(f"/videos/{version.video_id}/1$"))
    banner = page.get_by_text("Voorbeeld: zo ziet Bakkerij Anna het portaal.")
    expect(banner).to_be_visible()
    page.get_by_label("Opmerking bij").fill("Van de studio zelf")
    nobody.press("Versturen")
    expect(page.get_by_text("Dit is een voorbeeld: er is niets bewaard.").first).to_be_visible()
    with studio.database.reading() as session:
        assert session.get_one(Version, version.id).seen_at is None
        assert session.scalars(select(Note.id).where(Note.version_id == version.id)).all() == []
    nobody.press("Stoppen")
    page.wait_for_url(re.compile("/login"))
    expect(banner).to_have_count(0)
    nobody.complaints = [said for said in nobody.complaints if "403" not in said]
    nobody.leave()
