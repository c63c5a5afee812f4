"""Budgets: what may be spent this month and on projects, what was, and what is set aside.

Called by the page of Settings. Law: a limit is changed with a reason and on the numbers that were seen; what somebody
else did meanwhile is shown first.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import uuid4

import flet as ft

from api.schemas.costs import BudgetChanges, BudgetIn, BudgetOut, BudgetScope
from engine.ui.amounts import exact_amount, micros_of
from engine.ui.client import ApiProblem, StudioApi
from engine.ui.components.acting import use_act
from engine.ui.components.choice import choice
from engine.ui.components.drafts import use_draft
from engine.ui.components.forms import buttons, form
from engine.ui.components.money_fields import AmountField
from engine.ui.components.states import Trouble, empty, skeleton
from engine.ui.components.surfaces import divider, titled_card
from engine.ui.components.texts import text
from engine.ui.components.typed_field import Looks, TypedField
from engine.ui.desk import Desk, use_desk, use_feed
from engine.ui.loading import Failed, Loaded, Waiting, use_loaded
from engine.ui.notation import money, today
from engine.ui.pages.settings.sections import is_owner
from engine.ui.theme import Radius, Role, space
from engine.ui.words import Words

SCOPES: Final[tuple[BudgetScope, ...]] = ("studio_month", "client_month", "project")
MOST_NAMES: Final = 200
_PARTS: Final = 1000
"""A bar is divided this finely."""


@dataclass(frozen=True)
class Known:
    """Budgets, and whose they are."""

    budgets: Sequence[BudgetOut]
    clients: Mapping[str, str]
    projects: Mapping[str, str]

    def name_of(self, budget: BudgetOut, words: Words) -> str:
        """What people call it."""
        if budget.scope == "studio_month":
            return words("budgets.whole_studio")
        names = self.clients if budget.scope == "client_month" else self.projects
        return names.get(budget.scope_id) or words(f"budget_of.{budget.scope}")

    def is_taken(self, scope: str, scope_id: str) -> bool:
        """Whether there is one already."""
        return any((budget.scope, budget.scope_id) == (scope, scope_id) for budget in self.budgets)


async def load_budgets(api: StudioApi) -> Known:
    """Everything at once. Raises ApiProblem."""
    budgets = (await api.budgets()).items
    clients = {client.id: client.name for client in (await api.clients(limit=MOST_NAMES)).items}
    projects = (await api.projects(sort="-updated_at", limit=MOST_NAMES)).items
    named = {
        project.id: " · ".join(part for part in (clients.get(project.client_id), project.name) if part)
        for project in projects
    }
    return Known(budgets, clients, named)


@ft.component
def Budgets() -> ft.Control:
    """The studio's first, then those of clients, then those of projects."""
    desk, feed = use_desk(), use_feed()
    words = desk.words
    changes, set_changes = ft.use_state(0)

    def look_again() -> None:
        set_changes(lambda before: before + 1)

    match use_loaded(lambda: load_budgets(desk.api), changes, feed.news):
        case Waiting():
            return titled_card(words("settings.budgets"), skeleton(words, rows=4))
        case Failed() as failed:
            return titled_card(words("settings.budgets"), Trouble(failed))
        case Loaded(known):
            parts: list[ft.Control] = [_cards(desk, known, look_again)]
            if is_owner(desk.me):
                parts.append(NewBudget(known, look_again))
            return ft.Column(parts, spacing=space(6))


def _cards(desk: Desk, known: Known, look_again: Callable[[], None]) -> ft.Control:
    words = desk.words
    if not known.budgets:
        nothing = empty(words("budgets.none"), words("budgets.none_more"), ft.Icons.SAVINGS_OUTLINED)
        return titled_card(words("settings.budgets"), nothing)
    month = f"{words('time.months').split()[today().month - 1]} {today().year}"
    rows: list[ft.Control] = []
    if not is_owner(desk.me):
        rows.append(text(words("settings.owners_change"), color=Role.MUTED))
    for budget in sorted(known.budgets, key=lambda one: SCOPES.index(one.scope)):
        rows += [divider()] if rows else []
        of = words("budgets.all_of_it") if budget.scope == "project" else month
        name = known.name_of(budget, words)
        rows.append(BudgetRow(budget, name, of, look_again, key=budget.id))  # type: ignore[call-arg]  # Flet takes it off
    return titled_card(words("settings.budgets"), ft.Column(rows, spacing=space(4)))


