"""Vendors at work, each emulated over HTTP on loopback."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.providers.replicate import Replicate
from tests.emulators.replicate import TOKEN, RunningReplicate, emulated_replicate


@pytest.fixture
def replicate(tmp_path: Path) -> Iterator[RunningReplicate]:
    """Replicate on a good day."""
    with emulated_replicate(tmp_path / "ledger.db", page_size=3) as running:
        yield running


@pytest.fixture
def account(replicate: RunningReplicate) -> Iterator[Replicate]:
    """Our account there, which waits a second for an answer."""
    client = Replicate(TOKEN, replicate.base_url, answer_timeout_s=1.0)
    yield client
    client.close()
