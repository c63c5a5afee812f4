from datetime import timedelta

import pytest

from engine.core import brand_kits
from engine.core.database import Database
from engine.core.errors import Invalid, RevisionOutdated
from tests.core.domain import NOW, a_client, a_picture

LATER = NOW + timedelta(days=1)


def test_a_brand_kit_is_there_from_the_start_and_is_changed_on_what_was_seen(database: Database) -> None:
    with database.writing() as session:
        client = a_client(session)
        brand_kits.change_brand_kit(session, client.id, 1, colours={"accent": "#C2410C"}, at=LATER)

        with pytest.raises(RevisionOutdated):
            brand_kits.change_brand_kit(session, client.id, 1, colours={"accent": "#000000"}, at=LATER)

        assert brand_kits.get_brand_kit(session, client.id).colours == {"accent": "#C2410C"}


def test_a_logo_is_a_picture_of_this_client_or_of_the_whole_studio(database: Database) -> None:
    with database.writing() as session:
        client, other = a_client(session), a_client(session, "Slager")

        kit = brand_kits.change_brand_kit(session, client.id, 1, logo_light_asset_id=a_picture(session).id, at=LATER)
        with pytest.raises(Invalid, match="another client's"):
            theirs = a_picture(session, other)
            brand_kits.change_brand_kit(session, client.id, kit.revision, logo_dark_asset_id=theirs.id, at=LATER)
        with pytest.raises(Invalid, match="is not a typeface"):
            fonts = {"display_asset_id": a_picture(session).id}
            brand_kits.change_brand_kit(session, client.id, kit.revision, fonts={**fonts}, at=LATER)
