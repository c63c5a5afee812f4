"""Finding projects and videos by their words, as they are typed."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core import projects, search, videos
from engine.core.database import Database
from engine.core.models import Video, VideoSearchWord
from engine.core.paging import PageWish
from tests.core.domain import NOW, a_client, a_project, a_video

NEWEST = PageWish("-created_at")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Oliebollen, élke dag!", ["oliebollen", "elke", "dag"]),
        ("O'Brien & Zn. B.V.", ["o", "brien", "obrien", "zn", "b", "v", "bv"]),
        ("Foto's in ’s-Hertogenbosch", ["foto", "s", "fotos", "in", "hertogenbosch", "shertogenbosch"]),
        ("Kerst 🎂 2026", ["kerst", "🎂", "2026"]),
        ("الخُبز الطازج", ["الخبز", "الطازج"]),
        ("Straße STRASSE", ["strasse"]),
        ("… — !", []),
        ("x" * 300, ["x" * 40]),
    ],
)
def test_a_word_is_what_a_person_takes_for_one_in_any_script(text: str, words: list[str]) -> None:
    assert search.words_of(text) == words


def found_videos(session: Session, looked_for: str) -> list[str]:
    wanted = search.matching(session, VideoSearchWord, looked_for, Video.id)
    return sorted(session.scalars(select(Video.title).where(wanted)))


def test_a_video_is_found_by_how_the_words_of_its_title_and_script_begin(database: Database) -> None:
    with database.writing() as session:
        project = a_project(session)
        for title, script in (
            ("Winteractie", "Elke dag verse oliebollen.\n---\nKom je proeven?"),
            ("Crème brûlée", "Op z'n Frans."),
            ("خبز", "خبز طازج كل يوم"),
        ):
            videos.create_video(session, project_id=project.id, title=title, script=script, at=NOW)

        assert found_videos(session, "oliebol") == ["Winteractie"]
        assert found_videos(session, "VERSE winter") == ["Winteractie"]
        assert found_videos(session, "verse frans") == []
        assert found_videos(session, "creme bru") == ["Crème brûlée"]
        assert found_videos(session, "طاز") == ["خبز"]
        assert found_videos(session, "bollen") == []
        assert found_videos(session, "!?") == []
        assert found_videos(session, "%") == []


def test_a_new_script_is_found_by_its_words_and_no_more_by_the_old_ones(database: Database) -> None:
    with database.writing() as session:
        video = a_video(session, script="Oliebollen.")
        videos.change_video(session, video.id, video.revision, script="Appelflappen.", at=NOW)

        assert found_videos(session, "appelflap") == ["Oliebollen"]
        assert found_videos(session, "oliebollen") == ["Oliebollen"], "it is still its title"
        videos.change_video(session, video.id, video.revision, title="Oud en nieuw", at=NOW)
        assert found_videos(session, "oliebollen") == []


def test_words_that_nearly_all_videos_have_are_found_too(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "FEW", 2)
    with database.writing() as session:
        project = a_project(session)
        for number in range(5):
            videos.create_video(
                session, project_id=project.id, title=f"Film {number}", script=f"De {number % 2}e dag.", at=NOW
            )

        assert found_videos(session, "de film") == [f"Film {number}" for number in range(5)]
        assert found_videos(session, "film 1e") == ["Film 1", "Film 3"]


def test_a_project_is_found_by_its_name_and_its_clients_together(database: Database) -> None:
    with database.writing() as session:
        brien = a_client(session, "O'Brien & Zn. B.V.")
        a_project(session, brien, "Voorjaar 🌷")
        a_project(session, brien, "Najaar")
        a_project(session, a_client(session, "Bakkerij Anna"), "Voorjaar")

        def found(looked_for: str) -> list[str]:
            return sorted(one.name for one in projects.list_projects(session, NEWEST, search=looked_for).items)

        assert found("obrien voor") == ["Voorjaar 🌷"]
        assert found("o'brien") == ["Najaar", "Voorjaar 🌷"]
        assert found("🌷") == ["Voorjaar 🌷"]
        assert found("anna najaar") == []
        assert found("-") == []
