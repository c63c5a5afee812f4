"""A studio that makes pictures: `bom serve` as a program of its own with its worker, and a vendor on loopback.

Used by the browser tests of the Create wizard. It can be killed and started again at the same address.
"""

import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from api.studio import utc_now
from automations.known_prices import add_known_prices
from engine.core import clients, projects, staff, videos
from engine.core.costs import budgets
from engine.core.database import Database
from engine.core.models import BudgetScope, Role, Video
from tests.api.studio import OWNER, password_hash
from tests.cli.studio import wait_for
from tests.emulators.replicate import TOKEN, RunningReplicate

SCRIPT = "Elke dag vers brood.\n---\nIn december bakken we oliebollen.\n---\nKom langs."


@dataclass
class MakingStudio:
    """One studio with one client and its project; every test makes a video of its own."""

    folder: Path
    running_vendor: RunningReplicate | None
    """None where its contract is not at hand: then only title cards can be made."""
    url: str = ""

    def __post_init__(self) -> None:
        self.database = Database.at(f"sqlite:///{self.folder / 'bom.db'}")
        self._program: subprocess.Popen[bytes] | None = None
        at = utc_now()
        with self.database.writing() as session:
            staff.add_staff(session, email=OWNER, role=Role.OWNER, password_hash=password_hash(), name="Jeroen", at=at)
            add_known_prices(session, at=at)
            client = clients.create_client(session, name="Bakkerij Anna", at=at)
            self.client_id = client.id
            self.project_id = projects.create_project(session, client_id=client.id, name="Winter", at=at).id

    @property
    def vendor(self) -> RunningReplicate:
        """The vendor that sells pictures; only for tests that have asked for its contract."""
        assert self.running_vendor is not None
        return self.running_vendor

    def start(self) -> None:
        """Serve; a second time at the same address."""
        port = self.url.rsplit(":", 1)[-1] if self.url else "0"
        environment = dict(os.environ)
        if self.running_vendor is not None:
            environment |= {"BOM_REPLICATE_URL": self.running_vendor.base_url, "BOM_REPLICATE_TOKEN": TOKEN}
        command = [sys.executable, "-m", "engine.cli", "serve", "--data", str(self.folder), "--port", port]
        self.said = self.folder / f"said-{time.monotonic_ns()}.txt"
        with self.said.open("w") as said:
            self._program = subprocess.Popen(command, stderr=said, env=environment)
        wait_for(lambda: self._address() is not None, "the studio to start")
        self.url = self._address() or ""

    def _address(self) -> str | None:
        found = re.search(r"http://127\.0\.0\.1:\d+", self.said.read_text())
        return None if found is None else found[0]

    def kill(self) -> None:
        """As a power cut does."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """As Ctrl-C does."""
        self._end(signal.SIGINT)

    def _end(self, how: signal.Signals) -> None:
        assert self._program is not None
        self._program.send_signal(how)
        self._program.wait(60)

    def new_video(self, title: str, script: str = SCRIPT) -> str:
        """A video of three scenes; its id."""
        with self.database.writing() as session:
            return videos.create_video(session, project_id=self.project_id, title=title, script=script, at=utc_now()).id

    def video(self, video_id: str) -> Video:
        """A video as the studio has it now."""
        with self.database.reading() as session:
            return videos.get_video(session, video_id)

    def sentences(self, video_id: str) -> list[str]:
        """What is said in its scenes, in their order."""
        with self.database.reading() as session:
            return [scene.text for scene in videos.scenes_of(session, video_id)]

    def limit_client(self, limit_micros: int) -> None:
        """What the client may cost this month."""
        at = utc_now()
        month = budgets.month_of(at)
        with self.database.writing() as session:
            mine = [budget for budget in budgets.all_budgets(session, month) if budget.scope_id == self.client_id]
            if mine:
                budgets.change_limit(session, mine[0].id, mine[0].revision, limit_micros=limit_micros, note="", at=at)
            else:
                scope = BudgetScope.CLIENT_MONTH
                budgets.set_budget(
                    session,
                    scope=scope,
                    scope_id=self.client_id,
                    month=month,
                    limit_micros=limit_micros,
                    note="",
                    at=at,
                )
