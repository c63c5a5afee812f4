"""The start of the wizard: begin a video, or go on with one.

Called by engine.app as the routes /create and /create/in/{project_id}.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import uuid4

import flet as ft

from api.schemas.clients import ClientIn
from api.schemas.fields import PageOf
from api.schemas.projects import ProjectIn, ProjectListed
from api.schemas.videos import VideoIn, VideoListed
from engine.ui.client import ApiProblem, StudioApi
from engine.ui.components.choice import choice
from engine.ui.components.client_choice import ClientChoice
from engine.ui.components.drafts import use_draft
from engine.ui.components.pictures import picture
from engine.ui.components.states import Trouble, empty, said_of, skeleton
from engine.ui.components.surfaces import scrolled, titled_card
from engine.ui.components.texts import heading, text
from engine.ui.components.typed_field import Looks, TypedField
from engine.ui.desk import Desk, use_desk, use_feed
from engine.ui.loading import Failed, Loaded, Waiting, use_loaded
from engine.ui.newest import Newest
from engine.ui.notation import STUDIO_ZONE, day
from engine.ui.pages.create.steps import path_to_go_on
from engine.ui.theme import Radius, Role, space
from engine.ui.words import Words

FORM_WIDTH: Final = space(140)
THUMBNAIL_WIDTH: Final = space(14)
THUMBNAIL_HEIGHT: Final = space(14)
NEW: Final = "new"
MOST_CHOICES: Final = 200
MOST_VIDEOS: Final = 50


@dataclass(frozen=True)
class Start:
    """What there is to begin in, and to go on with."""

    client_id: str
    """Whose a new project is first thought to be."""
    projects: Sequence[ProjectListed]
    videos: Sequence[VideoListed]


@dataclass(frozen=True)
class Draft:
    """A new video as it is being filled in. The ids are NEW where something is made for it."""

    title: str = ""
    project_id: str = NEW
    project_name: str = ""
    client_id: str = NEW
    client_name: str = ""

    def lacks(self, words: Words) -> dict[str, str]:
        """What must be filled in first, by field."""
        wrong = {}
        if not self.title.strip():
            wrong["title"] = words("create.title_missing")
        if self.project_id == NEW and not self.project_name.strip():
            wrong["project_name"] = words("create.project_missing")
        if self.project_id == NEW and self.client_id == NEW and not self.client_name.strip():
            wrong["client_name"] = words("create.client_missing")
        return wrong


async def load_start(api: StudioApi, project_id: str | None) -> Start:
    """Everything at once. Raises ApiProblem."""
    clients = await api.clients(limit=1)
    projects: PageOf[ProjectListed] = await api.projects(sort="-updated_at", limit=MOST_CHOICES)
    videos = await api.videos(project_id=project_id, limit=MOST_VIDEOS)
    return Start(clients.items[0].id if clients.items else NEW, projects.items, videos.items)


@ft.component
def CreatePage() -> ft.Control:
    """A form of one or two fields, and the videos that are in the making."""
    desk, feed = use_desk(), use_feed()
    project_id = ft.use_route_params().get("project_id")
    head = heading(desk.words("create.heading"))
    match use_loaded(lambda: load_start(desk.api, project_id), feed.news, project_id):
        case Waiting():
            return scrolled([head, skeleton(desk.words, rows=6)])
        case Failed() as failed:
            return scrolled([head, Trouble(failed)])
        case Loaded(start):
            return scrolled([head, ft.Container(NewVideo(start, project_id), width=FORM_WIDTH), _videos(desk, start)])


@ft.component
def NewVideo(start: Start, project_id: str | None) -> ft.Control:
    """A title and where it belongs; a project or client that is not there yet is made with it."""
    desk = use_desk()
    words = desk.words
    first = project_id or (start.projects[0].id if start.projects else NEW)
    typed_in, put = use_draft(lambda: Draft(project_id=first, client_id=start.client_id))
    asked: Newest[tuple[Draft, str]] = ft.use_memo(lambda: Newest((typed_in.value, uuid4().hex)), [])
    wrong, set_wrong = ft.use_state(dict[str, str]())
    problem, set_problem = ft.use_state("")
    is_busy = ft.use_ref(False)

    def fill(**fields: str) -> None:
        put(replace(typed_in.value, **fields))
        set_wrong(lambda shown: {name: said for name, said in shown.items() if name not in fields})

    def intent_of(draft: Draft) -> str:
        """Names this wish: asked for again, it is the same one."""
        if asked.value[0] != draft:
            asked.value = (draft, uuid4().hex)
        return asked.value[1]

    async def begin() -> None:
        draft = typed_in.value
        lacks = draft.lacks(words)
        set_wrong(lacks)
        if lacks or is_busy.current:
            return
        is_busy.current = True
        set_problem("")
        try:
            desk.go(f"/create/{await make_video(desk.api, draft, start, intent_of(draft))}/script")
        except ApiProblem as met:
            if not desk.meet(met):
                set_problem(said_of(met, words))
        is_busy.current = False

    def typed(name: str, word: str) -> ft.Control:
        looks = Looks(label=words(word), max_length=300, error=wrong.get(name, ""))
        return TypedField(looks, str(getattr(typed_in.value, name)), lambda value: fill(**{name: value}), submit)

    def submit() -> None:
        ft.context.page.run_task(begin)

    draft = typed_in.value
    rows: list[ft.Control] = [
        typed("title", "create.title"),
        choice(
            words("create.project"),
            draft.project_id,
            [*((one.id, one.name) for one in start.projects), (NEW, words("create.new_project"))],
            lambda value: fill(project_id=value),
        ),
    ]
    if draft.project_id == NEW:
        rows.append(typed("project_name", "create.project_name"))
        new_client = (NEW, words("create.new_client"))
        rows.append(
            ClientChoice(
                words("create.client"),
                draft.client_id,
                lambda value: fill(client_id=value),
                nobody_yet=new_client,
            )
        )
        if draft.client_id == NEW:
            rows.append(typed("client_name", "create.client_name"))
    if problem:
        rows.append(ft.Semantics(live_region=True, content=text(problem, color=Role.DANGER)))
    rows.append(ft.Row([ft.FilledButton(words("create.begin"), on_click=lambda _: submit())]))
    form = ft.Column(rows, spacing=space(4), horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    return titled_card(words("create.new"), form)


async def make_video(api: StudioApi, draft: Draft, start: Start, intent: str) -> str:
    """The id of the new video. The same intent again makes nothing twice. Raises ApiProblem."""
    project_id, client_id = draft.project_id, draft.client_id
    if project_id == NEW:
        if client_id == NEW:
            client_id = (await api.add_client(ClientIn(name=draft.client_name.strip()), f"{intent}-client")).id
        project = ProjectIn(client_id=client_id, name=draft.project_name.strip())
        project_id = (await api.add_project(project, f"{intent}-project")).id
    else:
        client_id = next((one.client_id for one in start.projects if one.id == project_id), "")
    language = (await api.client(client_id)).language if client_id else "nl"
    video = VideoIn(project_id=project_id, title=draft.title.strip(), language="en" if language == "en" else "nl")
    return (await api.add_video(video, f"{intent}-video")).id


def _videos(desk: Desk, start: Start) -> ft.Control:
    """Those that were changed last come first."""
    words = desk.words
    if not start.videos:
        nothing = empty(words("create.none"), words("create.none_more"), ft.Icons.MOVIE_OUTLINED)
        return titled_card(words("create.go_on"), nothing)
    names = {project.id: project.name for project in start.projects}
    rows: list[ft.Control] = [_row(desk, video, names.get(video.project_id, "")) for video in start.videos]
    return titled_card(words("create.go_on"), ft.Column(rows, spacing=space(1)))


def _row(desk: Desk, video: VideoListed, project_name: str) -> ft.Control:
    words = desk.words
    changed = day(video.updated_at.astimezone(STUDIO_ZONE).date(), words)
    facts = [project_name, words(f"video.{video.status}"), words("create.changed", day=changed)]
    said = ft.Column(
        [
            text(video.title, "strong", lines=1),
            text(" · ".join(fact for fact in facts if fact), "caption", Role.MUTED, lines=1),
        ],
        spacing=0,
        expand=True,
    )
    return ft.TextButton(
        content=ft.Row([picture(video.thumbnail_url, THUMBNAIL_WIDTH, THUMBNAIL_HEIGHT), said], spacing=space(3)),
        style=ft.ButtonStyle(padding=ft.Padding.all(space(2)), shape=ft.RoundedRectangleBorder(radius=Radius.SMALL)),
        on_click=lambda _: desk.go(path_to_go_on(video)),
    )
