"""Replicate's output files: brought here before they vanish, an hour after they were made.

Called by engine.providers.replicate.
Law: the token is shown to Replicate's own hosts alone, and a file appears under its name only when all of it is here.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import httpx

from engine.providers.images import FetchedImage, OutputLost, VendorBusy
from engine.render.whole_files import written_whole

DELIVERY_HOST = "replicate.delivery"
MOST_IMAGE_BYTES = 64_000_000
"""A PNG of 4 megapixels with 16 bits a channel takes 24 MB at most."""
BLOCK_BYTES = 64 * 1024
RETRY_S = 2.0
GONE = (httpx.codes.NOT_FOUND, httpx.codes.GONE, httpx.codes.FORBIDDEN)

ImageType = Literal["image/png", "image/jpeg", "image/webp"]


def fetched_image(
    http: httpx.Client,
    address: str,
    into: Path,
    trusted: httpx.URL,
    busy: Callable[[httpx.Response], VendorBusy],
) -> FetchedImage:
    """Stream one output to `into`. trusted: an address whose origin is the vendor's besides its delivery hosts.

    busy: reads a throttling answer. Raises OutputLost or VendorBusy; neither leaves a file.
    """
    url = _delivery_url(address, trusted)
    try:
        with http.stream("GET", url) as answer:
            if answer.status_code in GONE:
                raise OutputLost("Replicate has deleted the picture; it keeps them for an hour.")
            if answer.status_code != httpx.codes.OK:
                answer.read()
                raise busy(answer)
            with written_whole(into) as unfinished:
                size_bytes = _stream_to(answer, unfinished)
                content_type = _image_type(unfinished)
    except httpx.RequestError as error:
        raise VendorBusy(f"A picture from Replicate broke off ({type(error).__name__}).", RETRY_S) from error
    return FetchedImage(path=into, content_type=content_type, size_bytes=size_bytes)


def _delivery_url(address: str, trusted: httpx.URL) -> httpx.URL:
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL as error:
        raise OutputLost("Replicate gave no readable address of the picture.") from error
    is_delivery = url.host == DELIVERY_HOST or url.host.endswith(f".{DELIVERY_HOST}")
    if is_delivery and url.scheme == "https" and url.port is None and not url.userinfo:
        return url
    if (url.scheme, url.host, url.port) == (trusted.scheme, trusted.host, trusted.port) and not url.userinfo:
        return url
    raise OutputLost(f"The picture is said to lie at '{url.host}', which is not Replicate. It was not fetched.")


def _stream_to(answer: httpx.Response, path: Path) -> int:
    size_bytes = 0
    with path.open("wb") as file:
        for block in answer.iter_bytes(BLOCK_BYTES):
            size_bytes += len(block)
            if size_bytes > MOST_IMAGE_BYTES:
                raise OutputLost(f"The picture is larger than {MOST_IMAGE_BYTES // 1_000_000} MB. It was not kept.")
            file.write(block)
    return size_bytes


def _image_type(path: Path) -> ImageType:
    with path.open("rb") as file:
        head = file.read(12)
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head[:4] == b"RIFF" and head[8:] == b"WEBP":
        return "image/webp"
    raise OutputLost("What Replicate delivered is not a picture. It was not kept.")
