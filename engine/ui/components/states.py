"""States: what is seen in place of content while it is on its way, when it did not come, and when there is none.

Called by pages and drawers.
"""

from collections.abc import Mapping
from typing import Final

import flet as ft
from pydantic import JsonValue

from api.schemas.jobs import JobOut
from engine.ui.client import ApiProblem
from engine.ui.components.texts import text
from engine.ui.desk import use_desk
from engine.ui.loading import Failed
from engine.ui.notation import price
from engine.ui.theme import Radius, Role, space
from engine.ui.words import WORDS, Words

MANY_REASONS: Final = frozenset(
    {
        "conflict",
        "forbidden",
        "illegal_move",
        "invalid",
        "not_found",
        "pictures_missing",
        "refused",
        "unavailable",
        "voice_words",
        "wrong_file_type",
    }
)
"""Codes of which each refusal tells more than its code."""


def skeleton(words: Words, rows: int) -> ft.Control:
    """Grey bars where rows will be."""
    bar = ft.Container(bgcolor=Role.LINE, border_radius=Radius.SMALL, height=space(5))
    bars: list[ft.Control] = [
        ft.Container(bgcolor=bar.bgcolor, border_radius=bar.border_radius, height=bar.height) for _ in range(rows)
    ]
    return ft.Semantics(label=words("sign_in.busy"), content=ft.Column(bars, spacing=space(4)))


def said_of(problem: ApiProblem, words: Words) -> str:
    """What a person reads of a problem: our words for it where we have them, else the api's own."""
    return said_by_code(problem.code, problem.message, words, problem.facts)


def said_of_job(job: JobOut, words: Words) -> str:
    """Why a job failed; empty where it did not."""
    return said_by_code(job.problem_code, job.problem, words) if job.problem else ""


def said_by_code(code: str, own: str, words: Words, facts: Mapping[str, JsonValue] | None = None) -> str:
    """Our words for a code. own: the api's, in English; they stand where we have none, where something that ours need
    is not told, and in English where they say more."""
    key = f"problem.{code}"
    if key not in WORDS or (words.language == "en" and code in MANY_REASONS and own):
        return own
    told = {name: fact for name, fact in (facts or {}).items() if isinstance(fact, str | int)}
    amounts = {
        name.removesuffix("_micros"): price(value, words)
        for name, value in told.items()
        if name.endswith("_micros") and isinstance(value, int)
    }
    try:
        return words(key, **told | amounts)
    except KeyError:
        return own


@ft.component
def Trouble(failed: Failed) -> ft.Control:
    """What went wrong and a way to try again."""
    words = use_desk().words
    return ft.Column(
        [
            text(words("problem.title"), "title", Role.DANGER),
            text(said_of(failed.problem, words), color=Role.MUTED),
            ft.OutlinedButton(words("problem.retry"), icon=ft.Icons.REFRESH, on_click=lambda _: failed.retry()),
        ],
        spacing=space(2),
    )


def empty(title: str, more: str, icon: ft.IconData) -> ft.Control:
    """Nothing there, and what brings something."""
    return ft.Column(
        [
            ft.Icon(icon, color=Role.MUTED, size=space(6)),
            text(title, "strong"),
            text(more, color=Role.MUTED),
        ],
        spacing=space(1),
    )
