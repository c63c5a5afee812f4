"""Passwords: rules for a new one, its hash, and the check that tells nobody whether an account exists.

Called by api.services.sign_in and engine.cli.user.
Law: hashing takes some 50 ms and 64 MiB on purpose: it is never done inside a transaction, nor many times at once.
"""

import functools
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from engine.core.errors import Invalid

SHORTEST: Final = 12
LONGEST: Final = 256
_argon2 = PasswordHasher()  # RFC 9106's second choice: 3 passes over 64 MiB


def check_new_password(password: str, *, email: str) -> None:
    """Raises Invalid where a password is too short, too long, or made of the address or of one character."""
    lowered = password.lower()
    if not SHORTEST <= len(password) <= LONGEST:
        raise Invalid(
            f"A password has {SHORTEST} to {LONGEST} characters. Four words make a good one.", field="password"
        )
    if len(set(lowered)) < 5 or email.lower() in lowered or lowered in email.lower():
        raise Invalid("This password is too easy to guess. Four words make a good one.", field="password")


def hash_password(password: str) -> str:
    """argon2id, with its salt and costs inside."""
    return _argon2.hash(password)


def is_password(password: str, password_hash: str | None) -> bool:
    """Whether it is the right one. Without an account (None) it takes the same time and is False."""
    try:
        return _argon2.verify(password_hash or _nobodys_hash(), password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


@functools.cache
def _nobodys_hash() -> str:
    return _argon2.hash("a password that nobody has")


def prepare() -> None:
    """Make what the first refusal would otherwise make, so that it takes no longer than the next."""
    _nobodys_hash()
