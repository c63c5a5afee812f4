"""A picture that costs nothing is still a picture that somebody designed."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.providers.images import ImageRequest, ImageVendor, VendorRefused
from engine.providers.offline_pictures import MODEL, OfflinePictures

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ORDER = ImageRequest(prompt="Warm brood, elke ochtend om zeven uur", model=MODEL)


def drawn(order: ImageRequest, path: Path, call_id: str = "quote:scene") -> bytes:
    vendor: ImageVendor = OfflinePictures()
    vendor.fetch(vendor.start(call_id, order), order, path)
    return path.read_bytes()


def test_a_model_of_another_vendor_is_refused_and_not_drawn() -> None:
    with pytest.raises(VendorRefused, match="title-card"):
        OfflinePictures().start("call", ORDER.model_copy(update={"model": "black-forest-labs/flux-dev"}))


@pytest.mark.parametrize(("aspect", "size"), [("9:16", (1080, 1920)), ("1:1", (1080, 1080)), ("16:9", (1920, 1080))])
def test_a_card_fills_the_format_and_shows_words_on_the_brands_ground(
    aspect: str, size: tuple[int, int], tmp_path: Path
) -> None:
    order = ImageRequest.model_validate(ORDER.model_dump() | {"aspect": aspect})
    path = tmp_path / "card.png"

    drawn(order, path)

    with Image.open(path) as picture:
        assert (picture.format, picture.size) == ("PNG", size)
        pixels = np.asarray(picture.convert("RGB")).reshape(-1, 3)
    assert np.any(np.all(pixels == (0x14, 0x16, 0x1A), axis=1)), "no words in ink"
    assert np.mean(np.all(pixels == (0xFA, 0xF8, 0xF4), axis=1)) > 0.4, "no calm ground"


@pytest.mark.parametrize("words", ["x" * 5000, "woord " * 800, "🎉", "مرحبا بالعالم", "-", " . "])
def test_any_words_make_a_card(words: str, tmp_path: Path) -> None:
    assert drawn(ORDER.model_copy(update={"prompt": words}), tmp_path / "card.png")


def test_the_same_words_are_the_same_bytes_whoever_asks(tmp_path: Path) -> None:
    assert drawn(ORDER, tmp_path / "een.png", "call-1") == drawn(ORDER, tmp_path / "twee.png", "call-2")


def test_two_calls_never_share_a_job_and_each_is_found_again() -> None:
    vendor = OfflinePictures()

    one, two = vendor.start("call-1", ORDER), vendor.start("call-2", ORDER)

    assert one.vendor_job_id != two.vendor_job_id
    assert vendor.find("call-1", ORDER, NOW) == one == vendor.poll(one.vendor_job_id)
