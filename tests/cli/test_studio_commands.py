"""The studio as a whole, as people run it: served, demonstrated, backed up, restored."""

import json
import re
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError

from tests.cli.studio import Studio, assert_refused

PASSWORD = "vier woorden voor jeroen"


class Visitor:
    """A program that signs in and asks."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar())).open

    def ask(self, path: str, body: object = None) -> object:
        """The JSON that the api answers."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.address}{path}", data, {"content-type": "application/json"})
        try:
            with self._open(request, timeout=30) as answer:
                return json.load(answer)
        except HTTPError as refused:
            with refused:
                return json.load(refused)


@contextmanager
def served(studio: Studio, *arguments: str) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """The studio, served on a free port until the block ends; yields its address."""
    with studio.begin("serve", "--port", "0", *arguments) as process:
        try:
            assert process.stderr is not None
            found = next(filter(None, (re.search(r"http://127\.0\.0\.1:\d+", line) for line in process.stderr)))
            yield found.group(), process
        finally:
            process.kill()


def test_a_studio_is_served_to_who_may_sign_in_and_ends_when_asked(studio: Studio) -> None:
    studio.bom("migrate")
    added = studio.bom("user", "add", "jeroen@bom.example", "--role", "owner", "--password-stdin", typed=PASSWORD)
    assert added.code == 0, added.stderr

    with served(studio) as (address, process):
        visitor = Visitor(address)
        turned_away = visitor.ask("/api/clients")
        signed_in = visitor.ask("/api/auth/login", {"email": "jeroen@bom.example", "password": PASSWORD})
        ready = visitor.ask("/api/ready")
        process.send_signal(signal.SIGINT)
        code = process.wait(60)

    assert isinstance(turned_away, dict)
    assert turned_away["code"] == "not_signed_in"
    assert isinstance(signed_in, dict)
    assert signed_in["role"] == "owner"
    assert isinstance(ready, dict)
    assert {part["name"] for part in ready["parts"] if part["is_ready"]} == {
        "database",
        "disk",
        "uploads",
        "inbox",
        "drafts",
        "worker",
    }
    assert code == 0


def test_a_port_that_is_taken_is_told_with_what_to_do(studio: Studio) -> None:
    with served(studio) as (address, _):
        answer = studio.bom("serve", "--port", address.rsplit(":", 1)[1], "--data", str(studio.folder / "other"))

    assert answer.code == 2
    assert "--port" in answer.said[-1]


def test_a_studio_comes_back_from_its_backup_on_an_empty_machine_only(
    studio: Studio, migrated_sqlite_file: Path
) -> None:
    studio.file("data/bom.db", migrated_sqlite_file.read_bytes())
    studio.bom("user", "add", "jeroen@bom.example", "--role", "owner", "--password-stdin", typed=PASSWORD)
    backup, elsewhere = studio.folder / "studio.tar", str(studio.folder / "elsewhere")

    made = studio.bom("backup", str(backup), "--json", env={})
    again = studio.bom("backup", str(backup), "--json")
    restored = studio.bom("restore", str(backup), "--data", elsewhere, "--json", env={})
    twice = studio.bom("restore", str(backup), "--data", elsewhere, "--json")

    assert made.code == 0, made.stderr
    assert_refused(again, "exists already")
    assert restored.result["rows"] == made.result["rows"]
    assert_refused(twice, "There is a studio here already")
    with served(studio, "--data", elsewhere) as (address, _):
        signed_in = Visitor(address).ask("/api/auth/login", {"email": "jeroen@bom.example", "password": PASSWORD})
    assert isinstance(signed_in, dict)
    assert signed_in["email"] == "jeroen@bom.example"


def test_what_is_no_backup_or_no_studio_is_refused_and_changes_nothing(studio: Studio) -> None:
    elsewhere = studio.folder / "elsewhere"

    assert_refused(studio.bom("backup", str(studio.folder / "b.tar"), "--json"), "nothing to back up")
    assert_refused(
        studio.bom("restore", str(studio.file("foto.tar", b"\xff\xd8" * 9999)), "--data", str(elsewhere), "--json"),
        "not a whole backup",
    )
    assert_refused(studio.bom("restore", "nowhere.tar", "--data", str(elsewhere), "--json"), "does not exist")
    assert not elsewhere.exists()


def test_a_database_of_a_program_that_is_not_this_one_is_left_alone(studio: Studio) -> None:
    file = studio.file("data/bom.db", b"holiday.jpg" * 1000)

    answer = studio.bom("migrate", "--json")

    assert answer.code == 1
    assert "not a database" in answer.said[-1]
    assert file.read_bytes() == b"holiday.jpg" * 1000


def test_a_demo_studio_has_a_film_in_three_formats_and_goes_with_one_command(studio: Studio) -> None:
    made = studio.bom("demo", "--json")
    again = studio.bom("demo", "--json")

    assert made.code == 0, made.stderr
    films = made.result["films"]
    assert isinstance(films, list)
    assert [Path(film).name for film in films] == [
        "oliebollen-16x9.mp4",
        "oliebollen-1x1.mp4",
        "oliebollen-9x16.mp4",
    ]
    assert all(Path(film).stat().st_size > 100_000 for film in films)
    assert again.result["films"] == films
    sign_in = studio.folder / "data" / "demo-sign-in.txt"
    assert sign_in.stat().st_mode & 0o077 == 0
    email, password = sign_in.read_text().split()
    with served(studio) as (address, _):
        visitor = Visitor(address)
        visitor.ask("/api/auth/login", {"email": email, "password": password})
        clients = visitor.ask("/api/clients")
        exports = visitor.ask("/api/exports")
    assert isinstance(clients, dict)
    assert all("(demo)" in client["name"] for client in clients["items"])
    assert len(clients["items"]) == 2
    assert isinstance(exports, dict)
    assert [export["status"] for export in exports["items"]] == ["ready"] * 3

    removed = studio.bom("demo", "--remove", "--json")

    assert removed.result["clients_removed"] == 2
    assert not sign_in.exists()
    assert not any(Path(film).exists() for film in films)
    assert studio.bom("demo", "--remove", "--json").result["clients_removed"] == 0


def test_the_doctor_says_whether_anybody_can_sign_in_and_keeps_a_password_to_itself(
    studio: Studio, migrated_sqlite_file: Path
) -> None:
    def told(**env: str) -> str:
        answer = studio.bom("doctor", "--json", env=env or None)
        findings = answer.result["findings"]
        assert isinstance(findings, list)
        assert "geheim" not in answer.stderr + answer.stdout
        return str(next(one["detail"] + one["turned_off"] for one in findings if one["thing"] == "Studio"))

    assert "make up" in told()
    studio.file("data/bom.db", migrated_sqlite_file.read_bytes())
    assert "bom user add" in told()
    assert "BOM_DATABASE_URL" in told(BOM_DATABASE_URL="postgresql+psycopg://bom:geheim@localhost:1/bom")
