"""Clients, their brand and their import in a real browser."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from playwright.sync_api import Browser
from sqlalchemy import select

from api.studio import utc_now
from engine.core import brand_kits, contacts
from engine.core.models import Asset, BrandKit, Client, Contact
from engine.render.picture.text import FONTS
from setup.browser import find_browser
from tests.e2e.app_studio import AppStudio, Visitor, served_studio
from tests.e2e.test_settings import fill

BROWSER = find_browser()
pytestmark = pytest.mark.skipif(
    BROWSER is None, reason="no Chromium on PATH: run setup/browser.py, or install the chromium package"
)
LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><rect width="2" height="1" fill="#0A7D4F"/></svg>'
FILE = "Klant;E-mail;Project;Klaar op\nمخبز آنا;anna@makhbaz.example;Zomer;24-12-2026\n{}"


@pytest.fixture(scope="module")
def studio(migrated_sqlite_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppStudio]:
    with served_studio(migrated_sqlite_file, tmp_path_factory.mktemp("studio")) as studio:
        yield studio


@pytest.fixture(scope="module")
def visitor(browser: Browser, studio: AppStudio) -> Iterator[Visitor]:
    """Somebody who is signed in. Whatever happens, nothing was asked of another host."""
    visitor = Visitor(browser, studio.url)
    visitor.sign_in("/clients")
    yield visitor
    assert visitor.foreign == []
    visitor.leave()


def client_id_of(studio: AppStudio, name: str) -> str:
    with studio.database.reading() as session:
        return session.scalars(select(Client.id).where(Client.name == name)).one()


def kit_of(studio: AppStudio, client_id: str) -> BrandKit:
    with studio.database.reading() as session:
        return brand_kits.get_brand_kit(session, client_id)


def choose(visitor: Visitor, button: str, name: str, content: bytes) -> None:
    """Pick a file from disk."""
    with visitor.page.expect_file_chooser() as chooser:
        visitor.button(button).click()
    chooser.value.set_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})


def test_a_client_is_added_found_by_its_people_and_put_away_once_its_open_work_was_read(
    visitor: Visitor, studio: AppStudio
) -> None:
    visitor.page.goto(f"{visitor.url}/clients")
    visitor.button("Nieuwe klant").click()
    visitor.button("Klant toevoegen").click()
    visitor.sees("Vul een naam in.")
    fill(visitor, "Naam", "🥐 O'Neill & Zn. B.V.")
    visitor.button("Klant toevoegen").dblclick()
    visitor.heading("🥐 O'Neill & Zn. B.V.").wait_for()
    client_id = client_id_of(studio, "🥐 O'Neill & Zn. B.V.")
    assert visitor.page.url.endswith(f"/clients/{client_id}")

    visitor.button("Contactpersoon toevoegen").click()
    visitor.sees("Krijgt mail over")
    visitor.type_in(visitor.page.get_by_label("Naam", exact=True).last, "Zoë de Wit")
    fill(visitor, "E-mailadres", "zoe@oneill.example")
    visitor.page.get_by_role("switch", name="Facturen").click()
    visitor.page.get_by_role("button", name="Toevoegen", exact=True).click()
    visitor.button("Contactpersoon toevoegen").wait_for()
    visitor.sees(re.compile("nog niet uitgenodigd · mail over .* herinneringen, leveringen$"))
    visitor.button("Zoë de Wit wijzigen").click()
    visitor.page.get_by_role("switch", name="Leveringen").click()
    with studio.database.writing() as session:  # somebody else, meanwhile
        (contact,) = session.scalars(select(Contact).where(Contact.client_id == client_id))
        contacts.change_contact(session, client_id, contact.id, contact.revision, name="Zoë Wit", at=utc_now())
    visitor.page.get_by_role("button", name="Bewaren").last.click()
    visitor.sees(re.compile("Iemand anders heeft dit intussen gewijzigd"))
    visitor.sees(re.compile("Zoë Wit · zoe@oneill.example"))
    visitor.button("Annuleren").click()
    visitor.button("Zoë Wit blokkeren").click()
    visitor.button("Zoë Wit weer toelaten").wait_for()
    with studio.database.reading() as session:
        (contact,) = session.scalars(select(Contact).where(Contact.client_id == client_id))
    assert (contact.email, contact.notification_wishes["invoice"]) == ("zoe@oneill.example", False)
    assert contact.disabled_at is not None

    visitor.page.goto(f"{visitor.url}/clients?search=wit%20zoe")
    visitor.button(re.compile("O'Neill")).wait_for()
    assert visitor.page.get_by_role("button", name=re.compile("Bakkerij Anna")).count() == 0

    bakery = client_id_of(studio, "Bakkerij Anna")
    visitor.page.goto(f"{visitor.url}/clients/{bakery}")
    visitor.sees(re.compile("Kosten tot nu toe"))
    visitor.button("Archiveren").click()
    visitor.sees(re.compile("Er loopt nog werk voor deze klant"))
    visitor.sees(re.compile("· Campagne "))
    visitor.button("Toch archiveren").click()
    visitor.sees("In het archief")
    visitor.button("Terugzetten").click()
    visitor.button("Archiveren").wait_for()
    fill(visitor, "Notities", "Belt graag.")
    visitor.button("Bewaren").click()
    visitor.sees("Bewaard")
    with studio.database.reading() as session:
        assert session.get_one(Client, bakery).notes == "Belt graag."


def test_a_brand_is_chosen_while_a_frame_of_it_is_seen(visitor: Visitor, studio: AppStudio) -> None:
    client_id = client_id_of(studio, "Bakkerij Anna")
    visitor.page.goto(f"{visitor.url}/clients/{client_id}/brand")
    visitor.page.get_by_role("img", name="Voorbeeld: Beeld").wait_for()

    fill(visitor, "Tekst op accent", "bruin")
    visitor.page.keyboard.press("Enter")
    visitor.sees("Schrijf een kleur als #C2410C.")
    fill(visitor, "Accent", "ffe08a")
    visitor.page.keyboard.press("Enter")
    visitor.sees(re.compile("Slecht leesbaar: tekst op het accent heeft contrast 1,"))
    mend = visitor.button("Maak het #000000")
    with visitor.page.expect_response(re.compile(r"/brand-kit/frame\?.*kit=3$")) as frame:
        mend.click()  # the accent was the first change
    assert frame.value.headers["content-type"] == "image/jpeg"
    visitor.sees("Bewaard")
    kit = kit_of(studio, client_id)
    assert (kit.colours["accent"], kit.colours["on_accent"]) == ("#FFE08A", "#000000")
    choose(visitor, "Voor donkere beelden uploaden", "Logo.svg", LOGO)
    visitor.button("Voor donkere beelden weghalen").wait_for()
    visitor.sees("De kleuren uit het logo staan bovenaan in elk palet.")
    font, out = TTFont(FONTS / "Anton-Regular.ttf"), BytesIO()
    font.flavor = "woff2"
    font.save(out)
    choose(visitor, "Lettertype uploaden", "Geen letter.ttf", b"tekst")
    visitor.sees(re.compile("^“Geen letter.ttf” is geen lettertype"))
    choose(visitor, "Lettertype uploaden", "Huisletter.woff2", out.getvalue())
    visitor.sees("Huisletter.ttf")

    kit = kit_of(studio, client_id)
    with studio.database.reading() as session:
        names = {asset.id: asset.file_name for asset in session.scalars(select(Asset))}
    assert names[str(kit.logo_light_asset_id)] == "Logo.png"
    assert names[str(kit.fonts["display_asset_id"])] == "Huisletter.ttf"


def test_a_spreadsheet_is_read_row_by_row_and_imported_once_it_is_right(visitor: Visitor, studio: AppStudio) -> None:
    visitor.page.goto(f"{visitor.url}/clients/import")
    choose(visitor, "CSV-bestand kiezen", "klanten.csv", FILE.format(";x;;31-02-2027\n").encode("utf-16"))
    visitor.sees(re.compile("gelezen als utf-16, kolommen gescheiden door ;"))
    visitor.sees("De naam van de klant ontbreekt.")
    visitor.sees(re.compile("Deze datum bestaat niet"))

    choose(visitor, "CSV-bestand kiezen", "klanten.csv", FILE.format("Bakkerij Anna;;;\n").encode())
    visitor.sees("مخبز آنا")
    visitor.button("Importeer 1 klant, 1 contactpersoon, 1 project").dblclick()

    visitor.sees("Toegevoegd: 1 klant, 1 contactpersoon, 1 project.")
    visitor.button("Naar de klanten").click()
    visitor.button(re.compile("مخبز آنا")).wait_for()
    with studio.database.reading() as session:
        assert len(session.scalars(select(Client).where(Client.name == "مخبز آنا")).all()) == 1
