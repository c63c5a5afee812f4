"""Client search: the words that a client is found by: of its name, and of its contacts' names and addresses.

Core: no HTTP, no clock. Called by engine.core.clients and engine.core.contacts, which keep the words with each change.
Law: a search reads an index, so that it costs what it finds and not what there is. What a word is, engine.core.search
says.
"""

from typing import Final

from sqlalchemy import Select, delete, false, insert, select
from sqlalchemy.orm import Session

from engine.core.models import Client, ClientSearchWord
from engine.core.search import beginnings_of, words_of

_AFTER_ALL: Final = "\U0010ffff"


def keep_words(session: Session, client_id: str, source_id: str, *texts: str) -> None:
    """Let a client be found by these texts. source_id: the client's own id, or that of a contact of it."""
    words = {word for text in texts for word in words_of(text)}
    if rows := [{"word": word, "client_id": client_id, "source_id": source_id} for word in sorted(words)]:
        session.execute(insert(ClientSearchWord), rows)


def forget_words(session: Session, client_id: str, source_id: str) -> None:
    """Let a client be found by what came from there no more."""
    session.execute(
        delete(ClientSearchWord).where(
            ClientSearchWord.client_id == client_id, ClientSearchWord.source_id == source_id
        ),
        execution_options={"synchronize_session": False},
    )


def matching(clients: Select[Client], search: str) -> Select[Client]:
    """Those of these clients that every word of a search is the beginning of a word of. Nothing but space: all."""
    if not search.strip():
        return clients
    wanted = beginnings_of(search)
    for word in wanted:
        found = select(ClientSearchWord.client_id).where(
            ClientSearchWord.word >= word, ClientSearchWord.word < word + _AFTER_ALL
        )
        clients = clients.where(Client.id.in_(found))
    return clients if wanted else clients.where(false())
