"""Reading: what the notes of a version, and the fields beside them, need of the Review step."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from api.schemas.cuts import CutScene
from api.schemas.reviews import NoteOut
from engine.ui.components.kept_drafts import KeptDrafts
from engine.ui.pages.create.preview.transport import scene_at


@dataclass(frozen=True)
class Reading:
    """What the rows need of the step. is_current: whether this is the newest version, so that it can be answered;
    scenes: of the film as it would be made now; drafts: what is being written; look: show a note's frame;
    changed: what was shown is old."""

    video_id: str
    is_current: bool
    scenes: Sequence[CutScene]
    looked_at_id: str
    drafts: KeptDrafts
    look: Callable[[NoteOut], None]
    changed: Callable[[], None]

    def scene_number(self, note: NoteOut) -> int | None:
        """In which scene a moment of the film is; None where the note is on all of it, or the film is shorter now."""
        if note.start_ms is None or not self.scenes:
            return None
        if note.start_ms > self.scenes[-1].start_ms + self.scenes[-1].duration_ms:
            return None
        scene = scene_at(list(self.scenes), note.start_ms)
        return None if scene is None else scene.number
