"""Client search: the words that a client is found by: of its name, and of its contacts' names and addresses.

Core: no HTTP, no clock. Called by engine.core.clients and engine.core.contacts, which keep the words with each change.
Law: a search reads an index, so that it costs what it finds and not what there is. Case and accents make no difference;
a word is found by its beginning.
"""

import re
import unicodedata
from typing import Final

from sqlalchemy import Select, delete, false, select
from sqlalchemy.orm import Session

from engine.core.models import Client, ClientSearchWord

LONGEST_WORD: Final = 40
"""Longer ones are found by this much of them."""
MOST_WANTED: Final = 12
"""Words of one search that count; nobody types more."""
_AFTER_ALL: Final = "\U0010ffff"
_WORD: Final = re.compile(r"[^\W_]+|[^\w\s]")


def search_words(text: str) -> list[str]:
    """Its words as they are compared: o'Brien is o and brien, 🥐 is a word, marks are none."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if unicodedata.category(sign) != "Mn")
    found = _WORD.findall(plain.casefold())
    return [word[:LONGEST_WORD] for word in found if word.isalnum() or unicodedata.category(word) == "So"]


def keep_words(session: Session, client_id: str, source_id: str, *texts: str) -> None:
    """Let a client be found by these texts. source_id: the client's own id, or that of a contact of it."""
    words = {word for text in texts for word in (*search_words(text), *_run_together(text))}
    session.add_all(
        ClientSearchWord(word=word, client_id=client_id, source_id=source_id) for word in sorted(words) if word
    )
    session.flush()


def forget_words(session: Session, client_id: str, source_id: str) -> None:
    """Let a client be found by what came from there no more."""
    session.flush()
    session.execute(
        delete(ClientSearchWord).where(
            ClientSearchWord.client_id == client_id, ClientSearchWord.source_id == source_id
        ),
        execution_options={"synchronize_session": "fetch"},
    )


def matching(clients: Select[Client], search: str) -> Select[Client]:
    """Those of these clients that every word of a search is the beginning of a word of. Nothing but space: all."""
    if not search.strip():
        return clients
    wanted = search_words(search)[:MOST_WANTED]
    for word in wanted:
        found = select(ClientSearchWord.client_id).where(
            ClientSearchWord.word >= word, ClientSearchWord.word < word + _AFTER_ALL
        )
        clients = clients.where(Client.id.in_(found))
    return clients if wanted else clients.where(false())


def _run_together(text: str) -> list[str]:
    """B.V. is found as bv too, and O'Brien as obrien."""
    return ["".join(search_words(part))[:LONGEST_WORD] for part in text.split()]