@dataclass(frozen=True)
class NewLimit:
    """As it is being typed."""

    limit: str = ""
    note: str = ""


@ft.component
def BudgetRow(budget: BudgetOut, name: str, of: str, look_again: Callable[[], None]) -> ft.Control:
    """How much of it is gone, and for an owner a way to change it."""
    desk, act = use_desk(), use_act()
    words = desk.words
    closed: NewLimit | None = None
    typed, put = use_draft(lambda: closed)
    draft = typed.value

    def fill(**fields: str) -> None:
        if typed.value is not None:
            put(replace(typed.value, **fields))

    async def change() -> str:
        assert typed.value is not None
        micros = micros_of(typed.value.limit, words) or 0
        changes = BudgetChanges(limit_micros=micros, note=typed.value.note.strip())
        try:
            await desk.api.change_budget(budget.id, changes, budget.revision)
        except ApiProblem as problem:
            if problem.code == "revision_outdated":
                look_again()
            raise
        put(None)
        look_again()
        return words("budgets.changed", amount=money(micros, words))

    def save() -> None:
        assert typed.value is not None
        wrong = {}
        if micros_of(typed.value.limit, words) is None:
            wrong["limit_micros"] = words("wrong.limit_micros")
        if not typed.value.note.strip():
            wrong["note"] = words("wrong.note")
        if wrong:
            act.refuse(wrong)
        else:
            act.run(change)

    head: list[ft.Control] = [
        ft.Column([text(name, "strong", lines=1), text(of, "caption", Role.MUTED, lines=1)], spacing=0, expand=True)
    ]
    if is_owner(desk.me) and draft is None:
        label = words("budgets.change_of", name=name)
        change_it = ft.Text(words("budgets.change"), semantics_label=label)
        present = exact_amount(budget.limit_micros, "EUR", words)
        head.append(ft.OutlinedButton(content=change_it, on_click=lambda _: put(NewLimit(present.strip("€\u00a0")))))
    rows: list[ft.Control] = [ft.Row(head, spacing=space(3)), bar(budget, words), *_told(budget, words)]
    if draft is not None:
        note = Looks(label=words("budgets.why"), max_length=2000, error=act.wrong("note"))
        rows += [
            AmountField(
                words("budgets.limit"),
                draft.limit,
                lambda said: fill(limit=said),
                act.wrong("limit_micros"),
                "EUR",
                save,
            ),
            TypedField(note, draft.note, lambda said: fill(note=said), save),
            ft.Row(
                [
                    ft.FilledButton(words("settings.save"), on_click=lambda _: save()),
                    ft.OutlinedButton(words("settings.keep"), on_click=lambda _: put(None)),
                ],
                spacing=space(3),
                run_spacing=space(2),
                wrap=True,
            ),
        ]
    if act.outcome.said or act.outcome.problem:
        rows.append(act.line())
    return form(rows)


def bar(budget: BudgetOut, words: Words) -> ft.Control:
    """Spent, then set aside, then left."""
    limit = max(1, budget.limit_micros)
    spent = min(_PARTS, round(_PARTS * max(0, budget.booked_micros) / limit))
    aside = min(_PARTS - spent, round(_PARTS * budget.reserved_micros / limit))
    is_over = budget.booked_micros + budget.reserved_micros > budget.limit_micros
    pieces: list[ft.Control] = [
        ft.Container(bgcolor=color, height=space(2), expand=share)
        for share, color in (
            (spent, Role.DANGER if is_over else Role.ACCENT),
            (aside, Role.CAUTION),
            (_PARTS - spent - aside, Role.LINE),
        )
        if share
    ]
    row = ft.Container(ft.Row(pieces, spacing=0), border_radius=Radius.SMALL, clip_behavior=ft.ClipBehavior.HARD_EDGE)
    percent = round(100 * (budget.booked_micros + budget.reserved_micros) / limit)
    return ft.Semantics(label=words("budgets.used", percent=percent), image=True, content=row)


