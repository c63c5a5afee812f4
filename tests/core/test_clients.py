from datetime import timedelta

import pytest

from engine.core import clients, projects
from engine.core.actors import Actor
from engine.core.database import Database
from engine.core.errors import Conflict, Invalid
from engine.core.models import ProjectStatus
from engine.core.projects import IllegalMove
from tests.core.domain import NOW, a_client, a_project

LATER = NOW + timedelta(days=1)
JEROEN = Actor("staff", "jeroen")


@pytest.mark.parametrize("name", ["O'Brien & Zn. B.V.", "مخبز آنا", "🥐 Bakkerij", "x" * 300, "Café"])
def test_a_client_is_kept_under_the_name_that_was_typed(database: Database, name: str) -> None:
    with database.writing() as session:
        client_id = clients.create_client(session, name=f"  {name} ", at=NOW).id

    with database.reading() as session:
        assert clients.get_client(session, client_id).name == name


@pytest.mark.parametrize("name", ["", "   ", "a\x00b", "\u200b", "x" * 301, "a\ud800"])
def test_a_name_that_nobody_could_read_is_refused(database: Database, name: str) -> None:
    with database.writing() as session, pytest.raises(Invalid) as refused:
        clients.create_client(session, name=name, at=NOW)

    assert refused.value.field == "name"


def test_a_client_with_work_in_hand_is_not_put_away(database: Database) -> None:
    with database.writing() as session:
        client = a_client(session)
        project = a_project(session, client)
        projects.move_project(session, project.id, ProjectStatus.IN_PROGRESS, by=JEROEN, at=NOW)

        with pytest.raises(Conflict, match="still has work in hand: “Winter 2026”") as refused:
            clients.archive_client(session, client.id, at=LATER)

        assert refused.value.facts["projects"] == [{"id": project.id, "name": "Winter 2026", "status": "in_progress"}]
        projects.archive_project(session, project.id, at=LATER)
        assert clients.archive_client(session, client.id, at=LATER).archived_at == LATER
        with pytest.raises(Conflict, match="archived"):
            a_project(session, client)


def test_a_client_is_put_away_with_work_in_hand_once_somebody_said_that_it_goes_on(database: Database) -> None:
    with database.writing() as session:
        client = a_client(session)
        project = a_project(session, client)
        projects.move_project(session, project.id, ProjectStatus.IN_PROGRESS, by=JEROEN, at=NOW)

        clients.archive_client(session, client.id, keep_open_work=True, at=LATER)

        assert client.archived_at == LATER
        assert (project.archived_at, project.status) == (None, ProjectStatus.IN_PROGRESS)
        assert projects.move_project(session, project.id, ProjectStatus.REVIEW, by=JEROEN, at=LATER)


@pytest.mark.parametrize("start", list(ProjectStatus))
def test_a_project_moves_along_the_table_only(database: Database, start: ProjectStatus) -> None:
    with database.writing() as session:
        project = a_project(session)
        for to in ProjectStatus:
            project.status = start
            session.flush()
            if to in projects.MOVES[start]:
                assert projects.move_project(session, project.id, to, by=JEROEN, at=LATER).status is to
            else:
                with pytest.raises(IllegalMove):
                    projects.move_project(session, project.id, to, by=JEROEN, at=LATER)

        assert {(change.to_status, change.by) for change in projects.status_changes(session, project.id)} == {
            (str(to), "staff:jeroen") for to in projects.MOVES[start]
        }
