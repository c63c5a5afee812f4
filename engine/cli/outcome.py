"""Outcomes: how a command ends, for people and for programs.

Called by every command of engine.cli.
Law: no traceback on a screen. What nobody foresaw is written whole to a log whose place is told.
"""

import errno
import json
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import typer

from engine.settings import load_settings

DONE, FAILED, BAD_INPUT = 0, 1, 2


def say(sentence: str, colour: str | None = None) -> None:
    """A sentence on standard error, coloured where that is a terminal."""
    typer.secho(sentence, err=True, fg=colour)


class BadInput(ValueError):
    """What was given cannot be used; the message is a sentence that says what to do."""


@contextmanager
def outcome(as_json: bool) -> Iterator[None]:
    """Run a command's body; whatever it raises becomes one clear sentence and an exit code."""
    try:
        yield
    except (KeyboardInterrupt, typer.Abort):
        _end("Stopped. What was finished is kept; run it again to go on from there.", FAILED, as_json)
    except ValueError as error:  # MediaRefused, TimelineInvalid, ScriptEmpty, BadInput: each carries its sentence
        _end(str(error), BAD_INPUT, as_json)
    except OSError as error:
        _end(*_sentence_of(error), as_json)
    except (typer.Exit, SystemExit):
        raise
    except Exception as error:  # the last resort
        _end(f"Something unforeseen went wrong ({error}). The details are in {_logged()}.", FAILED, as_json)


def print_result(result: Mapping[str, object]) -> None:
    """The command's result as the last line of standard output."""
    sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")


def _sentence_of(error: OSError) -> tuple[str, int]:
    name = f"'{error.filename}'" if error.filename else "A file"
    match error.errno:
        case errno.ENOENT:
            return f"{name} does not exist.", BAD_INPUT
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return f"{name} may not be read or written by you.", BAD_INPUT
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
        with path.open("a") as log:
            log.write(f"{datetime.now(UTC).isoformat()} {' '.join(sys.argv)}\n{traceback.format_exc()}\n")
    except OSError:
        say(traceback.format_exc())
    return path
