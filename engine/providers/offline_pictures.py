"""Offline pictures: a designed title card with the scene's words, in place of a picture that would cost money.

Called by automations.paid_calls through the ImageVendor protocol, where no paid vendor is chosen.
Law: free, at once, without a network; the same words make the same bytes, in whatever process draws them.
"""

import hashlib
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from engine.providers.images import FetchedImage, ImageRequest, VendorJob, VendorRefused
from engine.render.formats import FULL
from engine.render.timeline import Brand, CardSource, Scene
from engine.render.whole_files import written_whole

MODEL = "title-card"
MOST_WORDS, MOST_CHARACTERS = 18, 300
"""More would be set too small for a phone; the voice says the rest."""
LAYOUTS = ("statement", "split", "outline")
"""Those that suit any words: a quotation mark or a great figure would claim something of them."""


class OfflinePictures:
    """The stand-in for every image vendor. brand: whose faces and colours the cards have."""

    name: ClassVar[str] = "offline"
    settle_s: float = 0.0
    slow_poll_s: float = 0.0

    def __init__(self, brand: Brand | None = None) -> None:
        self._brand = brand or Brand()

    def start(self, call_id: str, request: ImageRequest) -> VendorJob:
        """Take the order; it is done at once. Raises VendorRefused for a model that is not the card's."""
        if request.model != MODEL:
            raise VendorRefused(f"The offline pictures have no model '{request.model}'; theirs is '{MODEL}'.")
        return _finished(_id_of(call_id))

    def find(self, call_id: str, request: ImageRequest, since: datetime) -> VendorJob:  # noqa: ARG002
        """The order, which can always be found: drawing it again costs nothing."""
        return _finished(_id_of(call_id))

    def poll(self, vendor_job_id: str) -> VendorJob:
        """Done."""
        return _finished(vendor_job_id)

    def fetch(self, job: VendorJob, request: ImageRequest, into: Path) -> FetchedImage:  # noqa: ARG002
        """Draw the card in full size to `into`, a PNG that appears when it is whole."""
        with written_whole(into) as unfinished:
            _draw(request, self._brand, unfinished)
            size_bytes = unfinished.stat().st_size
        return FetchedImage(path=into, content_type="image/png", size_bytes=size_bytes)


def _draw(request: ImageRequest, brand: Brand, path: Path) -> None:
    from PIL import Image

    from engine.render.picture.cards import draw_card

    canvas = FULL[request.aspect]
    words = request.prompt.split()
    heading = " ".join(words[:MOST_WORDS])[:MOST_CHARACTERS] + (" …" if len(words) > MOST_WORDS else "")
    variety = hashlib.sha256(f"{request.prompt}{request.seed}".encode()).digest()[0]
    card = CardSource(layout=LAYOUTS[variety % len(LAYOUTS)], heading=heading)
    scene = Scene(id="card", source=card, duration_frames=1)
    Image.fromarray(draw_card(scene, brand, canvas, canvas.width, canvas.height)).save(path, "PNG")


def _id_of(call_id: str) -> str:
    return f"offline-{hashlib.sha256(call_id.encode()).hexdigest()[:32]}"


def _finished(vendor_job_id: str) -> VendorJob:
    return VendorJob(vendor_job_id=vendor_job_id, status="succeeded")
