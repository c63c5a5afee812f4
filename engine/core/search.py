"""Search: projects and videos by the words in them.

Core: no HTTP, no clock. Called by engine.core.projects and videos (keep_words), and by their lists (matching).
Law: a word is found as it is typed, from its beginning on, whatever its accents and capitals, and alike on every
database. That is why the words are kept in tables of our own: SQLite's and PostgreSQL's own indexes differ in what a
word is, and neither sorts by a date without reading all that matches.
"""

import unicodedata
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, delete, exists, func, insert, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from engine.core.models import ProjectSearchWord, VideoSearchWord
from engine.core.models.search import LONGEST_WORD

Words = type[ProjectSearchWord] | type[VideoSearchWord]
MOST_WORDS_ASKED: Final = 8
FEW: Final = 2000
"""Up to so many that match are gathered and sorted; of more, those that match are met soon enough on the way down a
sorted list."""
_AFTER_ALL: Final = "\U0010ffff"
_AT_ONCE: Final = 500


def words_of(text: str) -> list[str]:
    """The words of a text, each once, without accents and capitals; a pictogram is a word of its own.

    What signs part is found in parts and as a whole: O'Brien is o, brien and obrien.
    """
    found: dict[str, None] = {}
    for piece in text.split():
        parts = _parts(piece)
        whole = [] if len(parts) < 2 else ["".join(part for part in parts if part.isalnum())]
        found |= {part[:LONGEST_WORD]: None for part in (*parts, *whole) if part}
    return list(found)


def _parts(piece: str) -> list[str]:
    parts, word = [], ""
    for sign in unicodedata.normalize("NFKD", piece.casefold()) + " ":
        category = unicodedata.category(sign)
        if category[0] in "LN":
            word += sign
        elif category[0] != "M":  # an accent belongs to its word, and is left out
            parts += [word] if word else []
            parts += [sign] if category == "So" else []
            word = ""
    return parts


def keep_words(session: Session, words: Words, subject_id: str, *texts: str) -> None:
    """From now on it is found by the words of these texts. Does not commit."""
    mine = words.subject_id == subject_id
    before = set(session.scalars(select(words.word).where(mine)))
    now = {word for text in texts for word in words_of(text)}
    gone = sorted(before - now)
    for start in range(0, len(gone), _AT_ONCE):
        session.execute(delete(words).where(mine, words.word.in_(gone[start : start + _AT_ONCE])))
    if new := sorted(now - before):
        session.execute(insert(words), [{"word": word, "subject_id": subject_id} for word in new])


def beginnings_of(search: str) -> list[str]:
    """What somebody looks for: each must begin a word of what is found. Signs part it as they part texts."""
    return [part[:LONGEST_WORD] for piece in search.split() for part in _parts(piece)][:MOST_WORDS_ASKED]


def has_word(words: Words, beginning: str, column: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    """Whether what the column names has a word that begins so."""
    return column.in_(select(words.subject_id).where(*begins(words.word, beginning)))


def matching(session: Session, words: Words, search: str, column: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    """Whether what the column names has all the words that somebody looks for. A search without a word finds nothing.

    Where one of them is rare, the few that have it are looked at; where all are common, each row is asked in turn.
    """
    beginnings = beginnings_of(search)
    if not beginnings:
        return column.in_(())
    counts = {beginning: _count(session, words, beginning) for beginning in beginnings}
    rarest = min(beginnings, key=lambda beginning: counts[beginning])
    wanted: list[ColumnElement[bool]] = []
    if counts[rarest] <= FEW:
        wanted.append(has_word(words, rarest, column))
        beginnings.remove(rarest)
    wanted += [exists().where(words.subject_id == column, *begins(words.word, each)) for each in beginnings]
    return and_(*wanted)


def _count(session: Session, words: Words, beginning: str) -> int:
    """How many words there are that begin so; FEW + 1 where there are more."""
    some = select(words.subject_id).where(*begins(words.word, beginning)).limit(FEW + 1).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def begins(column: InstrumentedAttribute[str], beginning: str) -> tuple[ColumnElement[bool], ...]:
    """Whether a column that is sorted by code point begins so."""
    return column >= beginning, column < beginning + _AFTER_ALL
