"""Outcomes: how a command ends, for people and for programs.

Called by every command of engine.cli.
Law: no traceback on a screen. What nobody foresaw is written whole to a log whose place is told.
"""

import errno
import json
import signal
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import NoReturn

import typer
from pydantic import ValidationError

from engine.core.errors import DomainError, Unavailable
from engine.settings import PREFIX, Settings, load_settings

DONE, FAILED, BAD_INPUT = 0, 1, 2


def say(sentence: str, colour: str | None = None) -> None:
    """A sentence on standard error, coloured where that is a terminal."""
    typer.secho(sentence, err=True, fg=colour)


class BadInput(ValueError):
    """What was given cannot be used; the message is a sentence that says what to do."""


@contextmanager
def outcome(as_json: bool) -> Iterator[None]:
    """Run a command's body; whatever it raises becomes one clear sentence and an exit code.

    To be asked to end by the system (SIGTERM, or a terminal that closes) is the same as Ctrl-C.
    """
    for name in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(name) != signal.SIG_IGN:  # which is what nohup is for
            signal.signal(name, _stop)
    try:
        yield
    except (KeyboardInterrupt, typer.Abort):
        _end("Stopped. What was finished is kept; run it again to go on from there.", FAILED, as_json)
    except ValidationError as error:
        _end(_sentence_of_invalid(error), BAD_INPUT, as_json)
    except ValueError as error:  # MediaRefused, TimelineInvalid, ScriptEmpty, BadInput: each carries its sentence
        _end(str(error), BAD_INPUT, as_json)
    except Unavailable as error:
        _end(error.message, FAILED, as_json)
    except DomainError as error:
        _end(error.message, BAD_INPUT, as_json)
    except OSError as error:
        _end(*_sentence_of(error), as_json)
    except (typer.Exit, SystemExit):
        raise
    except Exception as error:  # the last resort
        _end(f"Something unforeseen went wrong ({error}). The details are in {_logged()}.", FAILED, as_json)


def print_result(result: Mapping[str, object]) -> None:
    """The command's result as the last line of standard output, in ASCII: some consoles know no other letters."""
    sys.stdout.write(json.dumps(result) + "\n")


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _sentence_of_invalid(error: ValidationError) -> str:
    """The first thing that is wrong with a setting, or with data whose reader has no better words for it."""
    detail = error.errors()[0]
    field = ".".join(map(str, detail["loc"]))
    message = detail["msg"].removeprefix("Value error, ")
    if error.title == Settings.__name__:
        return f"The setting {PREFIX}{field.upper()} cannot be '{detail['input']}': {message}."
    return f"{error.title}: {field}: {message}."


def _sentence_of(error: OSError) -> tuple[str, int]:
    name = f"'{error.filename}'" if error.filename else "A file"
    match error.errno:
        case errno.ENOENT:
            return f"{name} does not exist.", BAD_INPUT
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return f"{name} may not be read or written by you.", BAD_INPUT
        case errno.EEXIST:
            return f"{name} is a file, where a folder is needed.", BAD_INPUT
        case errno.EISDIR | errno.ENOTDIR | errno.ENAMETOOLONG:
            return f"{name} cannot be used here: {error.strerror}.", BAD_INPUT
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            return "The disk is full. Nothing half-written is left; free some room and run it again.", FAILED
        case _:
            return f"{name}: {error.strerror or error}.", FAILED


def _end(sentence: str, code: int, as_json: bool) -> NoReturn:
    say(sentence, typer.colors.RED)
    if as_json:
        print_result({"error": sentence, "exit_code": code})
    raise SystemExit(code)


def _logged() -> Path:
    """Append the traceback to the log; returns its place."""
    path = load_settings().data_dir / "bom.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(f"{datetime.now(UTC).isoformat()} {' '.join(sys.argv)}\n{traceback.format_exc()}\n")
    except OSError:
        say(traceback.format_exc())
    return path
