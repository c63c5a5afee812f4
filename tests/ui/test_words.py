"""The words: complete in both languages, used, and never bypassed."""

import ast
import re
import string
from pathlib import Path
from typing import Final, get_args

import pytest

from api.schemas.videos import ReviewState
from automations.kinds import KINDS
from engine.core.costs.budget_warnings import KIND_OF
from engine.core.models import (
    ExportStatus,
    JobStatus,
    MailStatus,
    ProjectStatus,
    Role,
    TakeSource,
    UsageKind,
    VideoStatus,
    VideoType,
)
from engine.render.media.flaws import Flaw
from engine.render.motions import MOTIONS
from engine.render.timeline import Corner, Direction, TransitionKind
from engine.ui import words as module
from engine.ui.client import ApiProblem
from engine.ui.components.states import said_of
from engine.ui.pages.create.preview.held_cut import CHOSEN
from engine.ui.pages.create.preview.step import PANELS
from engine.ui.pages.create.steps import STEPS
from engine.ui.pages.create.studio_things import SCENE_FIELDS, WORDS_OF_VIDEO
from engine.ui.pages.create.wizard import SaveState
from engine.ui.pages.library.wish import DAYS, LENGTHS, OLDER
from engine.ui.pages.library.wish import SORTS as FILM_SORTS
from engine.ui.pages.projects.wish import SORTS
from engine.ui.words import LANGUAGES, WORDS, Words

UI = Path(module.__file__).parent.parent
SOURCES = [file for file in UI.rglob("*.py") if file.parent.name != "words"] + [UI.parent / "app.py"]
BY_CODE: dict[str, list[str]] = {
    "problem": list(Flaw),
    "job": [kind.name for kind in KINDS],
    "status": list(JobStatus),
    "project": list(ProjectStatus),
    "video": list(VideoStatus),
    "settings": list(Role),
    "language": list(LANGUAGES),
    "step": [step.slug for step in STEPS],
    "saving": list(get_args(SaveState)),
    "source": list(TakeSource),
    "field": [*WORDS_OF_VIDEO, *SCENE_FIELDS, *CHOSEN],
    "panel": list(PANELS),
    "logo_corner": list(get_args(Corner)),
    "motion": list(MOTIONS),
    "transition": list(get_args(TransitionKind)),
    "direction": list(get_args(Direction)),
    "project_sort": list(SORTS),
    "usage_kind": list(UsageKind),
    "notice": [f"{whose}_{step}" for whose in KIND_OF.values() for step in ("nearly_used", "used_up")],
    "video_type": list(VideoType),
    "export_status": list(ExportStatus),
    "version_state": list(get_args(get_args(ReviewState)[0])),
    "mail_status": list(MailStatus),
    "film_sort": list(FILM_SORTS),
    "film_length": list(LENGTHS),
    "film_date": [*DAYS, OLDER],
}


def names_in(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("group", sorted({key.split(".")[0] for key in WORDS}))
def test_each_line_is_there_in_both_languages_with_the_same_facts(group: str) -> None:
    for key in (key for key in WORDS if key.startswith(f"{group}.")):
        dutch, english = WORDS[key]
        assert dutch.strip(), key
        assert english.strip(), key
        assert names_in(dutch) == names_in(english), key


def literal_keys(file: Path) -> set[str]:
    """Every text in a source that looks like a key."""
    found = {node.value for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Constant)}
    return {text for text in found if isinstance(text, str) and re.fullmatch(r"[a-z_]+\.[a-z_]+", text)}


def test_every_line_that_a_screen_asks_for_is_there() -> None:
    groups = {key.split(".")[0] for key in WORDS}
    asked = {key for file in SOURCES for key in literal_keys(file) if key.split(".")[0] in groups}

    assert asked - set(WORDS) == {"sign_in.html"}


@pytest.mark.parametrize("group", BY_CODE)
def test_every_code_of_the_api_has_words(group: str) -> None:
    missing = [code for code in BY_CODE[group] if f"{group}.{code}" not in WORDS]

    assert missing == []


