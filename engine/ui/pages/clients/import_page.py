"""Importing clients from a spreadsheet: choose a file, read what it would do row by row, then do it.

Called by engine.app as the route /clients/import. Law: nothing is written before somebody has seen the plan, and the
file that is imported is the one that was planned.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

import flet as ft

from api.schemas.imports import ImportedOut, ImportPlanOut, ImportProblem, ImportRowOut
from engine.ui.client import ApiProblem
from engine.ui.components.acting import Act, use_act
from engine.ui.components.forms import buttons, form
from engine.ui.components.states import said_of
from engine.ui.components.surfaces import divider, dot, scrolled, titled_card
from engine.ui.components.texts import heading, text
from engine.ui.desk import Desk, use_desk
from engine.ui.notation import day, money
from engine.ui.pages.clients.client import back
from engine.ui.theme import Role, space
from engine.ui.words import Words

ENDINGS: Final = ("csv", "tsv", "txt")
MOST_BYTES: Final = 700_000
"""What goes in one request, as base64."""
SHOWN_FIRST: Final = 50
COLOURS: Final = {"new": Role.POSITIVE, "same": Role.MUTED, "refused": Role.DANGER}
WIDTH: Final = space(220)


@dataclass(frozen=True)
class Chosen:
    """A file and what it would do."""

    name: str
    content: bytes
    plan: ImportPlanOut
    intent: str


@ft.component
def ImportPage() -> ft.Control:
    """What to choose, what it would do, what was done."""
    desk, act = use_desk(), use_act()
    words = desk.words
    picker = ft.use_memo(ft.FilePicker, [])
    nothing: Chosen | None = None
    chosen, set_chosen = ft.use_state(nothing)
    not_yet: ImportedOut | None = None
    done, set_done = ft.use_state(not_yet)

    async def choose() -> str:
        picked = await picker.pick_files(
            allowed_extensions=list(ENDINGS), file_type=ft.FilePickerFileType.CUSTOM, with_data=True
        )
        if not picked:
            return ""
        content = picked[0].bytes or b""
        set_chosen(None)
        set_done(None)
        if len(content) > MOST_BYTES:
            raise ApiProblem("import_too_large", words("import.too_large", name=picked[0].name))
        plan = await desk.api.plan_import(content)
        set_chosen(Chosen(picked[0].name, content, plan, uuid4().hex))
        return ""

    async def do(one: Chosen) -> str:
        try:
            set_done(await desk.api.import_clients(one.content, one.intent))
        except ApiProblem as problem:
            if problem.code != "import_refused":
                raise
            set_chosen(Chosen(one.name, one.content, await desk.api.plan_import(one.content), one.intent))
            return said_of(problem, words)
        set_chosen(None)
        return ""

    def import_it(one: Chosen) -> None:
        async def import_now() -> str:
            return await do(one)

        act.run(import_now)

    button = ft.OutlinedButton if chosen is not None and _can_be_done(chosen.plan) else ft.FilledButton
    choose_button = button(
        words("import.choose"), icon=ft.Icons.UPLOAD_FILE, disabled=act.is_busy, on_click=lambda _: act.run(choose)
    )
    rows: list[ft.Control] = [
        text(words("import.more"), color=Role.MUTED),
        text(words("import.columns"), "caption", Role.MUTED),
        buttons([choose_button], act),
    ]
    parts: list[ft.Control] = [
        ft.Column([back(desk), heading(words("import.title"))], spacing=space(1)),
        titled_card(words("import.file"), form(rows)),
    ]
    if done is not None:
        parts.append(_done(desk, done))
    if chosen is not None:
        parts += [_summary(desk, chosen, act, import_it), Rows(chosen.plan, key=chosen.intent)]  # type: ignore[call-arg]  # Flet's own
    return scrolled([ft.Container(part, width=None if desk.layout == "narrow" else WIDTH) for part in parts])


def _can_be_done(plan: ImportPlanOut) -> bool:
    return not plan.refused and bool(plan.clients + plan.contacts + plan.projects)


def _summary(desk: Desk, chosen: Chosen, act: Act, import_it: Callable[[Chosen], None]) -> ft.Control:
    """How the file was read, what would be new, and the button where that can be done."""
    words, plan = desk.words, chosen.plan
    delimiter = {"\t": words("import.tab")}.get(plan.delimiter, plan.delimiter)
    lines: list[ft.Control] = [
        text(
            words("import.read", name=chosen.name, encoding=plan.encoding, delimiter=delimiter, rows=len(plan.rows)),
            "caption",
            Role.MUTED,
        )
    ]
    if plan.unknown_headers:
        lines.append(text(words("import.left_out", headers=", ".join(plan.unknown_headers[:10])), color=Role.CAUTION))
    if plan.refused:
        word = "import.refused_row" if plan.refused == 1 else "import.refused_rows"
        lines.append(text(words(word, count=plan.refused), color=Role.DANGER))
    elif _can_be_done(plan):
        do = ft.FilledButton(
            words("import.do", what=_counted(words, plan.clients, plan.contacts, plan.projects)),
            disabled=act.is_busy,
            on_click=lambda _: import_it(chosen),
        )
        lines.append(ft.Row([do], wrap=True))
    else:
        lines.append(text(words("import.nothing_new")))
    return titled_card(words("import.plan"), ft.Semantics(live_region=True, container=True, content=form(lines)))


def _counted(words: Words, clients: int, contacts: int, projects: int) -> str:
    """2 klanten, 1 contactpersoon; what there is none of is left out."""
    counts = (("client", clients), ("contact", contacts), ("project", projects))
    return ", ".join(words(f"count.{what}{'' if count == 1 else 's'}", count=count) for what, count in counts if count)


def _done(desk: Desk, done: ImportedOut) -> ft.Control:
    words = desk.words
    said = words("import.done", what=_counted(words, done.clients, done.contacts, done.projects))
    to_list = ft.FilledButton(words("import.to_clients"), on_click=lambda _: desk.go("/clients"))
    content = ft.Semantics(live_region=True, container=True, content=form([text(said), ft.Row([to_list])]))
    return titled_card(words("import.done_title"), content)


@ft.component
def Rows(plan: ImportPlanOut) -> ft.Control:
    """Each row with what it would do; the refused ones first, and more as they are asked for."""
    desk = use_desk()
    words = desk.words
    shown, set_shown = ft.use_state(SHOWN_FIRST)
    ordered = sorted(plan.rows, key=lambda row: (row.outcome != "refused", row.line))
    rows: list[ft.Control] = []
    for row in ordered[:shown]:
        rows += [divider(), _row(desk, row)] if rows else [_row(desk, row)]
    if len(ordered) > shown:
        more = ft.OutlinedButton(words("list.more"), on_click=lambda _: set_shown(shown + SHOWN_FIRST))
        rows.append(ft.Row([more]))
    return titled_card(words("import.rows"), ft.Column(rows, spacing=space(2)))


def _row(desk: Desk, row: ImportRowOut) -> ft.Control:
    words = desk.words
    facts = [row.contact_email, row.project]
    facts += [day(row.due_on, words)] if row.due_on else []
    facts += [money(row.price_micros, words)] if row.price_micros is not None else []
    said: list[ft.Control] = [text(row.client or words("import.no_name"), "strong", lines=1)]
    if any(facts):
        said.append(text(" · ".join(fact for fact in facts if fact), "caption", Role.MUTED, lines=2))
    said += [text(_why(words, problem), "caption", Role.DANGER) for problem in row.problems]
    makes = ", ".join(words(f"makes.{what}") for what in row.makes)
    outcome = words(f"outcome.{row.outcome}")
    state = ft.Row(
        [dot(COLOURS[row.outcome]), text(f"{outcome}: {makes}" if makes else outcome, "caption")],
        spacing=space(2),
        tight=True,
    )
    number = text(words("import.line", number=row.line), "caption", Role.MUTED)
    about = ft.Column(said, spacing=0, expand=desk.layout != "narrow")
    if desk.layout == "narrow":
        return ft.Column([ft.Row([number, state], spacing=space(3)), about], spacing=0)
    return ft.Row(
        [ft.Container(number, width=space(18)), about, state],
        spacing=space(3),
        vertical_alignment=ft.CrossAxisAlignment.START,
    )


def _why(words: Words, problem: ImportProblem) -> str:
    why = words.named("row", problem.code)
    return f"{why} ({problem.given})" if problem.given else why
