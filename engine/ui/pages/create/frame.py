"""The frame of the wizard: the video's title, how saving stands, the steps, and the step that is open.

Called by engine.app as the routes /create/{video_id}/{step} and /projects/{project_id}/videos/{video_id}.
"""

import flet as ft

from api.schemas.videos import VideoOut
from engine.ui.components.actions import icon_action
from engine.ui.components.states import Trouble, empty, said_of, skeleton
from engine.ui.components.surfaces import scrolled
from engine.ui.components.texts import text
from engine.ui.components.typed_field import Looks, TypedField
from engine.ui.desk import Desk, use_desk, use_feed, use_keys
from engine.ui.loading import Failed, Loaded, use_loaded
from engine.ui.pages.create.clashes import ClashCard
from engine.ui.pages.create.notices import notices, put_away
from engine.ui.pages.create.stepper import next_step, stepper
from engine.ui.pages.create.steps import Step, step_named
from engine.ui.pages.create.unsaved import Unsaved
from engine.ui.pages.create.wizard import SaveState, Wizard, WizardContext, use_wizard
from engine.ui.theme import Role, space
from engine.ui.words import LANGUAGES

LONGEST_TITLE = 300
LONG_STATE_WIDTH = space(50)
STATE_COLOURS: dict[SaveState, ft.Colors] = {
    "saved": Role.MUTED,
    "saving": Role.MUTED,
    "unsaved": Role.MUTED,
    "offline": Role.CAUTION,
    "conflict": Role.CAUTION,
    "refused": Role.DANGER,
}


@ft.component
def VideoPage() -> ft.Control:
    """The video at this address. Another video is another page: nothing of the first stays on the screen."""
    params = ft.use_route_params()
    video_id = params.get("video_id", "")
    # A notice of what a client did knows the video within its project, and means the review.
    step = "review" if "project_id" in params else params.get("step")
    page = OpenVideo(video_id, step_named(step), key=video_id)  # type: ignore[call-arg]  # Flet's own
    return ft.Container(page, expand=True)


@ft.component
def OpenVideo(video_id: str, step: Step) -> ft.Control:
    """The video once it is loaded; loaded again whenever something happens in the studio."""
    desk, feed = use_desk(), use_feed()
    wizard = desk.wizard_of(video_id, lambda: Wizard(desk.api, video_id, Unsaved(desk.browser_store, video_id)))

    async def load() -> Wizard:
        await (wizard.refresh if wizard.is_open else wizard.open)()
        return wizard

    # A page script that brought files says so by the address (app_drop.html).
    match use_loaded(load, feed.news, desk.address):
        case Failed(problem) if problem.status == 404:
            gone = empty(desk.words("create.gone"), "", ft.Icons.MOVIE_OUTLINED)
            to_start = ft.OutlinedButton(desk.words("create.to_start"), on_click=lambda _: desk.go("/create"))
            return scrolled([gone, to_start])
        case Failed() as failed if not wizard.is_open:
            return scrolled([Trouble(failed)])
        case Loaded() | Failed():
            return WizardContext(wizard, lambda: Frame(step))
        case _:
            if wizard.is_open:
                return WizardContext(wizard, lambda: Frame(step))
            return scrolled([skeleton(desk.words, rows=8)])


@ft.component
def Frame(step: Step) -> ft.Control:
    """Everything around a step, and the step."""
    desk, wizard = use_desk(), use_wizard()

    def hear(event: ft.KeyboardEvent) -> None:
        if event.key == "Z" and (event.ctrl or event.meta) and not desk.is_typing:
            (wizard.redo if event.shift else wizard.undo)()

    def leave_if_signed_out() -> None:
        if wizard.is_signed_out:
            desk.leave()

    use_keys(hear)
    ft.use_effect(leave_if_signed_out, [wizard.is_signed_out])
    parts: list[ft.Control] = [_head(desk, wizard, wizard.video), stepper(desk, wizard, step)]
    parts += notices(desk, wizard)
    if wizard.clashes:
        parts.append(ClashCard())
    content = step.component()
    below = ft.Row(next_step(desk, wizard, step), alignment=ft.MainAxisAlignment.END)
    return scrolled([ft.Column(parts, spacing=space(3)), content, below])


