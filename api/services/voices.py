"""Voices: a voice take as the wizard shows it, and its words moved by hand.

Called by api.routers.voices and api.services.representations.
Law: words are moved here and never changed: what they are is the script's to say.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from api.schemas.voices import SilenceOut, VoiceMarkers, VoiceOut, VoiceWordOut
from api.services.shown_files import file_url
from automations.voices import VoiceFacts, scenes_of_words, voice_facts, words_as_said
from engine.core.errors import Invalid, NotFound
from engine.core.models import Asset, Scene, Take, TakeKind
from engine.core.takes import change_facts, get_take
from engine.core.videos import scenes_of
from engine.render.timeline import Word


def get_voice(session: Session, take_id: str) -> Take:
    """A take that is a voice. Raises NotFound."""
    take = get_take(session, take_id)
    if take.kind is not TakeKind.VOICE:
        raise NotFound("voice", take_id)
    return take


def as_voice(session: Session, take: Take, secret: bytes, at: datetime) -> VoiceOut:
    """A voice with its words as the script has them now, and where each is heard."""
    asset = session.get_one(Asset, take.asset_id)
    facts = voice_facts(take, asset)
    scenes = scenes_of(session, take.video_id)
    texts = [scene.text for scene in scenes]
    said = words_as_said(facts, texts)
    return VoiceOut(
        take_id=take.id,
        revision=take.revision,
        play_url=file_url(asset, secret, at),
        duration_ms=facts.duration_ms,
        speech_start_ms=facts.speech_start_ms,
        speech_end_ms=facts.speech_end_ms,
        words=_shown(_words(facts, said), scenes, scenes_of_words(facts, texts)),
        silences=[SilenceOut(start_ms=start, end_ms=end) for start, end in facts.silences],
        peaks=list(facts.peaks),
        is_outdated=said is None,
        sync_quality=facts.sync_quality,
        sync_notes=list(facts.sync_notes),
    )


def move_words(session: Session, take_id: str, markers: VoiceMarkers, revision: int, *, at: datetime) -> Take:
    """Keep where a person put the words. Raises NotFound, RevisionOutdated, Invalid (voice_words, which names one)."""
    take = get_voice(session, take_id)
    facts = voice_facts(take, session.get_one(Asset, take.asset_id))
    known = _words(facts, words_as_said(facts, [scene.text for scene in scenes_of(session, take.video_id)]))
    _require_same(known, markers)
    _require_order(markers, facts.duration_ms)
    words = tuple(
        word
        if (word.start_ms, word.end_ms) == (given.start_ms, given.end_ms)
        else word.model_copy(update={"start_ms": given.start_ms, "end_ms": given.end_ms, "confidence": 1.0})
        for word, given in zip(known, markers.words, strict=True)
    )
    moved = facts.model_copy(
        update={
            "words": words,
            "speech_start_ms": markers.speech_start_ms,
            "speech_end_ms": markers.speech_end_ms,
            "sync_quality": "by_hand",
        }
    )
    return change_facts(session, take.id, revision, moved.model_dump(mode="json"), at=at)


def _words(facts: VoiceFacts, said: Sequence[Sequence[Word]] | None) -> tuple[Word, ...]:
    return facts.words if said is None else tuple(word for scene in said for word in scene)


def _shown(words: Sequence[Word], scenes: Sequence[Scene], of_words: Sequence[int | None]) -> list[VoiceWordOut]:
    return [
        VoiceWordOut(
            text=word.text,
            start_ms=word.start_ms,
            end_ms=word.end_ms,
            scene_id=None if scene is None else scenes[scene].id,
            confidence=word.confidence,
        )
        for word, scene in zip(words, of_words, strict=True)
    ]


def _require_same(known: Sequence[Word], markers: VoiceMarkers) -> None:
    given = markers.words
    for number, (word, moved) in enumerate(zip(known, given, strict=False)):
        if word.text != moved.text:
            raise _wrong(number, moved.text, f"the voice has “{word.text}” there; load the voice again")
    if len(given) != len(known):
        raise Invalid(
            f"This voice has {len(known)} words; {len(given)} were sent. Nothing was moved: load the voice again.",
            field="words",
            code="voice_words",
        )


def _require_order(markers: VoiceMarkers, duration_ms: int) -> None:
    """Each word after the one before it, all of them in the part of the file that is heard."""
    if not markers.speech_start_ms <= markers.speech_end_ms <= duration_ms:
        raise Invalid(
            f"The speech must lie within the file, which ends at {duration_ms} ms. Nothing was moved.",
            field="speech_end_ms",
            code="voice_words",
        )
    before_ms = markers.speech_start_ms
    for number, word in enumerate(markers.words):
        if word.start_ms < before_ms:
            what = "the word before it ends" if number else "the speech starts"
            raise _wrong(number, word.text, f"it starts at {word.start_ms} ms, and {what} at {before_ms} ms only")
        if word.end_ms < word.start_ms:
            raise _wrong(number, word.text, f"it ends at {word.end_ms} ms, before it starts at {word.start_ms} ms")
        if word.end_ms > markers.speech_end_ms:
            raise _wrong(
                number, word.text, f"it ends at {word.end_ms} ms, after the speech does at {markers.speech_end_ms} ms"
            )
        before_ms = word.end_ms


def _wrong(number: int, text: str, why: str) -> Invalid:
    return Invalid(
        f"Word {number + 1}, “{text}”, cannot lie there: {why}. Nothing was moved.",
        field=f"words.{number}",
        code="voice_words",
        word=number,
    )
