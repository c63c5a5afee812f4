"""Cuts of some length, asking for them to be rendered, and the processes that do it."""

from io import BytesIO
from pathlib import Path

from automations.assembly import assembled_timeline
from automations.runs import Workshop
from automations.workflows.render import ask_render
from engine.core.actors import Actor
from engine.core.assets import keep_asset
from engine.core.models import AssetType, TakeKind, TakeSource, Video
from engine.core.takes import keep_take
from engine.core.videos import get_timeline, save_timeline, scenes_of
from tests.automations.waiting import now
from tests.core.domain import a_video

JEROEN = Actor("staff", "jeroen")
SHORT = "Eén.\n---\nTwee."
MIDDLING, LONG = (
    "\n---\n".join(f"Dit is zin nummer {number} van een verhaal over brood." for number in range(scenes))
    for scenes in (8, 40)
)


def a_cut(workshop: Workshop, script: str, picture: bytes | None = None) -> str:
    """A video with a cut; the first scene shows `picture`, the others are title cards."""
    with workshop.database.writing() as session:
        video = a_video(session, script=script)
        if picture is not None:
            stored = workshop.storage.put(BytesIO(picture))
            asset = keep_asset(
                session,
                sha256=stored.sha256,
                size_bytes=stored.size_bytes,
                type=AssetType.IMAGE,
                media_type="image/png",
                file_name="brood.png",
                facts={"kind": "image"},
                at=now(),
            )
            keep_take(
                session,
                video=video,
                scene=scenes_of(session, video.id)[0],
                kind=TakeKind.IMAGE,
                source=TakeSource.UPLOADED,
                asset=asset,
                at=now(),
            )
        document = assembled_timeline(session, video).model_dump(mode="json")
        save_timeline(session, video.id, document, None, at=now())
        return video.id


def asked(workshop: Workshop, video_id: str) -> tuple[str, str]:
    """The ids of a draft export and its job."""
    with workshop.database.writing() as session:
        video, timeline = session.get_one(Video, video_id), get_timeline(session, video_id)
        export, job = ask_render(session, video, timeline, format="9:16", quality="draft", by=JEROEN, at=now())
        return export.id, job.id


def render_children_of(worker_pid: int | None) -> list[int]:
    """Render children of a worker that are alive."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            told = (folder / "cmdline").read_bytes()
            parent = (folder / "stat").read_text().rsplit(")", 1)[1].split()[1]
        except OSError:
            continue
        if b"automations.render_child" in told and int(parent) == worker_pid:
            found.append(int(folder.name))
    return found