def _head(desk: Desk, wizard: Wizard, video: VideoOut) -> ft.Control:
    """The title to type in, and beside or below it what goes for the whole video."""
    looks = Looks(
        label=desk.words("create.title"),
        look="heading",
        max_length=LONGEST_TITLE,
        is_plain=True,
        error=desk.words("create.title_missing") if not video.title.strip() else "",
    )
    title = ft.Semantics(
        header=True,
        heading_level=1,
        content=TypedField(
            looks, video.title, lambda typed: wizard.change("video", {"title": typed}, "title", is_typing=True)
        ),
    )
    tools = [*_history(desk, wizard), _language(desk, wizard, video), *_more(desk, wizard, video)]
    state = _state(desk, wizard)
    if desk.layout == "narrow":
        row = ft.Row([ft.Container(state, expand=True), *tools], spacing=space(1))
        return ft.Column([title, row], spacing=0, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    beside = ft.Row([state, *tools], spacing=space(1), tight=True)
    return ft.Row([ft.Container(title, expand=True), beside], spacing=space(4))


def _state(desk: Desk, wizard: Wizard) -> ft.Control:
    """How saving stands, in words that a screen reader hears as they change."""
    state = wizard.save_state
    said = desk.words(f"saving.{state}")
    is_short = state in {"saved", "saving", "unsaved"}
    align = ft.TextAlign.START if desk.layout == "narrow" else ft.TextAlign.END
    if wizard.refusal is not None:
        said = f"{said}: {said_of(wizard.refusal, desk.words)}"
    return ft.Semantics(
        live_region=True,
        content=ft.Container(
            text(said, "caption", STATE_COLOURS[state], lines=2, align=align),
            width=None if is_short or desk.layout == "narrow" else LONG_STATE_WIDTH,
        ),
    )


def _history(desk: Desk, wizard: Wizard) -> list[ft.Control]:
    words = desk.words
    undo, redo = wizard.undoable, wizard.redoable
    undo_said = words("create.undo_of", what=words.named("did", undo)) if undo else words("create.undo")
    redo_said = words("create.redo_of", what=words.named("did", redo)) if redo else words("create.redo")
    buttons = [
        icon_action(ft.Icons.UNDO, undo_said, wizard.undo, color=Role.INK if undo else Role.MUTED),
        icon_action(ft.Icons.REDO, redo_said, wizard.redo, color=Role.INK if redo else Role.MUTED),
    ]
    for button, is_there in zip(buttons, (undo, redo), strict=True):
        button.disabled = is_there is None
    return list(buttons)


def _language(desk: Desk, wizard: Wizard, video: VideoOut) -> ft.Control:
    """The language that is spoken in the video: scenes are split and words are found by its rules."""
    words = desk.words

    def choose(language: str) -> None:
        wizard.change("video", {"language": language}, "language")

    menu = ft.PopupMenuButton(
        content=ft.Row(
            [ft.Icon(ft.Icons.LANGUAGE, size=space(5)), text(video.language.upper(), "strong")],
            spacing=space(1),
            tight=True,
        ),
        tooltip="",
        items=[
            ft.PopupMenuItem(
                content=words(f"language.{code}"),
                checked=code == video.language,
                on_click=lambda event: choose(str(event.control.data)),
                data=code,
            )
            for code in LANGUAGES
        ],
    )
    label = f"{words('create.language')}: {words.named('language', video.language)}"
    return ft.MergeSemantics(ft.Semantics(label=label, button=True, content=menu))


def _more(desk: Desk, wizard: Wizard, video: VideoOut) -> list[ft.Control]:
    """What is seldom wanted. A video that is put away says so itself, with the way back."""
    if video.archived_at is not None:
        return []
    archive = ft.PopupMenuItem(
        content=desk.words("create.archive"),
        icon=ft.Icons.ARCHIVE_OUTLINED,
        on_click=lambda _: ft.context.page.run_task(put_away, desk, wizard),
    )
    menu = ft.PopupMenuButton(icon=ft.Icons.MORE_VERT, tooltip="", items=[archive])
    return [ft.MergeSemantics(ft.Semantics(label=desk.words("create.more"), button=True, content=menu))]
