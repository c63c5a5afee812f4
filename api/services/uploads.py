"""Uploads: bytes arrive in parts, are put end to end, and the whole is looked at when the last one is there.

Called by api.routers.uploads and api.services.inbox; runs beside the api as its companion “uploads”.
Law: what was answered is on the disk; how much has arrived is the file's own length, so nothing has to be remembered
over a crash. A sender who comes back takes over from his own dead connection.

Each upload is one file, named by its id, in the uploads folder of this machine; what was finished but not yet looked at
when the process died is looked at after the next start.
"""

import errno
import fcntl
import logging
import os
import queue
import shutil
import threading
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

import anyio
from anyio.to_thread import run_sync
from sqlalchemy.orm import Session

from api.services.intake import FileUnusable, keep, take_in
from api.services.refused_files import put_back
from api.studio import Studio
from engine.core import uploads
from engine.core.errors import Conflict, DomainError, Unavailable
from engine.core.models import JsonObject, Upload
from engine.core.notifications import notify_everybody, notify_staff
from engine.core.storage import StorageFull

log = logging.getLogger(__name__)

BLOCK_BYTES: Final = 1 << 20
"""So much is gathered before it is written: a thread per kilobyte would cost more than the disk."""
CLEAR_EVERY_S: Final = 600
ROOM_LEFT_BYTES: Final = 500_000_000
"""What an upload must leave free for the database and for renders."""


class OffsetWrong(Conflict):
    """The sender goes on from another place than where the file ends."""

    code = "offset_wrong"

    def __init__(self, offset: int) -> None:
        super().__init__(f"{offset} bytes have arrived; go on from there.", offset=offset)


class UploadOverrun(Conflict):
    """More bytes than were announced; what was there before this part is kept."""

    code = "upload_overrun"

    def __init__(self) -> None:
        super().__init__("This is more than the Upload-Length that was announced. The part was not kept.")


class FileBroke(DomainError):
    """Nobody foresaw what this file does."""

    code = "unforeseen"

    def __init__(self) -> None:
        super().__init__("Something unforeseen went wrong with this file. Try it again.")


class _Receiving:
    """A part that is arriving just now."""

    def __init__(self) -> None:
        self.scope = anyio.CancelScope()
        self.ended = anyio.Event()


