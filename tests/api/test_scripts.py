"""How a text is shown split while it is written."""

import httpx

from tests.api.studio import assert_problem
from tests.api.test_work import made, video_of


def test_a_text_is_split_just_as_saving_it_would(lite_owner: httpx.Client) -> None:
    script = "Prof. dr. De Vries bakt brood.\nDat kost € 3,50 per stuk. 🥐 Kom je proeven vandaag?"

    split = made(lite_owner, "scripts/split", script=script, language="nl")

    saved = video_of(lite_owner, script)["scenes"]
    assert [scene["text"] for scene in split["scenes"]] == [scene["text"] for scene in saved]
    assert split["words"] == sum(scene["words"] for scene in split["scenes"]) == len(script.split())
    assert split["reading_ms"] == sum(scene["reading_ms"] for scene in split["scenes"]) > 2000
    assert split["characters"] == sum(len(scene["text"]) for scene in split["scenes"])


def test_a_text_without_a_word_has_no_scenes_and_is_no_error(lite_owner: httpx.Client) -> None:
    for script in ("", " \n ", "---", "[pauze 2s]"):
        split = made(lite_owner, "scripts/split", script=script)

        assert split == {"scenes": [], "characters": 0, "words": 0, "reading_ms": 0}
    assert_problem(lite_owner.post("/api/scripts/split", json={"script": "x" * 100_001}), 422, "invalid_request")


def test_splitting_keeps_nothing(lite_owner: httpx.Client) -> None:
    made(lite_owner, "scripts/split", script="Elke dag vers brood.")

    assert lite_owner.get("/api/videos").json()["items"] == []
