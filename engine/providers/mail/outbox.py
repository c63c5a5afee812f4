"""The outbox: mails that go nowhere, as files on this machine. What a studio without a mail account has.

Called by automations.workflows.mail. Law: no account anywhere is needed; a mail that is written twice is one file.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from engine.providers.mail.message import message_of
from engine.providers.mail.senders import MailDelayed, OutgoingMail


class Outbox:
    """Writes each mail into a folder, readable by this machine's user alone: a mail may sign somebody in."""

    name = "outbox"
    reaches_people = False

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        self._folder = folder
        self._now = now

    def send(self, mail: OutgoingMail) -> None:
        """Raises MailDelayed where the disk does not take it."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            unfinished = self._folder / f"{mail.id}.unfinished"
            unfinished.unlink(missing_ok=True)
            unfinished.touch(mode=0o600)
            unfinished.write_bytes(message_of(mail, self._now()).as_bytes())
            unfinished.replace(outbox_file(self._folder, mail.id))
        except OSError as error:
            raise MailDelayed(f"The mail could not be written: {error.strerror}.") from error

    def forget(self, before: datetime) -> int:
        """Remove mails that were written before then; answers how many."""
        if not self._folder.is_dir():
            return 0
        old = [file for file in self._folder.iterdir() if file.stat().st_mtime < before.timestamp()]
        for file in old:
            file.unlink(missing_ok=True)
        return len(old)


def outbox_file(folder: Path, mail_id: str) -> Path:
    """Where a mail lies."""
    return folder / f"{mail_id}.eml"
