"""The inbox folder: a file that is put there becomes an asset, without a browser.

Runs beside the api as its companion “inbox”.
Law: a file is taken when it has stopped growing, and what cannot be used is put back where a person sees it, with the
reason beside it. Nothing is ever deleted that was not stored.

The folder is looked at every two seconds, and not watched: a share on the network tells nobody of its changes.
"""

import logging
import shutil
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from api.services.refused_files import put_back
from api.services.uploads import Uploads
from api.studio import Studio
from engine.core import uploads
from engine.core.errors import DomainError

log = logging.getLogger(__name__)

LOOK_EVERY_S: Final = 2.0
README: Final = "READ ME.txt"
_README = """\
Files that you put here are taken into the studio's library, whatever their size, as soon as they have been copied.
What cannot be used is moved to the folder “refused”, with the reason beside it.

Bestanden die je hier neerzet, komen vanzelf in de bibliotheek, hoe groot ze ook zijn.
Wat niet te gebruiken is, gaat naar de map “refused”, met de reden erbij.
"""
_ON_THEIR_WAY = (".part", ".partial", ".crdownload", ".download", ".tmp", ".filepart", "~")


@dataclass(frozen=True)
class _Seen:
    size_bytes: int
    changed_at_ns: int


class Inbox:
    """The inbox of one machine."""

    name = "inbox"

    def __init__(self, studio: Studio, taking: Uploads) -> None:
        """taking: looks at the files, one after the other."""
        self._studio = studio
        self._uploads = taking
        self.folder = studio.settings.data_dir / "inbox"
        self._seen: dict[Path, _Seen] = {}
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._trouble: str | None = None

    def start(self) -> None:
        """Begin to look."""
        self.folder.mkdir(parents=True, exist_ok=True)
        readme = self.folder / README
        if not readme.exists():
            readme.write_text(_README, "utf-8")
        self._thread = threading.Thread(target=self._watch, name="inbox", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def trouble(self) -> str | None:
        """Why the inbox is not looked at, if it is not."""
        return self._trouble

    def _watch(self) -> None:
        while not self._stopping.wait(LOOK_EVERY_S):
            try:
                self.look()
                self._trouble = None
            except OSError as problem:
                self._trouble = f"The inbox folder cannot be read ({problem.strerror}). Give the studio the right to."
            except Exception:  # the database may be away for a moment; the files stay where they are
                log.exception("inbox")

    def look(self) -> None:
        """Take every file that is as it was at the last look, and remember the others."""
        seen: dict[Path, _Seen] = {}
        for path in sorted(self.folder.iterdir()):
            if not _is_for_us(path):
                continue
            state = path.stat()
            now = _Seen(state.st_size, state.st_mtime_ns)
            if now.size_bytes and self._seen.get(path) == now:
                self._take(path, now.size_bytes)
            else:
                seen[path] = now
        self._seen = seen

    def _take(self, path: Path, size_bytes: int) -> None:
        name = path.name.encode("utf-8", "replace").decode()
        try:
            with self._studio.database.writing() as session:
                upload = uploads.begin_upload(
                    session,
                    length_bytes=size_bytes,
                    file_name=name,
                    staff_id=None,
                    asset_type=None,
                    client_id=None,
                    at=self._studio.clock(),
                )
        except DomainError as refused:
            put_back(self.folder, path, name, refused.message)
            return
        taken = self._uploads.path(upload.id)
        taken.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(path, taken)
        self._uploads.look_at(upload.id)


def _is_for_us(path: Path) -> bool:
    """A plain file that is not hidden and not on its way: no link, which could point at any file of this machine."""
    name = path.name
    return (
        not path.is_symlink()
        and path.is_file()
        and not name.startswith(".")
        and name != README
        and not name.lower().endswith(_ON_THEIR_WAY)
    )
