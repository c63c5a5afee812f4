import base64
import socket
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from PIL import Image

from engine.core.uploads import LASTS, MOST_BYTES
from tests.api.studio import PRODUCER, ApiStudio, assert_problem
from tests.cli.studio import wait_for

TUS = {"Tus-Resumable": "1.0.0"}


def a_picture(width: int = 1600, height: int = 1200) -> bytes:
    out = BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(out, "JPEG", quality=90)
    return out.getvalue()


def told(**pairs: str) -> str:
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in pairs.items())


def begin(client: httpx.Client, content: bytes, name: str = "oliebol.jpg", **pairs: str) -> str:
    """Announce a file; returns its address."""
    answer = client.post(
        "/api/uploads",
        headers={**TUS, "Upload-Length": str(len(content)), "Upload-Metadata": told(filename=name, **pairs)},
    )
    assert answer.status_code == 201, answer.text
    return str(answer.headers["location"])


def send(client: httpx.Client, address: str, part: bytes, offset: int) -> httpx.Response:
    headers = {**TUS, "Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
    return client.patch(address, content=part, headers=headers)


def finished(client: httpx.Client, address: str) -> dict[str, object]:
    """The upload, once it was looked at."""
    found: dict[str, object] = {}

    def is_done() -> bool:
        found.update(client.get(address).json())
        return found["state"] in {"ready", "refused"}

    wait_for(is_done, "the upload to be looked at")
    return found


@pytest.fixture
def client(lite_studio: ApiStudio) -> Iterator[httpx.Client]:
    """The owner, at an api over SQLite."""
    with lite_studio.open() as client:
        client.cookies.set("bom", lite_studio.token())
        yield client


def test_the_largest_size_is_told_before_the_first_byte(client: httpx.Client) -> None:
    answer = client.options("/api/uploads")

    assert answer.status_code == 204
    assert answer.headers["tus-max-size"] == str(MOST_BYTES)
    too_large = client.post("/api/uploads", headers={**TUS, "Upload-Length": str(MOST_BYTES + 1)})
    assert "10 GB" in assert_problem(too_large, 413, "upload_too_large")["detail"]


def test_an_upload_that_breaks_off_goes_on_where_it_was_and_becomes_a_file(client: httpx.Client) -> None:
    content = a_picture()
    address = begin(client, content, "Oliebollen à la carte 🥐.jpg")
    half = len(content) // 2
    assert send(client, address, content[:half], 0).status_code == 204

    found = client.head(address, headers=TUS)
    assert found.headers["upload-offset"] == str(half)
    assert send(client, address, content[half:], half).headers["upload-offset"] == str(len(content))

    asset = client.get(f"/api/assets/{finished(client, address)['asset_id']}").json()
    assert asset["file_name"] == "Oliebollen à la carte 🥐.jpg"
    assert (asset["type"], asset["media_type"]) == ("image", "image/jpeg")
    assert (asset["facts"]["width"], asset["facts"]["height"]) == (1600, 1200)
    assert client.get(asset["download_url"]).content == content
    preview = client.get(asset["preview_url"])
    assert Image.open(BytesIO(preview.content)).size == (1280, 960)


def test_what_arrived_before_a_connection_died_is_kept(client: httpx.Client, lite_studio: ApiStudio) -> None:
    content = a_picture(2400, 2400)
    address = begin(client, content)
    base = urlsplit(str(client.base_url))
    with socket.create_connection((str(base.hostname), int(base.port or 0))) as line:
        line.sendall(
            (
                f"PATCH {address} HTTP/1.1\r\nHost: {base.netloc}\r\nCookie: bom={client.cookies['bom']}\r\n"
                f"Tus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Length: {len(content)}\r\n"
                "Content-Type: application/offset+octet-stream\r\n\r\n"
            ).encode()
            + content[:1_500_000]
        )
        file = lite_studio.folder / "uploads" / address.rsplit("/", 1)[1]
        wait_for(lambda: file.stat().st_size >= 1 << 20, "the first block to be on the disk")
        # The line is still open, as a phone's is that lost its network: whoever asks now takes over.
        offset = int(client.head(address, headers=TUS).headers["upload-offset"])

    assert 1 << 20 <= offset <= 1_500_000
    assert send(client, address, content[offset:], offset).status_code == 204
    assert finished(client, address)["state"] == "ready"


def test_a_part_from_another_place_than_the_end_changes_nothing(client: httpx.Client) -> None:
    content = a_picture()
    address = begin(client, content)
    send(client, address, content[:1000], 0)

    problem = assert_problem(send(client, address, content[:1000], 0), 409, "offset_wrong")

    assert problem["facts"] == {"offset": 1000}
    assert client.head(address, headers=TUS).headers["upload-offset"] == "1000"


def test_more_than_was_announced_is_not_kept(client: httpx.Client) -> None:
    content = a_picture()
    address = begin(client, content)
    send(client, address, content[:1000], 0)

    assert_problem(send(client, address, content, 1000), 413, "upload_overrun")

    assert client.head(address, headers=TUS).headers["upload-offset"] == "1000"


def test_nobody_sees_anothers_upload_nor_half_a_file(client: httpx.Client, lite_studio: ApiStudio) -> None:
    content = a_picture()
    address = begin(client, content)
    send(client, address, content[:1000], 0)

    assert client.get("/api/assets").json()["items"] == []
    (mine,) = client.get("/api/uploads").json()["items"]
    assert (mine["state"], mine["arrived_bytes"], mine["length_bytes"]) == ("arriving", 1000, len(content))
    client.cookies.set("bom", lite_studio.token(PRODUCER))
    assert client.get("/api/uploads").json()["items"] == []
    assert_problem(client.get(address), 404, "not_found")
    assert_problem(send(client, address, content[1000:], 1000), 404, "not_found")
    client.cookies.clear()
    assert_problem(send(client, address, content[1000:], 1000), 401, "not_signed_in")


def test_what_is_no_file_of_ours_is_refused_in_words_and_gone(client: httpx.Client, lite_studio: ApiStudio) -> None:
    content = b"<script>alert(1)</script>" * 100
    address = begin(client, content, "oliebol.jpg")
    send(client, address, content, 0)

    upload = finished(client, address)

    assert upload["state"] == "refused"
    assert "oliebol.jpg" in str(upload["problem"])
    assert (upload["problem_code"], upload["problem_facts"]) == ("file_is_text", {"name": "oliebol.jpg"})
    assert client.get("/api/assets").json()["items"] == []
    wait_for(lambda: not list((lite_studio.folder / "uploads").iterdir()), "the bytes to be gone")
    assert client.get("/api/notifications").json()["items"][0]["kind"] == "upload_refused"


def test_an_upload_that_is_never_finished_is_cleared_away(lite_studio: ApiStudio) -> None:
    with lite_studio.open() as client:
        client.cookies.set("bom", lite_studio.token())
        address = begin(client, a_picture())
        send(client, address, b"half", 0)
    lite_studio.clock.now += LASTS

    with ApiStudio(lite_studio.database, lite_studio.folder, clock=lite_studio.clock).open() as client:
        client.cookies.set("bom", lite_studio.token())
        assert_problem(client.get(address), 404, "not_found")
        assert list((lite_studio.folder / "uploads").iterdir()) == []


def test_a_whole_file_that_nobody_looked_at_before_the_power_went_is_looked_at_after_it(
    lite_studio: ApiStudio,
) -> None:
    content = a_picture()
    with lite_studio.open() as client:
        client.cookies.set("bom", lite_studio.token())
        address = begin(client, content)
    (lite_studio.folder / "uploads" / address.rsplit("/", 1)[1]).write_bytes(content)

    with ApiStudio(lite_studio.database, lite_studio.folder, clock=lite_studio.clock).open() as client:
        client.cookies.set("bom", lite_studio.token())
        assert finished(client, address)["state"] == "ready"


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}, 412, "tus_version_unknown"),
        ({**TUS, "Upload-Offset": "0", "Content-Type": "application/json"}, 415, "wrong_media_type"),
        ({**TUS, "Upload-Offset": "-1", "Content-Type": "application/offset+octet-stream"}, 422, "invalid_request"),
        ({**TUS, "Content-Type": "application/offset+octet-stream"}, 422, "invalid_request"),
    ],
)
def test_a_part_that_is_sent_wrongly_is_refused_with_what_to_do(
    client: httpx.Client, headers: dict[str, str], status: int, code: str
) -> None:
    address = begin(client, a_picture())

    assert_problem(client.patch(address, content=b"{}", headers=headers), status, code)

    assert client.head(address, headers=TUS).headers["upload-offset"] == "0"


