"""`bom app --window`: what is opened, and what is said where nothing can be."""

from pathlib import Path

import pytest

from engine.cli.own_window import open_window
from tests.cli.studio import wait_for

URL = "http://127.0.0.1:8550"


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder where programs are found, on a machine with a screen."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("BROWSER", "nobody-has-this-browser")
    return folder


def test_a_chromium_shows_the_app_without_tabs_or_address(programs: Path, tmp_path: Path) -> None:
    asked = tmp_path / "asked"
    chromium = programs / "chromium"
    chromium.write_text(f'#!/bin/sh\necho "$@" > {asked}\n', "utf-8")
    chromium.chmod(0o755)

    assert open_window(URL) == "It is open in a window of its own."

    wait_for(
        lambda: asked.exists() and asked.read_text("utf-8").strip() == f"--app={URL}", "the window to be asked for"
    )


@pytest.mark.usefixtures("programs")
def test_without_one_the_address_is_told() -> None:
    said = open_window(URL)

    assert "needs Chromium, Chrome, Edge or Brave" in said
    assert f"Open {URL} in your browser" in said


@pytest.mark.usefixtures("programs")
def test_without_a_screen_that_is_said_and_nothing_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)

    assert open_window(URL) == f"There is no screen here for a window. Open {URL} in a browser."
