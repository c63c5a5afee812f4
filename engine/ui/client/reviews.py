"""Reviews: versions that were sent, what is noted on them and what was decided, as the api tells of them."""

from collections.abc import Sequence

from api.schemas.reviews import (
    NoteChanges,
    NoteIn,
    NoteOut,
    NotesOut,
    PreviewOut,
    SendingOut,
    SettleIn,
    VersionIn,
    VersionOut,
    VersionsOut,
)
from engine.ui.client.door import Door, on_revision


class Reviews(Door):
    """Every method raises ApiProblem."""

    async def versions(self, video_id: str) -> VersionsOut:
        """All that were sent of a video, the newest first, and the one that is on its way."""
        return await self.get(f"/videos/{video_id}/versions", VersionsOut)

    async def send_version(self, video_id: str, version: VersionIn, intent: str) -> VersionOut:
        """Send finished films to the client. Asked twice with one key, as by a double click, they are sent once."""
        return await self.send("POST", f"/videos/{video_id}/versions", VersionOut, version, {"Idempotency-Key": intent})

    async def send_watermarked(self, video_id: str, version: VersionIn, intent: str) -> SendingOut:
        """Send finished films once they have a watermark. intent: as for a version."""
        return await self.send("POST", f"/videos/{video_id}/sendings", SendingOut, version, {"Idempotency-Key": intent})

    async def version(self, version_id: str) -> VersionOut:
        """One version with its films and notes."""
        return await self.get(f"/versions/{version_id}", VersionOut)

    async def notes(self, version_id: str) -> Sequence[NoteOut]:
        """What is noted on a version, with answers, by its moment."""
        return (await self.get(f"/versions/{version_id}/notes", NotesOut)).items

    async def preview_version(self, version_id: str) -> PreviewOut:
        """A link of a minute to the portal as the version's client has it."""
        return await self.send("POST", f"/versions/{version_id}/preview", PreviewOut)

    async def revoke_links(self, version_id: str) -> None:
        """Take back every address of its files that was handed out."""
        await self.call("POST", f"/versions/{version_id}/revoke-links")

    async def add_note(self, version_id: str, note: NoteIn, intent: str) -> NoteOut:
        """Note something, or answer a note. intent: as for a version."""
        return await self.send("POST", f"/versions/{version_id}/notes", NoteOut, note, {"Idempotency-Key": intent})

    async def change_note(self, note: NoteOut, changes: NoteChanges) -> NoteOut:
        """Change one's own note, on the revision that was seen."""
        path = f"/versions/{note.version_id}/notes/{note.id}"
        return await self.send("PATCH", path, NoteOut, changes, on_revision(note.revision))

    async def remove_note(self, note: NoteOut) -> None:
        """Take one's own note back."""
        await self.call("DELETE", f"/versions/{note.version_id}/notes/{note.id}")

    async def settle_note(self, note: NoteOut, *, is_settled: bool) -> NoteOut:
        """Say that it is done, or not yet."""
        path = f"/versions/{note.version_id}/notes/{note.id}/settle"
        return await self.send("POST", path, NoteOut, SettleIn(is_settled=is_settled))