def test_a_small_file_goes_in_one_request(client: httpx.Client) -> None:
    content = a_picture()

    answer = client.put("/api/assets", params={"file_name": "a/../b.jpg"}, content=content)

    assert answer.status_code == 201
    assert answer.json()["file_name"] == "a/../b.jpg"
    assert "attachment" in client.get(answer.json()["download_url"]).headers["content-disposition"]


@pytest.mark.parametrize(
    ("content", "content_type", "status", "code"),
    [
        (b"{}", "application/json", 415, "wrong_media_type"),
        (b"--x\r\n", "multipart/form-data; boundary=x", 415, "wrong_media_type"),
        (b"", "application/octet-stream", 422, "file_empty"),
        (b"not a picture", "image/jpeg", 422, "file_is_text"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "image/svg+xml", 422, "file_drawing_script"),
        (b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", "video/mp4", 422, "file_is_playlist"),
    ],
)
def test_what_is_no_file_is_refused_and_leaves_nothing(
    client: httpx.Client, lite_studio: ApiStudio, content: bytes, content_type: str, status: int, code: str
) -> None:
    answer = client.put(
        "/api/assets", params={"file_name": "film.mp4"}, content=content, headers={"content-type": content_type}
    )

    assert_problem(answer, status, code)
    assert client.get("/api/assets").json()["items"] == []
    assert [path for path in (lite_studio.folder / "uploads").rglob("*") if path.is_file()] == []


def test_a_file_that_is_copied_into_the_inbox_is_in_the_library(client: httpx.Client, lite_studio: ApiStudio) -> None:
    inbox = lite_studio.folder / "inbox"
    wait_for(inbox.is_dir, "the inbox")
    (inbox / "halverwege.jpg.part").write_bytes(a_picture())
    (inbox / "'t Hoekje.jpg").write_bytes(a_picture())
    (inbox / "geen film.mp4").write_bytes(b"no film" * 100)
    (inbox / "passwd.jpg").symlink_to("/etc/passwd")

    wait_for(lambda: bool(client.get("/api/assets").json()["items"]), "the file to be taken in")
    wait_for((inbox / "refused" / "geen film.mp4.why.txt").exists, "the other to be refused")

    assert [item["file_name"] for item in client.get("/api/assets").json()["items"]] == ["'t Hoekje.jpg"]
    assert {path.name for path in inbox.iterdir()} == {
        "READ ME.txt",
        "halverwege.jpg.part",
        "passwd.jpg",
        "refused",
    }
    assert (inbox / "refused" / "geen film.mp4").read_bytes() == b"no film" * 100
    assert Path("/etc/passwd").exists()