def test_every_refusal_of_a_file_tells_what_its_words_need() -> None:
    told: dict[str, list[set[str]]] = {flaw.name: [] for flaw in Flaw}
    for file in (UI.parent / "render").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="MediaRefused"), args=[ast.Attribute(attr=flaw), *_], keywords=facts):
                    told[flaw].append({"name", *(str(fact.arg) for fact in facts)})

    lacking = {
        flaw: names_in(WORDS[f"problem.{Flaw[flaw]}"][0]) - facts for flaw, ways in told.items() for facts in ways
    }
    assert {flaw: names for flaw, names in lacking.items() if names} == {}
    assert [flaw for flaw, ways in told.items() if not ways] == ["IS_CLIP"]  # which api.services.intake refuses


SAID_BY_THE_API: Final = frozenset({"media_refused", "timeline_file", "timeline_invalid"})
"""It names the file, or what of the cut does not add up."""
FOR_PROGRAMS: Final = frozenset(
    {
        "address_refused",
        "backup_unusable",
        "cursor_invalid",
        "files_missing",
        "if_match_missing",
        "json_invalid",
        "limit_out_of_range",
        "link_expired",
        "link_invalid",
        "not_empty",
        "offset_wrong",
        "sort_unknown",
        "tus_version_unknown",
        "upload_overrun",
        "webhook_forged",
        "webhook_not_set_up",
        "webhook_unreadable",
        "worker_running",
        "wrong_media_type",
    }
)
"""What the command line, the upload page, webhooks and callers of the api are told, and no page of the app."""
FOR_CLIENTS: Final = frozenset(
    {
        "agreement_unknown",
        "decision_counts",
        "files_differ",
        "link_revoked",
        "mail_not_sent",
        "mail_refused",
        "message_exists",
        "note_not_carried",
        "not_paid_yet",
        "not_approved_yet",
        "preview_over",
        "preview_read_only",
        "not_your_decision",
        "note_exists",
        "passkey_known",
        "passkey_refused",
        "sign_in_code_wrong",
        "sign_in_link_spent",
        "too_many_passkeys",
        "version_decided",
    }
)
"""What clients are told where they watch and decide; until a page of the app can meet it too."""


def codes_in(file: Path) -> set[str]:
    """The codes of refusals: a class's `code`, or given as `code=`."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        match node:
            case ast.Assign(targets=[ast.Name(id="code")], value=ast.Constant(value=str(code))):
                found.add(code)
            case ast.keyword(arg="code", value=ast.Constant(value=str(code))):
                found.add(code)
    return found


def test_every_refusal_that_a_page_can_meet_is_said_in_both_languages() -> None:
    root = UI.parent.parent
    rooms = (root / "engine/core", root / "api", root / "automations")
    codes = {code for room in rooms for file in room.rglob("*.py") for code in codes_in(file)}

    assert "budget_exceeded" in codes
    unsaid = {code for code in codes if code and f"problem.{code}" not in WORDS}
    assert unsaid - SAID_BY_THE_API - FOR_PROGRAMS - FOR_CLIENTS == set()


def test_a_refusal_tells_its_amounts_in_the_persons_language_or_what_the_api_said() -> None:
    refused = ApiProblem(
        "budget_exceeded", "It is spent.", facts={"left_micros": 1_200_000, "wanted_micros": 1_440_000}
    )

    assert said_of(refused, Words("nl")).startswith(
        "Het budget is te klein: er is nog €\u00a01,20 over en dit kost €\u00a01,44."
    )
    assert said_of(ApiProblem("budget_exceeded", "It is spent."), Words("nl")) == "It is spent."
    assert said_of(ApiProblem("of_tomorrow", "Something new."), Words("nl")) == "Something new."
    assert said_of(ApiProblem("invalid", "Name it."), Words("en")) == "Name it."
    assert "kijk het nog eens na" in said_of(ApiProblem("invalid", "Name it."), Words("nl"))


def test_a_code_that_is_newer_than_the_app_is_still_shown() -> None:
    assert Words("nl").named("job", "make_coffee") == "Taak"
    assert Words("en").named("project", "on_hold") == "on_hold"


def test_no_screen_says_anything_that_is_not_in_the_table() -> None:
    """A capital and a small letter at the start of a literal text argument: that is a sentence or a label."""
    said = [
        f"{file.name}:{node.lineno}: {argument.value}"
        for file in SOURCES
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") not in {"TypeVar", "cast"}
        for argument in [*node.args, *(keyword.value for keyword in node.keywords)]
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
        if re.match(r"[A-Z][a-z]+( |$)", argument.value)
        if file.name not in {"door.py", "app.py"}  # problems of the wire, which screens put in their own words
    ]

    assert said == []
