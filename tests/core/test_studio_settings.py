from datetime import UTC, datetime

import pytest

from engine.core.database import Database
from engine.core.errors import Invalid, RevisionOutdated
from engine.core.studio_settings import change_choices, get_choices

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def test_a_choice_stays_and_the_rest_keeps_its_default(database: Database) -> None:
    with database.writing() as session:
        assert get_choices(session).studio_name == "BOM Studios"
        change_choices(session, 0, {"studio_name": "Zij & Ik"}, at=AT)
        changed = change_choices(session, 1, {"time_zone": "Europe/Brussels"}, at=AT)

        assert (changed.studio_name, changed.time_zone, changed.language, changed.revision) == (
            "Zij & Ik",
            "Europe/Brussels",
            "nl",
            2,
        )
        with pytest.raises(RevisionOutdated):
            change_choices(session, 1, {"language": "en"}, at=AT)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("time_zone", "Europe/Atlantis"),
        ("language", "de"),
        ("studio_name", " "),
        ("folder_template", "{client}"),
        ("folder_template", "../{project}"),
        ("folder_template", "{project}/{secret}"),
        ("folder_template", "C:\\{project}"),
        ("colour", "red"),
    ],
)
def test_a_choice_that_means_nothing_is_refused(database: Database, name: str, value: str) -> None:
    with database.writing() as session, pytest.raises(Invalid) as refused:
        change_choices(session, 0, {name: value}, at=AT)

    assert refused.value.field == name
