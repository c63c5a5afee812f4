"""The Create wizard's script step: Dutch, English."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "script.field": ("Script", "Script"),
    "script.hint": (
        "Schrijf wat er gezegd wordt. Elke zin wordt een scène; zet --- op een eigen regel om zelf te knippen.",
        "Write what is said. Each sentence becomes a scene; put --- on a line of its own to cut yourself.",
    ),
    "script.scenes": ("Scènes", "Scenes"),
    "script.counts": (
        "{characters} tekens · {words} woorden · {time}",
        "{characters} characters · {words} words · {time}",
    ),
    "script.scene_counts": ("{words} woorden · {time}", "{words} words · {time}"),
    "script.none": ("Nog geen scènes", "No scenes yet"),
    "script.none_more": ("Ze verschijnen hier terwijl je typt.", "They show up here while you type."),
    "script.lacks": ("nog leeg", "still empty"),
    "script.reading": ("{seconds} s voorlezen", "{seconds} s to read"),
    "script.reading_minutes": ("{minutes} min {seconds} s voorlezen", "{minutes} min {seconds} s to read"),
}
