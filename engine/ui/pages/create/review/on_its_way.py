"""On its way: a version whose films get their watermark: how far it is, or why it was not sent and what can be done.

Called by the Export and Review steps, where people look for what they have sent.
Law: the client has seen and heard nothing of it, and that is said.
"""

from collections.abc import Awaitable, Callable

import flet as ft

from api.schemas.jobs import JobOut
from api.schemas.reviews import SendingOut, VersionIn
from engine.ui.client.bodies import checked
from engine.ui.components.acting import use_act
from engine.ui.components.forms import buttons
from engine.ui.components.states import said_of_job
from engine.ui.components.texts import text
from engine.ui.desk import UNDER_WAY, Desk, use_desk, use_feed
from engine.ui.notation import seconds_left, span, utc_now
from engine.ui.pages.create.wizard import Wizard, use_wizard
from engine.ui.theme import Role, space
from engine.ui.words import Words


@ft.component
def OnItsWay(sending: SendingOut) -> ft.Control:
    """One sending that is not a version yet. Where it is done again, the feed tells how that goes."""
    desk, wizard, feed, act = use_desk(), use_wizard(), use_feed(), use_act()
    words = desk.words
    job = feed.jobs.get(sending.job_id or "")
    number = wizard.versions[0].number + 1 if wizard.versions else 1
    if sending.status == "preparing" and (job is None or job.status in UNDER_WAY):
        lines = _under_way(number, job, words)
        row: list[ft.Control] = []
        if sending.job_id is not None:
            stop = ft.Text(words("jobs.cancel"), semantics_label=words("sending.stop_of", number=number))
            row = [ft.OutlinedButton(content=stop, on_click=lambda _: act.run(_stopping(desk, wizard, sending)))]
    else:
        lines = _ended(number, sending, job, words)
        again = ft.FilledButton(
            words("sending.again"),
            disabled=act.is_busy,
            on_click=lambda _: act.run(_again(desk, wizard, sending, has_watermark=True)),
        )
        without = ft.OutlinedButton(
            words("sending.without"),
            disabled=act.is_busy,
            on_click=lambda _: act.run(_again(desk, wizard, sending, has_watermark=False)),
        )
        row = [again, without]
    return ft.Column([*lines, buttons(row, act)], spacing=space(2), horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _under_way(number: int, job: JobOut | None, words: Words) -> list[ft.Control]:
    said = words("sending.watermarking", number=number)
    is_running = job is not None and job.status == "running"
    if job is not None and is_running:
        said = f"{said} · {job.progress:.0%}"
        left = seconds_left(job.started_at, job.progress, utc_now())
        if left is not None:
            said = f"{said} · {words('jobs.left', time=span(left, words))}"
    name = words("jobs.progress_of", job=words("job.send_watermarked"))
    share = job.progress or None if job is not None and is_running else None
    return [
        text(said, "strong"),
        ft.ProgressBar(value=share, semantics_label=name),
        text(words("sending.watermarking_more"), "caption", Role.MUTED),
    ]


def _ended(number: int, sending: SendingOut, job: JobOut | None, words: Words) -> list[ft.Control]:
    is_stopped = sending.status == "canceled" or (job is not None and job.status == "canceled")
    lines: list[ft.Control] = [
        text(words("sending.stopped" if is_stopped else "sending.failed", number=number), "strong")
    ]
    why = "" if is_stopped else (said_of_job(job, words) if job is not None else "") or sending.problem
    if why:
        lines.append(text(why, color=Role.DANGER))
    lines.append(text(words("sending.nothing_seen"), "caption", Role.MUTED))
    return [ft.Semantics(live_region=True, content=ft.Column(lines, spacing=space(1)))]


def _stopping(desk: Desk, wizard: Wizard, sending: SendingOut) -> Callable[[], Awaitable[str]]:
    async def stop() -> str:
        desk.feed.take_job(await desk.api.cancel_job(sending.job_id or ""))
        await wizard.refresh()
        return ""

    return stop


def _again(desk: Desk, wizard: Wizard, sending: SendingOut, *, has_watermark: bool) -> Callable[[], Awaitable[str]]:
    """The same films and words once more. Asked twice, as by a double click, they are sent once."""

    async def send() -> str:
        body = checked(VersionIn, {"export_ids": sending.export_ids, "message": sending.message})
        ask = desk.api.send_watermarked if has_watermark else desk.api.send_version
        await ask(sending.video_id, body, f"{sending.id}:{has_watermark}")
        await wizard.refresh()
        return ""

    return send
