from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import httpx
import pytest

from api.services.downloads import signed_url
from api.services.signed_links import LASTS
from tests.api.studio import AT, ApiStudio, assert_problem

CONTENT = bytes(range(256)) * 40
LARGE_BYTES = 5 * 10**9
"""More than 32 bits can count."""


@pytest.fixture
def client(lite_studio: ApiStudio) -> Iterator[httpx.Client]:
    """Nobody is signed in: a link needs no session."""
    with lite_studio.open() as client:
        yield client


def link(
    studio: ApiStudio,
    content: bytes = CONTENT,
    *,
    media_type: str = "video/mp4",
    file_name: str = "film.mp4",
    is_attachment: bool = False,
) -> str:
    stored = studio.studio.storage.put(BytesIO(content))
    url, _ = signed_url(
        studio.studio.secret,
        sha256=stored.sha256,
        media_type=media_type,
        file_name=file_name,
        is_attachment=is_attachment,
        at=studio.clock(),
    )
    return url


@pytest.mark.parametrize(
    ("asked", "part", "told"),
    [
        ("bytes=0-9", CONTENT[:10], "bytes 0-9/10240"),
        ("bytes=10000-", CONTENT[10000:], "bytes 10000-10239/10240"),
        ("bytes=-16", CONTENT[-16:], "bytes 10224-10239/10240"),
        ("bytes=10230-99999", CONTENT[10230:], "bytes 10230-10239/10240"),
        ("bytes=-99999", CONTENT, "bytes 0-10239/10240"),
    ],
)
def test_a_player_gets_the_part_that_it_asks_for(
    client: httpx.Client, lite_studio: ApiStudio, asked: str, part: bytes, told: str
) -> None:
    answer = client.get(link(lite_studio), headers={"range": asked})

    assert answer.status_code == 206
    assert answer.content == part
    assert answer.headers["content-range"] == told


@pytest.mark.parametrize("asked", ["bytes=10240-", "bytes=99999-100000", "bytes=-0"])
def test_a_part_beyond_the_end_is_refused_with_the_length(
    client: httpx.Client, lite_studio: ApiStudio, asked: str
) -> None:
    answer = client.get(link(lite_studio), headers={"range": asked})

    assert_problem(answer, 416, "range_not_satisfiable")
    assert answer.headers["content-range"] == "bytes */10240"


@pytest.mark.parametrize("asked", ["lines=1-2", "bytes=", "bytes=a-b", "bytes=5-2,", "bytes=0-1,5-6", "bytes=--1"])
def test_a_range_that_says_nothing_gets_the_whole_file(
    client: httpx.Client, lite_studio: ApiStudio, asked: str
) -> None:
    answer = client.get(link(lite_studio), headers={"range": asked})

    assert answer.status_code == 200
    assert answer.content == CONTENT


def test_a_download_goes_on_only_in_the_file_that_it_began_with(client: httpx.Client, lite_studio: ApiStudio) -> None:
    url = link(lite_studio)
    tag = client.head(url).headers["etag"]

    same = client.get(url, headers={"range": "bytes=100-", "if-range": tag})
    other = client.get(url, headers={"range": "bytes=100-", "if-range": '"another"'})

    assert (same.status_code, same.content) == (206, CONTENT[100:])
    assert (other.status_code, other.content) == (200, CONTENT)
    assert client.get(url, headers={"if-none-match": tag}).status_code == 304


def test_a_head_tells_the_size_and_sends_nothing(client: httpx.Client, lite_studio: ApiStudio) -> None:
    answer = client.head(link(lite_studio))

    assert answer.status_code == 200
    assert answer.headers["content-length"] == "10240"
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.content == b""


def test_a_link_ends_with_its_time(client: httpx.Client, lite_studio: ApiStudio) -> None:
    url = link(lite_studio)
    lite_studio.clock.now += LASTS - timedelta(minutes=1)
    assert client.get(url).status_code == 200

    lite_studio.clock.now += LASTS

    assert_problem(client.get(url), 410, "link_expired")


def test_a_link_of_which_a_letter_was_changed_is_worth_nothing(client: httpx.Client, lite_studio: ApiStudio) -> None:
    _, _, token, name = link(lite_studio).split("/")

    for place in range(0, len(token), 7):
        changed = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        assert client.get(f"/media/{changed}/{name}").status_code in {404, 410}
    for forged in ("x", ".", token.split(".")[0], f"{token}x", f".{token}", "%00", "é.é"):
        assert client.get(f"/media/{forged}/{name}").status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "O'Brien & Zn. B.V..mp4",
        "فيلم.mp4",
        "映画 🎬.mp4",
        'a"b\\c/d.mp4',
        "x" * 300 + ".mp4",
        "..",
        "a\r\nSet-Cookie: x=1.mp4",
    ],
)
def test_a_file_is_saved_under_its_name_in_any_script(client: httpx.Client, lite_studio: ApiStudio, name: str) -> None:
    from email.message import Message

    answer = client.get(link(lite_studio, file_name=name, is_attachment=True))

    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    parsed = Message()
    parsed["content-disposition"] = answer.headers["content-disposition"]
    saved = parsed.get_filename()
    assert saved
    assert not set(saved) & set('/\\"\r\n')
    assert len(saved.encode()) <= 200
    if name in {"فيلم.mp4", "映画 🎬.mp4", "O'Brien & Zn. B.V..mp4"}:
        assert saved == name


def test_what_could_hold_a_script_is_saved_and_never_shown(client: httpx.Client, lite_studio: ApiStudio) -> None:
    for media_type in ("text/html", "image/svg+xml", "application/pdf", "text/plain", "application/xhtml+xml"):
        answer = client.get(link(lite_studio, b"<script>", media_type=media_type, file_name="a.html"))

        assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in answer.headers["content-security-policy"]


def test_the_same_file_has_the_same_link_for_hours_so_that_browsers_keep_it(lite_studio: ApiStudio) -> None:
    first = link(lite_studio)
    lite_studio.clock.move(hours=2)

    assert link(lite_studio) == first
    lite_studio.clock.move(hours=7)
    assert link(lite_studio) != first


def test_five_gigabytes_are_handed_out_in_little_memory_and_to_their_end(
    client: httpx.Client, lite_studio: ApiStudio, tmp_path: Path
) -> None:
    sparse = tmp_path / "large"
    with sparse.open("wb") as file:
        file.truncate(LARGE_BYTES - 3)
        file.seek(0, 2)
        file.write(b"end")
    sha256 = "ab" * 32
    target = lite_studio.folder / "media" / "ab" / "ab" / sha256
    target.parent.mkdir(parents=True)
    sparse.rename(target)
    url, _ = signed_url(
        lite_studio.studio.secret,
        sha256=sha256,
        media_type="video/mp4",
        file_name="lang.mp4",
        is_attachment=False,
        at=AT,
    )
    before = resident_mib()
    passed = 0

    with client.stream("GET", url) as answer:
        assert answer.headers["content-length"] == str(LARGE_BYTES)
        for block in answer.iter_raw(1 << 20):
            passed += len(block)
            if passed >= 512 << 20:
                break
        assert resident_mib() - before < 100
    end = client.get(url, headers={"Range": "bytes=-5"})

    assert (end.status_code, end.content) == (206, b"\0\0end")
    assert end.headers["content-range"] == f"bytes {LARGE_BYTES - 5}-{LARGE_BYTES - 1}/{LARGE_BYTES}"


def resident_mib() -> float:
    """Of this process, in which the api runs too."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024
