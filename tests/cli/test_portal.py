"""The portal beside the studio."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from engine.cli.portal import BUILT
from tests.cli.studio import wait_for


def answers(port: int) -> bool:
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.skipif(not BUILT.is_file(), reason="needs the portal, which `make setup` builds")
def test_a_studio_that_is_killed_leaves_no_portal_at_its_port(migrated_sqlite_file: Path, tmp_path: Path) -> None:
    (tmp_path / "bom.db").write_bytes(migrated_sqlite_file.read_bytes())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "engine.cli", "serve", "--portal", "--no-worker", "--data", str(tmp_path)]
    environment = {**os.environ, "BOM_PORTAL_URL": f"http://127.0.0.1:{port}"}
    with subprocess.Popen([*command, "--port", "0"], stderr=subprocess.DEVNULL, env=environment) as studio:
        wait_for(lambda: answers(port), "the portal")

        studio.send_signal(signal.SIGKILL)

    wait_for(lambda: not answers(port), "the portal to end")


@pytest.mark.skipif(not BUILT.is_file(), reason="needs the portal, which `make setup` builds")
def test_a_portal_that_was_built_for_another_path_is_not_served(migrated_sqlite_file: Path, tmp_path: Path) -> None:
    (tmp_path / "bom.db").write_bytes(migrated_sqlite_file.read_bytes())
    command = [sys.executable, "-m", "engine.cli", "serve", "--portal", "--no-worker", "--data", str(tmp_path)]
    environment = {**os.environ, "BOM_PORTAL_URL": "https://studio.example/not-built-for-this"}
    studio = subprocess.run([*command, "--port", "0"], capture_output=True, text=True, env=environment, check=False)

    assert studio.returncode == 2
    assert "Run `make setup` with it" in " ".join(studio.stderr.split())