class Uploads:
    """The uploads of one machine."""

    name = "uploads"

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._folder = studio.settings.data_dir / "uploads"
        self._receiving: dict[str, _Receiving] = {}
        self._whole: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def path(self, upload_id: str) -> Path:
        """Where an upload's bytes lie."""
        return self._folder / upload_id

    def expect(self, upload: Upload) -> None:
        """Make room for a file, before its first byte. Raises Unavailable (storage_full)."""
        self._folder.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(self._folder).free < upload.length_bytes + ROOM_LEFT_BYTES:
            raise StorageFull
        self.path(upload.id).touch()

    def offset(self, upload: Upload) -> int:
        """How many bytes have arrived; all of them where it has been taken in already."""
        try:
            return self.path(upload.id).stat().st_size
        except FileNotFoundError:
            return upload.length_bytes if upload.asset_id or upload.problem else 0

    async def settle(self, upload_id: str) -> None:
        """End a part that still seems to arrive: its sender asks where to go on, so that connection is dead."""
        receiving = self._receiving.get(upload_id)
        if receiving is not None:
            receiving.scope.cancel()
            await receiving.ended.wait()

    async def receive(self, upload: Upload, offset: int, part: AsyncIterator[bytes]) -> int:
        """Put a part at the end of the file; answers how much there is then.

        A part that breaks off is kept as far as it came. Raises OffsetWrong, UploadOverrun.
        """
        await self.settle(upload.id)
        receiving = self._receiving[upload.id] = _Receiving()
        try:
            with receiving.scope:
                arrived = await self._append(upload, offset, part)
                if arrived == upload.length_bytes:
                    self._whole.put(upload.id)
                return arrived
            raise Unavailable("Another connection goes on with this upload.", code="upload_taken_over")
        finally:
            del self._receiving[upload.id]
            receiving.ended.set()

    async def _append(self, upload: Upload, offset: int, part: AsyncIterator[bytes]) -> int:
        if self.offset(upload) != offset:
            raise OffsetWrong(self.offset(upload))
        gathered = bytearray()
        announced = offset
        with self.path(upload.id).open("ab") as file:
            try:
                async for block in part:
                    announced += len(block)
                    if announced > upload.length_bytes:
                        gathered.clear()
                        await run_sync(file.truncate, offset)
                        raise UploadOverrun
                    gathered += block
                    if len(gathered) >= BLOCK_BYTES:
                        await run_sync(_write, file, bytes(gathered))
                        gathered.clear()
            finally:
                with anyio.CancelScope(shield=True):
                    await run_sync(_write, file, bytes(gathered))
                    await run_sync(os.fsync, file.fileno())
        return announced

    def forget(self, upload_id: str) -> None:
        """Remove an upload's bytes."""
        self.path(upload_id).unlink(missing_ok=True)

    def look_at(self, upload_id: str) -> None:
        """Take in a file that has arrived whole by another way."""
        self._whole.put(upload_id)

    # The companion: looks at what is whole, one file after the other.

    def start(self) -> None:
        """Begin to look at what is whole, with what a dead predecessor left first."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._clear_expired()
        for path in sorted(self._folder.iterdir()):
            self._whole.put(path.name)
        self._thread = threading.Thread(target=self._look, name="uploads", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End after the file that is being looked at."""
        self._whole.put(None)
        if self._thread is not None:
            self._thread.join()

    def trouble(self) -> str | None:
        """Whether nobody looks at uploads any more."""
        if self._thread is not None and self._thread.is_alive():
            return None
        return "Uploads are not looked at any more. Restart the studio."

    def _look(self) -> None:
        while True:
            try:
                upload_id = self._whole.get(timeout=CLEAR_EVERY_S)
            except queue.Empty:
                self._clear_expired()
                continue
            if upload_id is None:
                return
            try:
                self._take_in(upload_id)
            except Exception:  # one strange file must not stop all that come after it
                log.exception("upload %s", upload_id)
                self._refuse(upload_id, FileBroke())

    def _take_in(self, upload_id: str) -> None:
        path = self.path(upload_id)
        with self._studio.database.reading() as session:
            upload = uploads.find_upload(session, upload_id)
        if upload is None or upload.asset_id or upload.problem:
            path.unlink(missing_ok=True)
            return
        if not path.exists() or path.stat().st_size < upload.length_bytes:
            return
        with path.open("rb") as file:
            try:  # another process on this machine may have found it too
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            try:
                taken = take_in(self._studio.storage, path, upload.file_name, upload.asset_type)
            except (FileUnusable, StorageFull) as refused:
                self._refuse(upload_id, refused)
                return
            at = self._studio.clock()
            with self._studio.database.writing() as session:
                row = uploads.find_upload(session, upload_id)
                if row is not None and row.asset_id is None:
                    asset = keep(session, taken, file_name=row.file_name, client_id=row.client_id, at=at)
                    uploads.finish_upload(session, row, asset)
                    self._tell(session, row, "upload_taken_in", {"asset_id": asset.id}, at)
            path.unlink(missing_ok=True)

    def _refuse(self, upload_id: str, why: DomainError) -> None:
        try:
            with self._studio.database.writing() as session:
                row = uploads.find_upload(session, upload_id)
                if row is not None:
                    uploads.refuse_upload(session, row, why.message, why.code, why.facts)
                    told: JsonObject = {"problem": why.message, "problem_code": why.code, "problem_facts": why.facts}
                    self._tell(session, row, "upload_refused", told, self._studio.clock())
                    if row.staff_id is None and self.path(upload_id).exists():
                        inbox = self._studio.settings.data_dir / "inbox"
                        put_back(inbox, self.path(upload_id), row.file_name, why.message)
        except DomainError:
            log.exception("upload %s", upload_id)
        self.path(upload_id).unlink(missing_ok=True)

    def _tell(self, session: Session, row: Upload, kind: str, facts: JsonObject, at: datetime) -> None:
        """Tell all of a file from the inbox; of his own upload, its sender only what went wrong."""
        told = {"file_name": row.file_name, **facts}
        if row.staff_id is None:
            notify_everybody(session, kind=kind, facts=told, path="/library", once_key=f"{kind}:{row.id}", at=at)
        elif kind == "upload_refused":
            notify_staff(
                session, [row.staff_id], kind=kind, facts=told, path="/library", once_key=f"{kind}:{row.id}", at=at
            )

    def _clear_expired(self) -> None:
        with self._studio.database.writing() as session:
            for upload_id in uploads.expired_uploads(session, at=self._studio.clock()):
                uploads.forget_upload(session, upload_id)
                self.forget(upload_id)


def _write(file: BinaryIO, block: bytes) -> None:
    try:
        file.write(block)
        file.flush()
    except OSError as problem:
        if problem.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise StorageFull from problem
        raise
