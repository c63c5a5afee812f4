import os
import stat
import threading
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from engine.settings import Settings, signing_secret


def test_the_signing_key_is_made_once_for_all_processes_and_only_the_owner_reads_it(tmp_path: Path) -> None:
    found: list[bytes] = []
    start = threading.Barrier(8)

    def ask() -> None:
        start.wait()
        found.append(signing_secret(Settings(data_dir=tmp_path / "data")))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(found)) == 1
    assert len(found[0]) == 64
    assert os.listdir(tmp_path / "data") == ["secret"]  # noqa: PTH208  # and nothing half-made beside it
    assert stat.S_IMODE((tmp_path / "data" / "secret").stat().st_mode) == 0o600


def test_a_key_that_is_set_is_used_and_never_shown(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, secret=SecretStr("k" * 32))

    assert signing_secret(settings) == b"k" * 32
    assert "kkk" not in f"{settings} {settings.secret}"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("secret", "short"),
        ("public_url", "studio.example"),
        ("public_url", "https://studio.example/app"),
        ("public_url", "ftp://studio.example"),
        ("trusted_proxies", "10.0.0.1, proxy.example"),
        ("session_days", "0"),
        ("port", "70000"),
    ],
)
def test_a_setting_that_cannot_work_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Settings.model_validate({name: value})

    assert refused.value.errors()[0]["loc"] == (name,)


def test_a_public_address_is_kept_as_browsers_send_it() -> None:
    assert Settings(public_url="https://Studio.example/").public_url == "https://studio.example"
    assert Settings(public_url="https://studio.example").is_https
    assert Settings(trusted_proxies="10.0.0.0/8, ::1").trusted_proxies


@pytest.mark.parametrize(
    ("given", "address", "path", "origin"),
    [
        ("", "http://localhost:3000", "", "http://localhost:3000"),
        ("https://portal.studio.example/", "https://portal.studio.example", "", "https://portal.studio.example"),
        ("https://Studio.Example/portal/", "https://studio.example/portal", "/portal", "https://studio.example"),
        (
            "http://studio.example:8443/a/b-c",
            "http://studio.example:8443/a/b-c",
            "/a/b-c",
            "http://studio.example:8443",
        ),
    ],
)
def test_the_portal_lies_at_the_root_of_a_domain_or_under_a_path(
    given: str, address: str, path: str, origin: str
) -> None:
    settings = Settings(portal_url=given)
    assert (settings.portal_address, settings.portal_path, settings.portal_origin) == (address, path, origin)
    assert origin in settings.portal_origins


@pytest.mark.parametrize(
    "given",
    ["portal.example", "https://", "https://a.example/?x", "https://a.example/Portal", "https://a.example/a//b"],
)
def test_an_address_that_no_portal_can_have_is_refused(given: str) -> None:
    with pytest.raises(ValidationError, match="portal_url"):
        Settings(portal_url=given)


def test_an_address_that_only_this_machine_knows_is_known_as_such() -> None:
    assert Settings().portal_is_only_here
    assert Settings(portal_url="http://127.0.0.1:4000/portal").portal_is_only_here
    assert not Settings(portal_url="https://studio.example/portal").portal_is_only_here
