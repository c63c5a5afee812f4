"""`bom sync`: when each word of a script is said in a recording.

Called by engine.cli.app.
"""

from pathlib import Path

from engine.cli.given_files import read_script
from engine.cli.outcome import print_result
from engine.cli.progress import steps
from engine.core.scripts import ScriptEmpty, spoken_words
from engine.core.sentences import Language
from engine.render.speech_sync import sync_speech


def print_word_times(voice: Path, script: Path, language: Language) -> None:
    """Print {"words": [{"text", "start_s", "end_s", "confidence"}], "warnings": []}."""
    words = spoken_words(read_script(script))
    if not words:
        raise ScriptEmpty
    with steps() as bars, bars.step("Finding the words in the voice-over") as on_progress:
        found = sync_speech(voice, words, language, on_progress=on_progress)
    print_result(
        {
            "words": [
                {
                    "text": word.text,
                    "start_s": word.start_ms / 1000,
                    "end_s": word.end_ms / 1000,
                    "confidence": round(word.confidence, 3),
                }
                for word in found.words
            ],
            "warnings": list(found.warnings),
        }
    )
