"""What the studio's machine lacks: every sentence of the look is said in the person's language."""

from pathlib import Path

import pytest

from api.schemas.health import FindingOut
from api.services.findings import Finding, findings_of
from engine.settings import Settings
from engine.ui.pages.settings.health import detail_of, finding_name, turned_off
from engine.ui.words import WORDS, Words


def shown(finding: Finding) -> FindingOut:
    return FindingOut.model_validate(finding, from_attributes=True)


def test_every_finding_has_a_name_and_says_in_words_what_is_off_without_it(tmp_path: Path) -> None:
    findings = [shown(finding) for finding in findings_of(Settings(data_dir=tmp_path))]

    unsaid = [one.thing for one in findings if f"finding.{one.thing.lower().replace(' ', '_')}" not in WORDS]
    assert unsaid == []
    studio = next(one for one in findings if one.thing == "Studio")
    assert finding_name(studio, Words("nl")) == "Studio"
    assert turned_off(studio, Words("nl")).startswith("inloggen")
    assert detail_of(studio, Words("nl")) == "nog geen"


@pytest.mark.parametrize(
    ("detail", "dutch"),
    [
        ("2 can sign in", "2 kunnen inloggen"),
        ("/data cannot be written", "/data kan niet worden beschreven"),
        (
            "https://api.replicate.com tells when a picture is done",
            "https://api.replicate.com meldt wanneer een beeld klaar is",
        ),
        ("lead to https://studio.example/portal", "gaan naar https://studio.example/portal"),
        (
            "lead to http://localhost:3000, which only this machine knows; set BOM_PORTAL_URL",
            "gaan naar http://localhost:3000, dat alleen deze computer kent; stel BOM_PORTAL_URL in",
        ),
        ("3.11.7", "3.11.7"),
    ],
)
def test_a_detail_is_said_in_dutch_and_a_number_stays_as_it_is(detail: str, dutch: str) -> None:
    assert detail_of(shown(Finding("Studio", True, detail)), Words("nl")) == dutch