def _told(budget: BudgetOut, words: Words) -> list[ft.Control]:
    """The same in numbers, and why it is what it is."""
    parts = [words("budgets.spent", amount=money(budget.booked_micros, words))]
    if budget.reserved_micros:
        parts.append(words("budgets.aside", amount=money(budget.reserved_micros, words)))
    parts.append(words("budgets.of", amount=money(budget.limit_micros, words)))
    told: list[ft.Control] = [text(" · ".join(parts), "caption")]
    if budget.booked_micros + budget.reserved_micros >= budget.limit_micros:
        told.append(text(words("budgets.is_over"), "caption", Role.DANGER))
    if budget.note:
        told.append(text(words("budgets.because", note=budget.note), "caption", Role.MUTED, lines=2))
    return told


@dataclass(frozen=True)
class Draft:
    """A new budget as it is being filled in."""

    scope: str
    client_id: str = ""
    project_id: str = ""
    limit: str = ""
    note: str = ""

    @property
    def scope_id(self) -> str:
        """Whose it is; empty for the studio's."""
        return {"client_month": self.client_id, "project": self.project_id}.get(self.scope, "")


@ft.component
def NewBudget(known: Known, look_again: Callable[[], None]) -> ft.Control:
    """For the studio or a client this month, or for a project."""
    desk, act = use_desk(), use_act()
    words = desk.words
    first = "client_month" if known.is_taken("studio_month", "") else "studio_month"
    typed, put = use_draft(lambda: Draft(first))
    draft = typed.value
    intent = ft.use_memo(lambda: uuid4().hex, [draft])

    def fill(**fields: str) -> None:
        put(replace(typed.value, **fields))

    async def add() -> str:
        draft = typed.value
        budget = BudgetIn(
            scope=next(scope for scope in SCOPES if scope == draft.scope),
            scope_id=draft.scope_id,
            month="" if draft.scope == "project" else f"{today():%Y-%m}",
            limit_micros=micros_of(draft.limit, words) or 0,
            note=draft.note.strip(),
        )
        await desk.api.set_budget(budget, intent)
        put(Draft(draft.scope))
        look_again()
        return words("budgets.added")

    def save() -> None:
        draft, wrong = typed.value, {}
        if draft.scope != "studio_month" and not draft.scope_id:
            wrong["scope_id"] = words(f"budget_lacks.{draft.scope}")
        if micros_of(draft.limit, words) is None:
            wrong["limit_micros"] = words("wrong.limit_micros")
        if wrong:
            act.refuse(wrong)
        else:
            act.run(add)

    scopes = [(scope, words(f"budget_for.{scope}")) for scope in SCOPES]
    rows: list[ft.Control] = [
        choice(words("budgets.for"), draft.scope, scopes, lambda chosen: fill(scope=chosen)),
        *_whose(known, draft, fill, words),
    ]
    if act.wrong("scope_id"):
        rows.append(text(act.wrong("scope_id"), "caption", Role.DANGER))
    note = Looks(label=words("budgets.why_if"), max_length=2000)
    rows += [
        AmountField(
            words("budgets.limit"),
            draft.limit,
            lambda said: fill(limit=said),
            act.wrong("limit_micros"),
            "EUR",
            save,
        ),
        TypedField(note, draft.note, lambda said: fill(note=said), save),
        buttons([ft.FilledButton(words("budgets.add"), on_click=lambda _: save())], act),
    ]
    return titled_card(words("budgets.new"), form(rows))


def _whose(known: Known, draft: Draft, fill: Callable[..., None], words: Words) -> list[ft.Control]:
    """Clients or projects that have no budget yet."""
    if draft.scope == "studio_month":
        return []
    is_client = draft.scope == "client_month"
    names = known.clients if is_client else known.projects
    free = [(one, name) for one, name in names.items() if not known.is_taken(draft.scope, one)]
    if not free:
        return [text(words(f"budget_taken.{draft.scope}"), color=Role.MUTED)]
    field = "client_id" if is_client else "project_id"
    label = words("create.client" if is_client else "create.project")
    return [choice(label, draft.scope_id, free, lambda chosen: fill(**{field: chosen}))]
