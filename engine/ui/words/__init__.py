"""Words: everything that the app says, in Dutch and in English; a module for each part of it.

Called by every page and component, and by engine.front_door. Law: no screen holds a word of its own; each line here is
complete in both languages (a test reads them all). {names} are filled in by the caller.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from engine.ui.words import (
    audio,
    audit,
    brand_kits,
    client_login,
    clients,
    costs,
    create,
    dashboard,
    export,
    files,
    health,
    imports,
    jobs,
    library,
    lists,
    messages,
    outbox,
    player,
    preview,
    problems,
    projects,
    providers,
    reviews,
    script,
    settings,
    shell,
    staff,
    uploads,
    visuals,
)

Language = Literal["nl", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("nl", "en")

WORDS: Final[dict[str, tuple[str, str]]] = {
    **shell.WORDS,
    **problems.WORDS,
    **dashboard.WORDS,
    **jobs.WORDS,
    **lists.WORDS,
    **library.WORDS,
    **projects.WORDS,
    **clients.WORDS,
    **brand_kits.WORDS,
    **imports.WORDS,
    **settings.WORDS,
    **client_login.WORDS,
    **staff.WORDS,
    **providers.WORDS,
    **costs.WORDS,
    **audit.WORDS,
    **health.WORDS,
    **create.WORDS,
    **script.WORDS,
    **visuals.WORDS,
    **player.WORDS,
    **audio.WORDS,
    **preview.WORDS,
    **export.WORDS,
    **reviews.WORDS,
    **messages.WORDS,
    **outbox.WORDS,
    **uploads.WORDS,
    **files.WORDS,
}


@dataclass(frozen=True)
class Words:
    """All words in one language."""

    language: Language

    def __call__(self, key: str, **facts: str | int) -> str:
        """The words for this, with the facts filled in. Raises KeyError for a key that is not in the table."""
        return WORDS[key][LANGUAGES.index(self.language)].format(**facts)

    def lines(self, group: str) -> dict[str, str]:
        """All lines of a group, by their own names, for a page that fills in facts by itself."""
        place = LANGUAGES.index(self.language)
        return {
            key.removeprefix(f"{group}."): said[place] for key, said in WORDS.items() if key.startswith(f"{group}.")
        }

    def named(
        self, group: str, name: str, otherwise: str = "other", facts: Mapping[str, str | int] | None = None
    ) -> str:
        """The words for a code of the api, such as a job's kind; those for `otherwise` where nobody knows it yet."""
        for key in (f"{group}.{name}", f"{group}.{otherwise}"):
            if key in WORDS:
                return self(key, **(facts or {}))
        return name
