"""Search: the words by which projects and videos are found.

Rules: engine.core.search. Law: these rows follow from others and can be made anew; nothing else is kept here.
"""

from typing import Final

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.core.models.base import Base, Id

LONGEST_WORD: Final = 40
_BY_CODE_POINT: Final = String(LONGEST_WORD).with_variant(String(LONGEST_WORD, collation="C"), "postgresql")
"""In the order of their characters on every database: words with one beginning stand together."""


class ProjectSearchWord(Base):
    """A word of a project's name, as engine.core.search.words_of makes it."""

    __tablename__ = "project_search_words"

    word: Mapped[str] = mapped_column(_BY_CODE_POINT, primary_key=True)
    subject_id: Mapped[Id] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"), primary_key=True)

    __table_args__ = (Index(None, "subject_id", "word"), {"sqlite_with_rowid": False})


class VideoSearchWord(Base):
    """A word of a video's title or script, as engine.core.search.words_of makes it."""

    __tablename__ = "video_search_words"

    word: Mapped[str] = mapped_column(_BY_CODE_POINT, primary_key=True)
    subject_id: Mapped[Id] = mapped_column(ForeignKey("videos.id", ondelete="CASCADE"), primary_key=True)

    __table_args__ = (Index(None, "subject_id", "word"), {"sqlite_with_rowid": False})
