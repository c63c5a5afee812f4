"""Budgets: what may be spent this month and on projects, what was, and what is set aside.

Called by the page of Settings. Law: a limit is changed with a reason and on the numbers that were seen; what somebody
else did meanwhile is shown first.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import uuid4

import flet as ft

from api.schemas.costs import BudgetIn, BudgetOut, BudgetScope
from engine.ui.amounts import micros_of
from engine.ui.client import StudioApi
from engine.ui.components.acting import use_act
from engine.ui.components.budget_row import BudgetRow
from engine.ui.components.choice import choice
from engine.ui.components.client_choice import ClientChoice, find_client
from engine.ui.components.drafts import use_draft
from engine.ui.components.forms import buttons, form
from engine.ui.components.money_fields import AmountField
from engine.ui.components.states import Trouble, empty, skeleton
from engine.ui.components.surfaces import divider, titled_card
from engine.ui.components.texts import text
from engine.ui.components.typed_field import Looks, TypedField
from engine.ui.desk import Desk, use_desk, use_feed
from engine.ui.loading import Failed, Loaded, Waiting, use_loaded
from engine.ui.notation import month_name, today
from engine.ui.pages.settings.sections import is_owner
from engine.ui.theme import Role, space
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
    for budget in budgets:
        if budget.scope == "client_month" and budget.scope_id not in clients:  # put away, or of a later page
            clients.update(await find_client(api, budget.scope_id))
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
    month = month_name(today(), words)
    rows: list[ft.Control] = []
    if not is_owner(desk.me):
        rows.append(text(words("settings.owners_change"), color=Role.MUTED))
    for budget in sorted(known.budgets, key=lambda one: SCOPES.index(one.scope)):
        rows += [divider()] if rows else []
        of = words("budgets.all_of_it") if budget.scope == "project" else month
        name = known.name_of(budget, words)
        rows.append(BudgetRow(budget, name, of, look_again, may_change=is_owner(desk.me), key=budget.id))  # type: ignore[call-arg]  # Flet takes it off
    return titled_card(words("settings.budgets"), ft.Column(rows, spacing=space(4)))


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
        elif known.is_taken(draft.scope, draft.scope_id):
            wrong["scope_id"] = words("problem.budget_exists")
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
    """Whose it can be: any client, or a project that has no budget yet."""
    if draft.scope == "studio_month":
        return []
    if draft.scope == "client_month":
        return [ClientChoice(words("create.client"), draft.client_id, lambda chosen: fill(client_id=chosen))]
    free = [(one, name) for one, name in known.projects.items() if not known.is_taken(draft.scope, one)]
    if not free:
        return [text(words("budget_taken.project"), color=Role.MUTED)]
    return [choice(words("create.project"), draft.project_id, free, lambda chosen: fill(project_id=chosen))]
