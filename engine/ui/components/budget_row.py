"""Budget row: how much of a budget is gone, and for an owner a way to lift it.

Called by the section Budgets and the page of costs. Law: a limit is changed with a reason and on the numbers that were
seen; what somebody else did meanwhile is shown first.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import flet as ft

from api.schemas.costs import BudgetChanges, BudgetOut
from engine.ui.amounts import exact_amount, micros_of
from engine.ui.client import ApiProblem
from engine.ui.components.acting import use_act
from engine.ui.components.drafts import use_draft
from engine.ui.components.forms import form
from engine.ui.components.money_fields import AmountField
from engine.ui.components.texts import text
from engine.ui.components.typed_field import Looks, TypedField
from engine.ui.desk import use_desk
from engine.ui.notation import money
from engine.ui.theme import Radius, Role, space
from engine.ui.words import Words

WARNED_AT_PERCENT: Final = 80
_PARTS: Final = 1000
"""A bar is divided this finely."""


@dataclass(frozen=True)
class NewLimit:
    """As it is being typed."""

    limit: str = ""
    note: str = ""


@ft.component
def BudgetRow(budget: BudgetOut, name: str, of: str, look_again: Callable[[], None], *, may_change: bool) -> ft.Control:
    """How much of it is gone, and for an owner a way to change it. name: whose it is; of: which time it is for."""
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
    if may_change and draft is None:
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
    used_micros = budget.booked_micros + budget.reserved_micros
    if used_micros >= budget.limit_micros:
        told.append(text(words("budgets.is_over"), "caption", Role.DANGER))
    elif used_micros * 100 >= WARNED_AT_PERCENT * budget.limit_micros:
        percent = used_micros * 100 // budget.limit_micros
        told.append(text(words("budgets.is_nearly_over", percent=percent), "caption", Role.CAUTION))
    if budget.note:
        told.append(text(words("budgets.because", note=budget.note), "caption", Role.MUTED, lines=2))
    return told
