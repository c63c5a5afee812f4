from datetime import date

import pytest

from engine.core import clients, contacts
from engine.core.client_import import ImportPlan, ImportRefused, import_all, plan_import
from engine.core.csv_tables import MOST_ROWS, read_table
from engine.core.database import Database
from engine.core.errors import Invalid
from engine.core.models import Client, Contact, Project
from tests.core.domain import NOW, a_client, a_project

FILE = """Klant;Taal;Contactpersoon;E-mail;Project;Klaar op;Prijs;Pakket;Video's;Kleur
O'Brien & Zn. B.V.;Engels;Aoife O'Brien;Aoife@OBrien.example;Zomer;24-12-2026;€ 1.450,00;Groei;4;rood
o'brien & zn. b.v.;;;aoife@obrien.example;Winter;2027-01-31;950;;;
مخبز آنا;;;;;;;;;
🥐 Café Zoë;nl;;;Oud project;1-1-2020;;;;
"""


def planned(database: Database, text: str) -> ImportPlan:
    with database.reading() as session:
        return plan_import(session, read_table(text.encode()))


def outcomes(plan: ImportPlan) -> list[tuple[str, ...]]:
    return [tuple(problem.code for problem in row.problems) or row.makes for row in plan.rows]


def test_a_file_is_told_row_by_row_and_then_all_of_it_is_made(database: Database) -> None:
    plan = planned(database, FILE)
    assert outcomes(plan) == [("client", "contact", "project"), ("project",), ("client",), ("client", "project")]
    assert (plan.refused, plan.unknown_headers) == (0, ("Kleur",))
    with database.reading() as session:
        assert session.query(Client).count() == 0

    with database.writing() as session:
        import_all(session, read_table(FILE.encode()), at=NOW)

    with database.reading() as session:
        names = {client.name: client for client in session.query(Client)}
        assert set(names) == {"O'Brien & Zn. B.V.", "مخبز آنا", "🥐 Café Zoë"}
        obrien = names["O'Brien & Zn. B.V."]
        assert (obrien.language, names["مخبز آنا"].language) == ("en", "nl")
        (contact,) = session.query(Contact)
        assert (contact.name, contact.email, contact.language) == ("Aoife O'Brien", "aoife@obrien.example", "en")
        projects = {project.name: project for project in session.query(Project)}
        assert (projects["Zomer"].due_on, projects["Zomer"].price_micros) == (date(2026, 12, 24), 1_450_000_000)
        assert (projects["Zomer"].package_tier, projects["Zomer"].included_videos) == ("Groei", 4)
        assert (projects["Winter"].client_id, projects["Winter"].price_micros) == (obrien.id, 950_000_000)
        assert projects["Oud project"].due_on == date(2020, 1, 1)


def test_the_same_file_again_makes_nothing(database: Database) -> None:
    with database.writing() as session:
        import_all(session, read_table(FILE.encode()), at=NOW)

    assert outcomes(planned(database, FILE)) == [(), (), (), ()]
    with database.writing() as session:
        made = import_all(session, read_table(FILE.encode()), at=NOW)
        assert (made.clients, made.contacts, made.projects) == ((), (), ())


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        ("Klant;Project\n;Winter", ("client_missing",)),
        (f"Klant;Project\n{'x' * 301};Winter", ("name_wrong",)),
        ("Klant;E-mail\nAnna;anna at bakkerij", ("email_wrong",)),
        ("Klant;Contact\nAnna;Anna de Vries", ("email_missing",)),
        ("Klant;Taal\nAnna;Frans", ("language_wrong",)),
        ("Klant;Tijdzone\nAnna;Amsterdam", ("time_zone_wrong",)),
        ("Klant;Project;Deadline\nAnna;Winter;31-02-2027", ("date_wrong",)),
        ("Klant;Project;Prijs\nAnna;Winter;duur", ("price_wrong",)),
        ("Klant;Project;Video's\nAnna;Winter;-3", ("number_wrong",)),
        ("Klant;Prijs\nAnna;12,50", ("project_missing",)),
        ("Klant,Project\nJansen, Piet,Winter", ("cells_too_many",)),
        ("Klant;Taal;E-mail\nAnna;Frans;x", ("language_wrong", "email_wrong")),
    ],
)
def test_a_row_that_cannot_be_read_says_which_cell(new_sqlite_url: str, cells: str, codes: tuple[str, ...]) -> None:
    database = Database.at(new_sqlite_url)

    assert outcomes(planned(database, cells)) == [codes]

    database.close()


def test_one_refused_row_and_nothing_is_imported(database: Database) -> None:
    table = read_table(b"Klant;Project;Deadline\nAnna;Winter;\nBas;Zomer;gisteren\n")

    with pytest.raises(ImportRefused, match="first is line 3") as refused, database.writing() as session:
        import_all(session, table, at=NOW)

    assert refused.value.facts["lines"] == [3]
    with database.reading() as session:
        assert session.query(Client).count() == 0


def test_names_that_are_there_are_met_and_not_changed(database: Database) -> None:
    with database.writing() as session:
        anna = clients.create_client(session, name="Bakkerij Anna", notes="Belt graag.", at=NOW)
        contacts.add_contact(session, anna.id, name="Anna", email="anna@bakkerij.example", at=NOW)
        a_project(session, anna, "Winter 2026")
        a_client(session, "Dubbel"), a_client(session, "dubbel")
        away = a_client(session, "Weg")
        clients.archive_client(session, away.id, at=NOW)

    plan = planned(
        database,
        "Klant;E-mail;Project;Notities\n"
        "BAKKERIJ  ANNA;anna@bakkerij.example;winter 2026;Anders\n"
        "Bakkerij Anna;;Zomer;\n"
        "Bas;anna@bakkerij.example;;\n"
        "Dubbel;;;\n"
        "Weg;;Nieuw;\n"
        "Weg;;;\n",
    )

    assert outcomes(plan) == [(), ("project",), ("email_elsewhere",), ("client_twice",), ("client_archived",), ()]


@pytest.mark.parametrize(
    ("headers", "code"), [("Project;Prijs", "import_no_client"), ("Klant;Client", "import_column_twice")]
)
def test_columns_that_cannot_be_told_are_refused(database: Database, headers: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        planned(database, f"{headers}\nAnna;Bas")

    assert refused.value.code == code


def test_the_longest_file_is_imported_in_one_go(new_sqlite_url: str) -> None:
    database = Database.at(new_sqlite_url)
    lines = "".join(f"Klant {number},k{number}@klant.example,Project {number}\n" for number in range(MOST_ROWS))
    table = read_table(f"Client,E-mail address,Project name\n{lines}".encode())

    with database.writing() as session:
        made = import_all(session, table, at=NOW)

    assert [len(made.clients), len(made.contacts), len(made.projects)] == [MOST_ROWS] * 3
    database.close()
