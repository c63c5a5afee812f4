"""Voices: a recording or a draft voice with the time of each word, and what of it fits the script as it is now.

Called by automations.voice_child (which makes the facts), automations.assembly and api.services.voices.
Law: a voice is compared with the script by its words, not by their number: a video whose scenes changed places has an
outdated voice. Case, punctuation and marks may change; nobody hears them.
"""

from collections.abc import Callable, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from engine.core.models import Asset, Take
from engine.core.scripts import spoken_words
from engine.core.sentences import Language
from engine.providers.offline import OfflineVoice
from engine.render.media.sandbox import MediaRefused
from engine.render.sound.speech import HOP_MS
from engine.render.sound.voice_survey import VoiceSurvey, survey_voice
from engine.render.speech_sync import sync_speech
from engine.render.speech_words import even_slots, shares
from engine.render.timeline import Word

SyncQuality = Literal["exact", "found", "unsure", "spread", "by_hand"]
UNSURE = 0.3
"""Words of less confidence are guesses."""
NOT_HEARD = "Nothing of this script could be heard in the file; its words are spread over it, to be put right by hand."

Ms = Annotated[int, Field(ge=0)]


class VoiceFacts(BaseModel):
    """What a voice take knows of itself (Take.facts); all times are the file's own, in ms."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    speech_start_ms: Ms = 0
    speech_end_ms: Ms
    """From where to where the film has the file."""
    words: tuple[Word, ...]
    """One for each of engine.core.scripts.spoken_words of the script as it was, in order."""
    duration_ms: Ms = 0
    silences: tuple[tuple[Ms, Ms], ...] = ()
    peaks: tuple[int, ...] = ()
    """See engine.render.sound.voice_survey."""
    sync_quality: SyncQuality = "exact"
    sync_notes: tuple[str, ...] = ()
    """What could not be found, in sentences."""
    made_by: str = ""
    """The job that made the take, which finds it again when it is run again."""


def voice_facts(take: Take, asset: Asset) -> VoiceFacts:
    """What a voice take knows; of a file in which nothing was searched yet, how long it is."""
    duration_s = asset.facts.get("duration_s")
    duration_ms = round(duration_s * 1000) if isinstance(duration_s, int | float) else 0
    try:
        facts = VoiceFacts.model_validate(take.facts)
    except ValidationError:
        notes = ("Its words were not searched yet.",)
        return VoiceFacts(
            speech_end_ms=duration_ms, words=(), duration_ms=duration_ms, sync_quality="spread", sync_notes=notes
        )
    if facts.duration_ms:
        return facts
    return facts.model_copy(update={"duration_ms": max(duration_ms, facts.speech_end_ms)})


def draft_voice(
    texts: Sequence[str], language: Language, out: Path, own: Mapping[str, str] | None = None
) -> VoiceFacts:
    """Have the scenes' texts said into a WAV file. own: how words are said. Raises ScriptEmpty, OSError."""
    said = OfflineVoice().speak(texts, language, out, own)
    return _facts(survey_voice(out), said.words, "exact", ())


def recorded_voice(
    path: Path, texts: Sequence[str], language: Language, on_progress: Callable[[float], None]
) -> VoiceFacts:
    """Find the scenes' texts in a recording. on_progress: told 0 to 1; what it raises ends the search.

    A file in which the script is not heard (silence, music, other words) gets its words spread evenly over what there
    is. Raises MediaRefused only where there is no sound to be read.
    """
    survey = survey_voice(path)
    on_progress(0.1)
    words = [word for text in texts for word in spoken_words(text)]
    try:
        found = sync_speech(path, words, language, on_progress=lambda share: on_progress(0.1 + 0.9 * share))
    except MediaRefused:  # silent: the survey has read it, so it can be read
        return _facts(survey, _spread(words, survey), "spread", (NOT_HEARD,))
    if found.words and not any(word.confidence for word in found.words):
        return _facts(survey, _spread(words, survey), "spread", found.warnings or (NOT_HEARD,))
    quality: SyncQuality = "unsure" if found.warnings else "found"
    return _facts(survey, found.words, quality, found.warnings)


