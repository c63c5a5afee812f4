"""Buying pictures without a browser: what is said before a price is asked."""

import asyncio

import flet as ft
import pytest

from api.studio import utc_now
from automations.known_prices import add_known_prices
from engine.core import clients, projects, provider_keys, videos
from engine.ui.client import StudioApi, new_http
from engine.ui.desk import Desk, Feed, View
from engine.ui.pages.create.unsaved import Unsaved
from engine.ui.pages.create.visuals.buying import Buying
from engine.ui.pages.create.wizard import Wizard
from engine.ui.words import Words
from tests.api.conftest import lite_studio as lite_studio  # noqa: PLC0414  # a fixture
from tests.api.studio import OWNER, PRODUCER, ApiStudio
from tests.ui.test_wizard import Pocket


def asked_by(studio: ApiStudio, email: str, *, priced: bool = True) -> Buying:
    """What somebody sees who asks what the pictures of a new video would cost."""
    at = utc_now()
    with studio.database.writing() as session:
        if priced:
            add_known_prices(session, at=at)
        client = clients.create_client(session, name="Bakkerij Anna", at=at)
        project = projects.create_project(session, client_id=client.id, name="Winter", at=at)
        video_id = videos.create_video(session, project_id=project.id, title="Brood", script="Een.", at=at).id

    async def ask(url: str) -> Buying:
        async with new_http(url) as http:
            api = StudioApi(http, f"bom={studio.token(email)}")
            wizard = Wizard(api, video_id, Unsaved(Pocket(), video_id))
            await wizard.open()
            desk = Desk(
                api=api,
                feed=Feed(),
                me=await api.me(),
                words=Words("nl"),
                layout="wide",
                is_tall=True,
                view=View(ft.ThemeMode.LIGHT),
                leave=lambda: None,
                keep_theme=lambda _: None,
                browser_store=Pocket(),
                recordings_dir=studio.folder,
            )
            buying = Buying(desk, wizard, [scene.id for scene in wizard.scenes])
            await buying.ask()
            return buying

    with studio.open() as client_of_it:
        return asyncio.run(ask(str(client_of_it.base_url)))


@pytest.mark.parametrize(("email", "to_do"), [(OWNER, "Zet hem in"), (PRODUCER, "Vraag een eigenaar")])
def test_a_missing_key_is_said_before_a_price_is_asked_with_what_to_do(
    lite_studio: ApiStudio, email: str, to_do: str
) -> None:
    buying = asked_by(lite_studio, email)

    assert buying.lacks_key
    assert buying.quote is None
    assert to_do in buying.problem


def test_with_a_key_the_cheapest_model_is_priced_where_none_was_chosen_yet(lite_studio: ApiStudio) -> None:
    with lite_studio.database.writing() as session:
        provider_keys.keep_key(
            session, "replicate", "r8_0123456789abcdef", secret=lite_studio.studio.secret, at=utc_now()
        )

    buying = asked_by(lite_studio, OWNER)

    assert not buying.lacks_key
    assert buying.quote is not None
    assert buying.quote.total_micros > 0
    assert buying.problem == ""


def test_without_any_price_that_is_what_is_said(lite_studio: ApiStudio) -> None:
    buying = asked_by(lite_studio, OWNER, priced=False)

    assert buying.problem == Words("nl")("quote.no_model")
