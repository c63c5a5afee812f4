"""Brand kits over HTTP: files that are safe to show, and a preview that is the film."""

from io import BytesIO

import httpx
import numpy as np
import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from engine.render.picture.text import FONTS
from tests.api.studio import ApiStudio, assert_problem
from tests.api.test_drafts import show
from tests.api.test_work import Json, made, project_of
from tests.emulators.replicate import png_of

LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10">{}<rect width="20" height="10" fill="#0A7D4F"/></svg>'
)


def sent(client: httpx.Client, content: bytes, name: str, kind: str, client_id: str) -> httpx.Response:
    """A file from somebody's disk."""
    asked = {"file_name": name, "type": kind, "client_id": client_id}
    return client.put("/api/assets", params=asked, content=content)


def changed(client: httpx.Client, client_id: str, **changes: object) -> Json:
    """The kit after a change."""
    tag = client.get(f"/api/clients/{client_id}/brand-kit").headers["etag"]
    answer = client.patch(f"/api/clients/{client_id}/brand-kit", json=changes, headers={"If-Match": tag})
    assert answer.status_code == 200, answer.text
    kit: Json = answer.json()
    return kit


def frame(client: httpx.Client, client_id: str, shot: str) -> np.ndarray:
    answer = client.get(f"/api/clients/{client_id}/brand-kit/frame", params={"shot": shot, "format": "1:1"})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "image/jpeg"
    return np.asarray(Image.open(BytesIO(answer.content)).convert("RGB"), int)


def woff2() -> bytes:
    font, out = TTFont(FONTS / "Anton-Regular.ttf"), BytesIO()
    font.flavor = "woff2"
    font.save(out)
    return out.getvalue()


def test_the_preview_shows_the_clients_picture_colours_letters_and_logo(
    lite_studio: ApiStudio, lite_owner: httpx.Client
) -> None:
    project = project_of(lite_owner)
    client_id = str(project["client_id"])
    on_a_card = frame(lite_owner, client_id, "end")
    video = made(lite_owner, "videos", project_id=project["id"], title="Brood", script="Elke dag vers brood.")
    show(lite_studio, lite_owner, video, 0, png_of((200, 30, 30)))

    font = sent(lite_owner, woff2(), "Huisletter.woff2", "font", client_id).json()
    logo = sent(lite_owner, LOGO.format("").encode(), "Logo.svg", "image", client_id).json()
    changed(
        lite_owner,
        client_id,
        colours={"accent": "#0A7D4F"},
        fonts={"display_asset_id": font["id"], "text_asset_id": font["id"]},
        logo_light_asset_id=logo["id"],
        cards={"end": "Tot zo"},
    )

    assert (font["file_name"], font["media_type"], font["facts"]["family"]) == ("Huisletter.ttf", "font/ttf", "Anton")
    assert (logo["file_name"], logo["media_type"]) == ("Logo.png", "image/png")
    assert lite_owner.get(f"/api/clients/{client_id}/brand-kit/logo-colours").json() == {"colours": ["#0A7D4F"]}
    end = frame(lite_owner, client_id, "end")
    assert np.abs(end[end.shape[0] // 2, 4] - (0x0A, 0x7D, 0x4F)).max() < 12
    assert np.abs(end - on_a_card).mean() > 20
    picture = frame(lite_owner, client_id, "picture")
    assert np.abs(picture[20, 20] - (200, 30, 30)).max() < 20
    assert (np.abs(picture - (0x0A, 0x7D, 0x4F)).max(axis=2) < 25).sum() > 100  # the logo, and the word that is said


def test_the_preview_is_asked_for_again_only_where_something_changed(lite_owner: httpx.Client) -> None:
    client_id = str(project_of(lite_owner)["client_id"])
    address = f"/api/clients/{client_id}/brand-kit/frame?shot=card"
    tag = lite_owner.get(address).headers["etag"]
    assert lite_owner.get(address, headers={"If-None-Match": tag}).status_code == 304

    changed(lite_owner, client_id, picture_style="Warm licht.")
    assert lite_owner.get(address, headers={"If-None-Match": tag}).status_code == 304
    changed(lite_owner, client_id, colours={"ground": "#102060"})

    assert lite_owner.get(address, headers={"If-None-Match": tag}).status_code == 200
    assert_problem(lite_owner.get("/api/clients/nobody/brand-kit/frame"), 404, "not_found")


@pytest.mark.parametrize(
    ("content", "name", "kind", "flaw"),
    [
        (LOGO.format("<script>alert(1)</script>").encode(), "logo.svg", "image", "drawing_active"),
        (LOGO.format('<use href="http://127.0.0.1:9/x.svg#a"/>').encode(), "logo.png", "image", "drawing_elsewhere"),
        (LOGO.format("<foreignObject><b>x</b></foreignObject>").encode(), "logo.svg", "image", "drawing_active"),
        (b"geen lettertype", "huis.ttf", "font", "no_typeface"),
        (b"wOF2" + b"\x00" * 99, "huis.woff2", "font", "no_typeface"),
    ],
)
def test_what_is_no_logo_and_no_font_is_refused_by_its_name_and_not_kept(
    lite_studio: ApiStudio, lite_owner: httpx.Client, content: bytes, name: str, kind: str, flaw: str
) -> None:
    client_id = str(project_of(lite_owner)["client_id"])

    problem = assert_problem(sent(lite_owner, content, name, kind, client_id), 422, f"file_{flaw}")

    assert name in problem["detail"]
    assert problem["detail"].count(name) == 1
    assert problem["facts"]["name"] == name
    assert lite_owner.get("/api/assets").json()["items"] == []


def test_another_clients_font_and_a_picture_for_a_font_are_refused(
    lite_studio: ApiStudio, lite_owner: httpx.Client
) -> None:
    mine, theirs = (str(project_of(lite_owner)["client_id"]) for _ in range(2))
    font = sent(lite_owner, woff2(), "Huisletter.woff2", "font", theirs).json()["id"]
    kit = lite_owner.get(f"/api/clients/{mine}/brand-kit")
    tag = {"If-Match": kit.headers["etag"]}

    def asked(**changes: object) -> httpx.Response:
        return lite_owner.patch(f"/api/clients/{mine}/brand-kit", json=changes, headers=tag)

    assert_problem(asked(fonts={"text_asset_id": font}), 422, "wrong_client")
    assert_problem(asked(logo_light_asset_id=font), 422, "wrong_file_type")
    assert_problem(asked(pronunciations=[{"word": "twee woorden", "say": "x"}]), 422, "invalid_request")
    assert lite_owner.get(f"/api/clients/{mine}/brand-kit").json() == kit.json()
