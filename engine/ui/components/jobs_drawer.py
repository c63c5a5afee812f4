"""The jobs drawer: background work with its progress and time left, to stop or to do again.

Called by engine.ui.components.shell.
"""

from collections.abc import Callable, Coroutine

import flet as ft

from api.schemas.jobs import JobOut
from api.schemas.uploads import UploadOut
from engine.ui.client import ApiProblem
from engine.ui.components.drawers import drawer
from engine.ui.components.questions import Questions
from engine.ui.components.states import empty, said_of, said_of_job
from engine.ui.components.surfaces import card
from engine.ui.components.texts import heading, text
from engine.ui.desk import UNDER_WAY, Desk, Feed, use_desk, use_feed
from engine.ui.notation import seconds_left, span, utc_now
from engine.ui.theme import Role, space
from engine.ui.words import WORDS, Words

STATUS_COLOURS = {"failed": Role.DANGER, "waiting": Role.CAUTION, "succeeded": Role.POSITIVE}


@ft.component
def JobsDrawer() -> ft.Control:
    """What is under way, then what has ended lately."""
    desk, feed = use_desk(), use_feed()
    under_way, ended = feed.under_way(), feed.ended()
    shown: list[ft.Control] = [_upload_card(upload, desk.words) for upload in feed.arriving()]
    shown += [_job_card(job) for job in under_way]
    if not shown:
        shown.append(empty(desk.words("jobs.none"), desk.words("jobs.none_more"), ft.Icons.DONE_ALL))
    if ended:
        shown.append(
            ft.Container(heading(desk.words("jobs.recent"), "title", level=3), padding=ft.Padding.only(top=space(3)))
        )
        shown += [_job_card(job) for job in ended]
    return drawer(desk, desk.words("jobs.title"), ft.Column(shown, spacing=space(2)))


def _job_card(job: JobOut) -> ft.Control:
    """Known by its job, so that what was said to it stays with it when the list moves."""
    return JobCard(job, key=job.id)  # type: ignore[call-arg]  # taken off by Flet before the function is called


@ft.component
def JobCard(job: JobOut) -> ft.Control:
    """One job. What was pressed answers where it was pressed."""
    desk = use_desk()
    words = desk.words
    problem, set_problem = ft.use_state("")
    is_busy, set_busy = ft.use_state(False)
    name = words.named("job", job.kind)

    async def act() -> None:
        if is_busy:
            return
        set_busy(True)
        try:
            changed = await (desk.api.cancel_job if job.status in UNDER_WAY else desk.api.retry_job)(job.id)
            desk.feed.take_job(changed)
            set_problem("")
        except ApiProblem as met:
            if not desk.meet(met):
                set_problem(said_of(met, words))
        set_busy(False)

    title = desk.feed.titles.get(job.video_id or "")
    of_what = [text(title, "caption", lines=1)] if title else []
    parts: list[ft.Control] = [
        ft.Row(
            [
                ft.Column([text(name, "strong", lines=1), *of_what, _line(job, words)], spacing=0, expand=True),
                *_action(desk, job, name, act, is_busy),
            ]
        )
    ]
    if job.status == "running":
        parts.append(ft.ProgressBar(value=job.progress or None, semantics_label=words("jobs.progress_of", job=name)))
    if job.status == "waiting":
        parts.append(Questions(job))
    said = problem or (said_of_job(job, words) if job.status == "failed" else "")
    if said:
        parts.append(text(said, "caption", Role.DANGER if problem else Role.MUTED, lines=4))
    return card(ft.Column(parts, spacing=space(2)))


def _upload_card(upload: UploadOut, words: Words) -> ft.Control:
    """A large file that is on its way in; it is stopped on the page that sends it."""
    share = upload.arrived_bytes / upload.length_bytes
    said = words("uploads.checking") if upload.state == "checking" else f"{share:.0%}"
    bar = ft.ProgressBar(value=share, semantics_label=words("uploads.progress_of", file=upload.file_name))
    lines: list[ft.Control] = [
        text(words("uploads.card"), "strong", lines=1),
        text(upload.file_name, "caption", lines=1),
        text(said, "caption", Role.MUTED, lines=1),
    ]
    return card(ft.Column([ft.Column(lines, spacing=0), bar], spacing=space(2)))


def _line(job: JobOut, words: Words) -> ft.Control:
    """In which state it is and, while it runs, how far and for how long still."""
    said = words(f"status.{job.status}")
    if job.status == "running":
        stage = f"stage.{job.stage}"
        doing = words(stage) if stage in WORDS else said
        said = f"{doing} · {job.progress:.0%}"
        left = seconds_left(job.started_at, job.progress, utc_now())
        if left is not None:
            said = f"{said} · {words('jobs.left', time=span(left, words))}"
    return text(said, "caption", STATUS_COLOURS.get(job.status, Role.MUTED), lines=1)


def _action(
    desk: Desk, job: JobOut, name: str, act: Callable[[], Coroutine[None, None, None]], is_busy: bool
) -> list[ft.Control]:
    """The one thing that can be done with a job as it is now."""
    if job.status in UNDER_WAY:
        word, whole = "jobs.cancel", "jobs.cancel_of"
    elif job.can_retry and not _is_retried(desk.feed, job):
        word, whole = "jobs.retry", "jobs.retry_of"
    else:
        return []
    button = ft.OutlinedButton(
        content=ft.Text(desk.words(word), semantics_label=desk.words(whole, job=name)),
        disabled=is_busy,
        on_click=lambda _: ft.context.page.run_task(act),
    )
    return [button]


def _is_retried(feed: Feed, job: JobOut) -> bool:
    return any(other.retries_job_id == job.id for other in feed.jobs.values())
