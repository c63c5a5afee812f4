"""Texts that people type: names, notes and codes as they may be kept.

Used by the rules of engine.core before anything typed is written.
Law: what a person can see is kept as typed, in any script; what nobody can see (control characters, half a
surrogate) is refused, since it breaks files, mails and databases later.
"""

import functools
import re
import unicodedata
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from engine.core.errors import Invalid

LONGEST_NAME: Final = 300
LONGEST_PROSE: Final = 100_000

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_CONTROL_IN_PROSE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_EMAIL = re.compile(r"[^\s@<>\",;:()\[\]\\]{1,64}@[^\s@<>\",;:()\[\]\\]+\.[^\s@<>\",;:()\[\]\\.]{2,63}")


def clean_name(value: str, field: str, *, longest: int = LONGEST_NAME) -> str:
    """One line without space around it, in Unicode's composed form. Raises Invalid where it is empty or too long."""
    cleaned = unicodedata.normalize("NFC", value).strip()
    if _CONTROL.search(cleaned):
        raise Invalid(f"The {_said(field)} has a character that cannot be shown. Type it again.", field=field)
    if not any(unicodedata.category(character)[0] not in "ZC" for character in cleaned):
        raise Invalid(f"The {_said(field)} is empty. Fill it in.", field=field)
    if len(cleaned) > longest:
        raise Invalid(f"The {_said(field)} has {len(cleaned)} characters; {longest} fit.", field=field)
    return cleaned


def clean_prose(value: str, field: str, *, longest: int = LONGEST_PROSE) -> str:
    """Text of many lines, as typed but for Windows line ends. May be empty. Raises Invalid."""
    cleaned = unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\r", "\n")
    if _CONTROL_IN_PROSE.search(cleaned):
        raise Invalid(f"The {_said(field)} has a character that cannot be shown. Paste it as plain text.", field=field)
    if len(cleaned) > longest:
        raise Invalid(f"The {_said(field)} has {len(cleaned)} characters; {longest} fit.", field=field)
    return cleaned


def clean_email(value: str, field: str = "email") -> str:
    """An address in lower case. Raises Invalid where no mail could go there."""
    cleaned = unicodedata.normalize("NFC", value).strip().lower()
    if len(cleaned) > 254 or not _EMAIL.fullmatch(cleaned) or _CONTROL.search(cleaned):
        raise Invalid("This is not an e-mail address. It looks like anna@bakkerij.example.", field=field)
    return cleaned


def clean_time_zone(value: str, field: str = "time_zone") -> ZoneInfo:
    """An IANA time zone. Raises Invalid."""
    if value not in _time_zones():
        raise Invalid(f"{value[:60]!r} is not a time zone. They are written like Europe/Amsterdam.", field=field)
    return ZoneInfo(value)


@functools.cache
def _time_zones() -> frozenset[str]:
    """Read once: looking through the machine's files takes 20 ms."""
    return frozenset(available_timezones())


def clean_language(value: str, field: str = "language") -> str:
    """nl or en. Raises Invalid."""
    if value not in {"nl", "en"}:
        raise Invalid("The language is nl or en.", field=field)
    return value


def _said(field: str) -> str:
    return field.replace("_", " ")
