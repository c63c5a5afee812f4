"""Intake: a whole file of unknown origin becomes a stored asset, or a refusal in words.

Called by api.services.uploads (tus and small PUT) and api.services.inbox.
Law: the bytes say what a file is, never its name or what its sender claims. They are opened in a child process with
limits; browsers are shown what we drew from them.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Final

from pydantic import JsonValue
from sqlalchemy.orm import Session

from engine.core import assets
from engine.core.errors import Invalid
from engine.core.models import Asset, AssetType
from engine.core.storage import Storage, StoredFile
from engine.core.texts import LONGEST_NAME
from engine.render.frame_picture import clip_preview
from engine.render.media.drawings import drawn, is_drawing
from engine.render.media.flaws import Flaw
from engine.render.media.preview import picture_preview
from engine.render.media.probe import MediaFacts, probe
from engine.render.media.sandbox import MediaRefused
from engine.render.media.typefaces import TypefaceFacts, is_typeface, rewritten_typeface

MEDIA_TYPES: Final = {
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "tiff": "image/tiff",
    "bmp": "image/bmp",
    "heic": "image/heic",
    "avif": "image/avif",
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "webm": "video/webm",
    "matroska": "video/x-matroska",
    "avi": "video/x-msvideo",
    "mpegts": "video/mp2t",
    "mpeg": "video/mpeg",
    "flv": "video/x-flv",
    "asf": "video/x-ms-asf",
    "wav": "audio/wav",
    "w64": "audio/wav",
    "mp3": "audio/mpeg",
    "flac": "audio/flac",
    "ogg": "audio/ogg",
    "aac": "audio/aac",
    "aiff": "audio/aiff",
    "caf": "audio/x-caf",
    "amr": "audio/amr",
}
_SOUND_IN = {"video/mp4": "audio/mp4", "video/quicktime": "audio/mp4", "video/webm": "audio/webm"}
_DOCUMENT_MOST_BYTES: Final = 50_000_000
_KINDS: Final = {
    "image": (Flaw.IS_PICTURE, "a picture"),
    "clip": (Flaw.IS_CLIP, "a clip"),
    "audio": (Flaw.IS_SOUND, "a sound"),
}


class FileUnusable(Invalid):
    """It is whole, and nothing that the studio can use; nothing of it is kept. Its code is its flaw."""

    def __init__(self, flaw: str, message: str, *, name: str, **facts: JsonValue) -> None:
        super().__init__(message, field="file", code=flaw, name=name, **facts)


@dataclass(frozen=True)
class TakenIn:
    """A file that lies in storage, and what it turned out to be."""

    stored: StoredFile
    type: AssetType
    media_type: str
    facts: MediaFacts | TypefaceFacts | None
    preview_sha256: str | None
    ending: str = ""
    """Of what is kept, where that is not what came in but what we made of it."""


def take_in(storage: Storage, path: Path, file_name: str, wanted: AssetType | None) -> TakenIn:
    """Look at a file and put it into storage.

    wanted: what its sender says it is for; a sound may be music, a clip may give its sound, a document needs saying.
    Raises FileUnusable, StorageFull; the file itself is left where it is.
    """
    if wanted is AssetType.DOCUMENT:
        return TakenIn(storage.put(path), wanted, _document_type(path, file_name), None, None)
    try:
        if wanted is AssetType.FONT or (wanted is None and is_typeface(path)):
            return _take_in_typeface(storage, path)
        if wanted in {None, AssetType.IMAGE} and is_drawing(path):
            return _take_in_drawing(storage, path)
        facts = probe(path)
        preview = _preview(path, facts)
    except MediaRefused as refused:
        raise unusable(refused, path, file_name) from None
    kind = _type_of(facts, wanted, file_name)
    media_type = MEDIA_TYPES.get(facts.container, "application/octet-stream")
    if facts.kind == "audio":
        media_type = _SOUND_IN.get(media_type, media_type)
    preview_sha256 = storage.put(BytesIO(preview)).sha256 if preview is not None else None
    return TakenIn(storage.put(path), kind, media_type, facts, preview_sha256)


def unusable(refused: MediaRefused, path: Path, file_name: str) -> FileUnusable:
    """The refusal of a file in words that name it as people do."""
    sentence = str(refused).replace(path.name, file_name)
    return FileUnusable(refused.flaw, sentence, name=file_name, **refused.facts)


def _take_in_typeface(storage: Storage, path: Path) -> TakenIn:
    """The font as we wrote it anew; what came in is not kept. Raises MediaRefused, StorageFull."""
    font, facts = rewritten_typeface(path)
    ending = ".otf" if font.startswith(b"OTTO") else ".ttf"
    return TakenIn(storage.put(BytesIO(font)), AssetType.FONT, f"font/{ending[1:]}", facts, None, ending)


def _take_in_drawing(storage: Storage, path: Path) -> TakenIn:
    """The picture that we drew of it; what came in is not kept. Raises MediaRefused, StorageFull."""
    picture = path.with_name(f"{path.name}.png")
    try:
        picture.write_bytes(drawn(path))
        facts = probe(picture)
        preview = storage.put(BytesIO(picture_preview(picture)))
        return TakenIn(storage.put(picture), AssetType.IMAGE, "image/png", facts, preview.sha256, ".png")
    finally:
        picture.unlink(missing_ok=True)


def keep(
    session: Session, taken: TakenIn, *, file_name: str, client_id: str | None, licence_note: str = "", at: datetime
) -> Asset:
    """Write it down. Raises Invalid."""
    return assets.keep_asset(
        session,
        sha256=taken.stored.sha256,
        size_bytes=taken.stored.size_bytes,
        type=taken.type,
        media_type=taken.media_type,
        file_name=with_ending(file_name, taken.ending),
        client_id=client_id,
        facts=taken.facts.model_dump(mode="json", exclude_none=True) if taken.facts else {},
        licence_note=licence_note,
        preview_sha256=taken.preview_sha256,
        at=at,
    )


def with_ending(file_name: str, ending: str) -> str:
    """The name as it is kept: with the ending of what we made of the file, where we made something."""
    if not ending or file_name.lower().endswith(ending):
        return file_name
    stem, dot, _ = file_name.rpartition(".")
    return f"{(stem if dot and stem else file_name)[: LONGEST_NAME - len(ending)]}{ending}"


def _preview(path: Path, facts: MediaFacts) -> bytes | None:
    """A small picture of a picture or clip. Raises MediaRefused for a picture that cannot be drawn."""
    if facts.kind == "image":
        return picture_preview(path)
    if facts.kind == "clip":
        with suppress(MediaRefused):  # a clip that is broken there may be whole elsewhere
            return clip_preview(path, facts)
    return None


def _type_of(facts: MediaFacts, wanted: AssetType | None, file_name: str) -> AssetType:
    by_kind: dict[str, tuple[AssetType, ...]] = {
        "image": (AssetType.IMAGE,),
        "clip": (AssetType.CLIP, *((AssetType.AUDIO, AssetType.MUSIC) if facts.audio_codec else ())),
        "audio": (AssetType.AUDIO, AssetType.MUSIC),
    }
    possible = by_kind[facts.kind]
    if wanted is None:
        return possible[0]
    if wanted not in possible:
        flaw, what = _KINDS[facts.kind]
        raise FileUnusable(flaw, f"“{file_name}” is {what}, not {wanted}. Choose another file.", name=file_name)
    return wanted


def _document_type(path: Path, file_name: str) -> str:
    """A PDF or plain text; both are only ever handed out as downloads."""
    if path.stat().st_size > _DOCUMENT_MOST_BYTES:
        sentence = f"“{file_name}” is larger than the 50 MB that a document may have."
        raise FileUnusable("file_document_too_large", sentence, name=file_name, most_mb=_DOCUMENT_MOST_BYTES // 10**6)
    content = path.read_bytes()
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    try:
        if "\x00" not in content.decode("utf-8"):
            return "text/plain"
    except UnicodeDecodeError:
        pass
    sentence = f"“{file_name}” is neither a PDF nor plain text. Save it as one of those."
    raise FileUnusable("file_no_document", sentence, name=file_name)
