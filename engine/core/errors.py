"""Domain errors: what a rule refused, in words for a person and a code for a program.

Raised by every module of engine.core, by automations and by api.services; api.errors alone turns them into HTTP.
Law: the message says what happened, what is kept and what to do next; a code never changes once it is out.

    DomainError
    ├── NotFound            there is no such thing, or not for this caller
    ├── Invalid             what was given cannot be used
    ├── Conflict            it cannot be done in the state that the thing is in
    ├── RevisionOutdated    it was changed since the caller read it
    ├── Refused             this caller may not do this
    ├── NotSignedIn         nobody is signed in, or not with these credentials
    ├── TooMany             too often in too short a time
    └── Unavailable         something that this needs is not there just now

A feature's own errors (BudgetExceeded, IllegalMove) derive from one of these and stand beside the rule.
"""

from pydantic import JsonValue


class DomainError(Exception):
    """A rule said no. `code` is for programs, `facts` are what a program may want to show of it."""

    code = "refused"

    def __init__(self, message: str, *, code: str | None = None, **facts: JsonValue) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.code
        self.facts = facts


class NotFound(DomainError):
    """There is no such thing, or it is not this caller's to see: the two are told alike."""

    code = "not_found"

    def __init__(self, what: str, wanted_id: str) -> None:
        super().__init__(f"There is no {what} {wanted_id!r} here. It may have been removed.", what=what, id=wanted_id)


class Invalid(DomainError):
    """What was given cannot be used; `field` names it. Nothing was changed."""

    code = "invalid"

    def __init__(self, message: str, *, field: str | None = None, code: str | None = None, **facts: JsonValue) -> None:
        super().__init__(message, code=code, **facts)
        self.field = field


class Conflict(DomainError):
    """It cannot be done in the state that the thing is in."""

    code = "conflict"


class RevisionOutdated(DomainError):
    """Somebody changed it since the caller read it; the row as it is now travels in `current`."""

    code = "revision_outdated"

    def __init__(self, what: str, current: object, current_revision: int, given_revision: int) -> None:
        super().__init__(
            f"This {what} was changed by somebody else meanwhile (revision {current_revision}, yours was "
            f"{given_revision}). Nothing was overwritten: compare both and save again.",
            current_revision=current_revision,
            given_revision=given_revision,
        )
        self.what = what
        self.current = current


class Refused(DomainError):
    """The caller is known and may not do this."""

    code = "forbidden"


class NotSignedIn(DomainError):
    """Nobody is signed in, or the credentials do not fit. Never says which part was wrong."""

    code = "not_signed_in"


class TooMany(DomainError):
    """Too often in too short a time; it may be tried again after `retry_after_s` seconds."""

    code = "too_many_requests"

    def __init__(self, message: str, retry_after_s: int) -> None:
        super().__init__(message, retry_after_s=retry_after_s)
        self.retry_after_s = retry_after_s


class Unavailable(DomainError):
    """Something that this needs (a disk, a worker, a vendor's key) is not there just now."""

    code = "unavailable"
