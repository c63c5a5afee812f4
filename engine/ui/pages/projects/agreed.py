"""What was agreed about a project, what of it is used, and what it cost.

Called by engine.ui.pages.projects.project.
"""

from collections.abc import Sequence

import flet as ft

from api.schemas.costs import SummaryOut
from api.schemas.projects import ProjectOut
from engine.ui.components.forms import form
from engine.ui.components.surfaces import divider, titled_card
from engine.ui.components.texts import text
from engine.ui.desk import Desk
from engine.ui.notation import day, due, money, today
from engine.ui.pages.projects.board import UNFINISHED
from engine.ui.theme import Role, space
from engine.ui.words import Words

Line = tuple[str, str, ft.Colors]


def agreed_card(desk: Desk, project: ProjectOut, video_count: int, spend_micros: int) -> ft.Control:
    """Package, videos, rounds, date, price, and what is left of the price."""
    words = desk.words
    lines: list[Line] = [
        (words("project.tier"), project.package_tier or words("project.no_tier"), Role.INK),
        (words("project.videos"), _videos(project, video_count, words), Role.INK),
        (words("project.rounds"), *_rounds(project, words)),
        (words("projects.due"), *_due(project, words)),
    ]
    price = project.price_micros
    lines.append(
        (words("project.price"), words("project.no_price") if price is None else money(price, words), Role.INK)
    )
    if price is not None:
        margin = price - spend_micros
        lines.append((words("project.margin"), money(margin, words), Role.DANGER if margin < 0 else Role.INK))
    return titled_card(words("project.facts"), form([_line(*line) for line in lines]))


def _videos(project: ProjectOut, count: int, words: Words) -> str:
    if project.included_videos is not None:
        return words("projects.videos_of", count=count, included=project.included_videos)
    return words("projects.video") if count == 1 else words("projects.videos", count=count)


def _rounds(project: ProjectOut, words: Words) -> tuple[str, ft.Colors]:
    used, included = project.used_revision_rounds, project.included_revision_rounds
    if included is None:
        return words("project.rounds_used", used=used), Role.INK
    if used > included:
        over = words("project.rounds_over", over=used - included)
        return f"{words('project.rounds_of', used=used, included=included)} · {over}", Role.CAUTION
    return words("project.rounds_of", used=used, included=included), Role.INK


def _due(project: ProjectOut, words: Words) -> tuple[str, ft.Colors]:
    if project.due_on is None:
        return words("projects.no_due"), Role.INK
    if project.status not in UNFINISHED:
        return day(project.due_on, words), Role.INK
    is_late = project.due_on < today()
    said = due(project.due_on, today(), words)
    if is_late:
        return f"{day(project.due_on, words)} · {said}", Role.DANGER
    return said, Role.INK


def costs_card(desk: Desk, by_provider: SummaryOut, by_kind: SummaryOut) -> ft.Control:
    """The whole, and its parts by who was paid and for what."""
    words = desk.words
    rows: list[ft.Control] = [
        text(words("project.cost", amount=money(by_provider.total.amount_micros, words)), "strong")
    ]
    if by_provider.parts:
        providers = [
            (words.named("provider", part.key, otherwise=part.key), part.cost.amount_micros)
            for part in by_provider.parts
        ]
        kinds = [(words.named("usage_kind", part.key), part.cost.amount_micros) for part in by_kind.parts]
        rows += [divider(), *_parts(words("project.by_provider"), providers, words)]
        rows += [divider(), *_parts(words("project.by_kind"), kinds, words)]
    return titled_card(words("project.costs"), form(rows))


def _parts(title: str, parts: Sequence[tuple[str, int]], words: Words) -> list[ft.Control]:
    lines: list[ft.Control] = [_line(name, money(amount, words), Role.INK) for name, amount in parts]
    return [ft.Column([text(title, "caption", Role.MUTED), *lines], spacing=space(1))]


def _line(name: str, said: str, color: ft.Colors) -> ft.Control:
    """A name at the left, and what is so at the right, where figures stand under each other."""
    row = ft.Row(
        [text(name, color=Role.MUTED, lines=1), text(said, color=color, align=ft.TextAlign.RIGHT, expand=True)],
        spacing=space(4),
        vertical_alignment=ft.CrossAxisAlignment.START,
    )
    return ft.MergeSemantics(row)
