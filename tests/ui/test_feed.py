"""What a window knows of one's own uploads."""

from datetime import UTC, datetime

from api.schemas.uploads import UploadOut
from engine.ui.desk import Feed


def an_upload(state: str, arrived_bytes: int) -> UploadOut:
    return UploadOut.model_validate(
        {
            "id": "u1",
            "state": state,
            "file_name": "film.mov",
            "length_bytes": 100,
            "arrived_bytes": arrived_bytes,
            "asset_id": "a1" if state == "ready" else None,
            "problem": "",
            "problem_code": "",
            "problem_facts": {},
            "expires_at": datetime(2026, 11, 25, tzinfo=UTC),
        }
    )


def test_a_file_that_has_come_into_the_library_is_news_once() -> None:
    feed = Feed()

    assert feed.take_uploads([an_upload("arriving", 40)])
    assert [upload.arrived_bytes for upload in feed.arriving()] == [40]
    assert not feed.take_uploads([an_upload("arriving", 40)])
    assert feed.take_uploads([an_upload("ready", 100)])
    assert (feed.arriving(), feed.news) == ([], 1)
    assert not feed.take_uploads([an_upload("ready", 100)])
    assert feed.news == 1


def test_what_was_finished_before_the_window_opened_is_no_news() -> None:
    feed = Feed()

    feed.take_uploads([an_upload("ready", 100)])

    assert feed.news == 0
