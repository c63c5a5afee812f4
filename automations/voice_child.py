"""The voice child: a draft voice is said, or a script is found in a recording, in a process of its own.

Started by automations.workflows.voices as `python -m automations.voice_child`. Reads a VoiceOrder as its first line and
writes {"progress": 0.4}, and at the end {"made": …} or {"refused": "why"} (see automations.child_life).
"""

from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict

from automations.child_life import begin, only_order, say
from automations.voices import VoiceFacts, draft_voice, recorded_voice
from engine.core.sentences import Language

MEMORY_BYTES = 2 * 1024**3
"""Ten minutes of speech take 0.2 GB; a recording of hours fits."""
DRAFT_FILE: Final = "voice.wav"


class VoiceOrder(BaseModel):
    """What to do, and with what."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    recording: Path | None
    """None: say the texts, into DRAFT_FILE in `folder`."""
    texts: tuple[str, ...]
    """The scenes', in order."""
    language: Language
    own: dict[str, str] = {}
    """How the client's own words are said."""
    folder: Path


def work(order: VoiceOrder) -> VoiceFacts:
    """Do it, saying how far it is. Raises MediaRefused, ScriptEmpty, OSError."""
    if order.recording is None:
        return draft_voice(order.texts, order.language, order.folder / DRAFT_FILE, order.own)
    return recorded_voice(
        order.recording, order.texts, order.language, lambda share: say({"progress": round(share, 3)})
    )


def main() -> None:
    """The process."""
    begin(MEMORY_BYTES)
    order = VoiceOrder.model_validate_json(only_order())
    try:
        facts = work(order)
    except ValueError as error:  # MediaRefused, ScriptEmpty: each carries its sentence
        say({"refused": str(error)})
    else:
        say({"made": facts.model_dump(mode="json")})


if __name__ == "__main__":
    main()