def words_as_said(facts: VoiceFacts, texts: Sequence[str]) -> list[list[Word]] | None:
    """Each scene's words, as written now, with their times in the file; None where the voice says something else."""
    tokens = [spoken_words(text) for text in texts]
    flat = [token for scene in tokens for token in scene]
    if list(map(_heard, flat)) != [_heard(word.text) for word in facts.words]:
        return None
    said = [word.model_copy(update={"text": token}) for word, token in zip(facts.words, flat, strict=True)]
    return _by_scene(said, tokens)


def words_guessed(facts: VoiceFacts, texts: Sequence[str]) -> list[list[Word]]:
    """The same for an outdated voice: words that it says keep their time, new ones share the time between those."""
    tokens = [spoken_words(text) for text in texts]
    flat = [token for scene in tokens for token in scene]
    old, guessed = facts.words, list[Word]()
    at_ms = facts.speech_start_ms
    for kind, old_from, old_to, new_from, new_to in _changes([word.text for word in old], flat):
        if kind == "equal":
            pairs = zip(old[old_from:old_to], flat[new_from:new_to], strict=True)
            guessed += [word.model_copy(update={"text": token}) for word, token in pairs]
        else:
            until_ms = old[old_to].start_ms if old_to < len(old) else facts.speech_end_ms
            guessed += _shared(flat[new_from:new_to], at_ms, max(at_ms, until_ms))
        if old_to > old_from:
            at_ms = old[old_to - 1].end_ms
    return _by_scene(guessed, tokens)


def scenes_of_words(facts: VoiceFacts, texts: Sequence[str]) -> list[int | None]:
    """For each word of the voice the scene (0 is the first) that says it now; None for one that the script lost."""
    of_token = [number for number, text in enumerate(texts) for _ in spoken_words(text)]
    flat = [token for text in texts for token in spoken_words(text)]
    scenes: list[int | None] = [None] * len(facts.words)
    for kind, old_from, old_to, new_from, _ in _changes([word.text for word in facts.words], flat):
        if kind == "equal":
            scenes[old_from:old_to] = of_token[new_from : new_from + old_to - old_from]
    return scenes


def _facts(survey: VoiceSurvey, words: Sequence[Word], quality: SyncQuality, notes: Sequence[str]) -> VoiceFacts:
    """Words within the file, and the speech at least as long as they are."""
    end_ms = survey.duration_ms
    held = tuple(
        word.model_copy(update={"start_ms": min(word.start_ms, end_ms), "end_ms": min(word.end_ms, end_ms)})
        for word in words
    )
    return VoiceFacts(
        speech_start_ms=min([survey.speech_start_ms, *(word.start_ms for word in held[:1])]),
        speech_end_ms=max([survey.speech_end_ms, *(word.end_ms for word in held[-1:])]),
        words=held,
        duration_ms=end_ms,
        silences=survey.silences,
        peaks=survey.peaks,
        sync_quality=quality,
        sync_notes=tuple(notes),
    )


def _spread(words: Sequence[str], survey: VoiceSurvey) -> list[Word]:
    """The words over what is spoken, or over the whole file where nobody speaks."""
    slots = even_slots(words, survey.is_speech)
    return [
        Word(text=word, start_ms=slot.start * HOP_MS, end_ms=slot.end * HOP_MS, confidence=0.0)
        for word, slot in zip(words, slots, strict=True)
    ]


def _shared(tokens: Sequence[str], start_ms: int, end_ms: int) -> list[Word]:
    if not tokens:
        return []
    edges = [round(start_ms + share * (end_ms - start_ms)) for share in shares(tokens).tolist()]
    return [
        Word(text=token, start_ms=first, end_ms=last, confidence=0.0)
        for token, first, last in zip(tokens, edges, edges[1:], strict=False)
    ]


def _changes(old: Sequence[str], new: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, list(map(_heard, old)), list(map(_heard, new))).get_opcodes()


def _by_scene(words: Sequence[Word], tokens: Sequence[Sequence[str]]) -> list[list[Word]]:
    left = iter(words)
    return [[next(left) for _ in scene] for scene in tokens]


def _heard(token: str) -> str:
    """What of a word can be heard: its letters and digits."""
    return "".join(filter(str.isalnum, token)).casefold()
