"""Pictures: a photo in a file becomes stills of the sizes that a film needs, in the sandbox.

Called by engine.render.film. `pictures_task` runs in the child, where each file is opened once for all its stills.
Law: what a person sees in a viewer is what the film shows: EXIF rotation, colour profile and transparency respected.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING

from engine.render.media.sandbox import Json, Limits, MediaChild, MediaRefused

if TYPE_CHECKING:  # the parent starts faster without them
    from PIL.Image import Image

    from engine.render.picture.frames import Plane

MAX_MEGAPIXELS = 120
"""A phone's 108 megapixels fit; 100,000 x 100,000 does not."""
PICTURE_LIMITS = Limits(memory_mib=2560, cpu_s=600)


@dataclass(frozen=True, slots=True)
class StillOrder:
    """One still to be made: `region` (left, top, right, bottom in displayed pixels) of the file, width x height.

    blur: the whole picture between blurred sides instead, as large as fits width x height.
    """

    path: Path
    region: tuple[int, int, int, int]
    width: int
    height: int
    out: Path
    blur: bool = False
    ground: str = "#FFFFFF"
    """What shows through transparent parts."""


def make_stills(orders: Sequence[StillOrder]) -> Iterator[int]:
    """Make every still, in the given order, in one child; yields the index of each as soon as its file is whole.

    Raises MediaRefused for the first picture that cannot be read.
    """
    arguments = {"path": orders[0].path if orders else "", "orders": [asdict(order) for order in orders]}
    with MediaChild("pictures", arguments, PICTURE_LIMITS) as child:
        for line in child.stream:
            yield int(line)
        child.answer()


def pictures_task(arguments: Mapping[str, Json], stream: IO[bytes]) -> Json:
    """The child's half of make_stills: writes each still and then its index, a line each."""
    from engine.render.picture.frames import still_of_rgb, write_still

    opened: tuple[Path, Image] | None = None
    raw_orders = arguments["orders"]
    assert isinstance(raw_orders, list)
    for index, raw in enumerate(raw_orders):
        order = _order(raw)
        if opened is None or opened[0] != order.path:
            opened = (order.path, open_picture(order.path, order.ground, (order.width, order.height)))
        picture = opened[1]
        if order.blur:
            rgb = _between_blurred_sides(picture, order.width, order.height)
        else:
            rgb = _resized(picture, order.region, order.width, order.height)
        write_still(still_of_rgb(_pixels(rgb)), order.out)
        stream.write(b"%d\n" % index)
    return None


def _order(raw: Json) -> StillOrder:
    assert isinstance(raw, dict)
    fields = json.loads(json.dumps(raw))
    return StillOrder(**fields | {"path": Path(fields["path"]), "out": Path(fields["out"])})


def open_picture(path: Path, ground: str | None, wanted: tuple[int, int]) -> "Image":
    """The picture upright, in sRGB, laid on the ground where it is transparent. Raises MediaRefused.

    ground: #RRGGBB, or None to keep the transparency.

    wanted: the smallest size of interest; a JPEG far larger is decoded at a half, a quarter or an eighth.
    Regions of the caller are in full-size pixels, so the picture remembers its own in `info["full_size"]`.
    """
    import pillow_heif
    from PIL import Image, ImageOps, UnidentifiedImageError

    pillow_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = None  # our own limit below has a sentence for it
    try:
        picture = Image.open(path)
        if picture.width * picture.height > MAX_MEGAPIXELS * 1_000_000:
            raise MediaRefused(
                f"'{path.name}' has {picture.width} x {picture.height} pixels; {MAX_MEGAPIXELS} megapixels at most. "
                "Make it smaller and try again."
            )
        full = picture.size
        turned = picture.getexif().get(0x0112, 1) >= 5
        needed = wanted[::-1] if turned else wanted
        if full[0] >= 2 * needed[0] and full[1] >= 2 * needed[1]:
            picture.draft("RGB", needed)
        picture.load()
        upright = ImageOps.exif_transpose(picture)
        plain = _srgb(upright, ground)
    except UnidentifiedImageError:
        raise MediaRefused(f"'{path.name}' is not a picture that can be read. Use a JPEG, PNG, WebP or HEIC.") from None
    except (OSError, SyntaxError, ValueError) as error:
        if isinstance(error, MediaRefused):
            raise
        raise _damaged(str(path), error) from None
    plain.info["full_size"] = full[::-1] if turned else full
    return plain


def _srgb(picture: "Image", ground: str | None) -> "Image":
    """Colour profile to sRGB, sixteen bits to eight, transparency onto the ground (None keeps it)."""
    from PIL import Image, ImageCms

    profile = picture.info.get("icc_profile")
    if picture.mode.startswith("I") or picture.mode == "F":
        picture = _eight_bits(picture)
    alpha = None
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        alpha = picture.getchannel("A")
        picture = picture.convert("RGB")
    if profile and picture.mode in {"RGB", "CMYK", "L"}:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            picture = converted or picture
        except ImageCms.PyCMSError:
            pass  # a broken profile: the picture is shown as if it had none, as viewers do
    if picture.mode != "RGB":
        picture = picture.convert("RGB")
    if alpha is not None and ground is None:
        picture.putalpha(alpha)
    elif alpha is not None and ground is not None:
        laid = Image.new("RGB", picture.size, ground)
        laid.paste(picture, mask=alpha)
        picture = laid
    return picture


def _eight_bits(picture: "Image") -> "Image":
    """A grey picture of 16 or 32 bits a pixel in 8, its full range kept."""
    import numpy as np
    from PIL import Image

    values = np.asarray(picture).astype(np.float64)
    top = 1.0 if picture.mode == "F" and values.max(initial=0) <= 1 else 65535.0
    return Image.fromarray((np.clip(values / top, 0, 1) * 255 + 0.5).astype(np.uint8))


def _resized(picture: "Image", region: Sequence[int], width: int, height: int) -> "Image":
    from PIL.Image import Resampling

    full_width, full_height = picture.info["full_size"]
    across, down = picture.width / full_width, picture.height / full_height
    left, top, right, bottom = region
    box = (left * across, top * down, min(right * across, picture.width), min(bottom * down, picture.height))
    return picture.resize((width, height), Resampling.BICUBIC, box=box)


def _between_blurred_sides(picture: "Image", width: int, height: int) -> "Image":
    """The whole picture in the middle of an enlarged, blurred and slightly darker copy of itself."""
    from PIL import ImageEnhance, ImageFilter, ImageOps
    from PIL.Image import Resampling

    small = ImageOps.fit(picture, (max(width // 8, 2), max(height // 8, 2)), Resampling.BICUBIC)
    behind = small.filter(ImageFilter.GaussianBlur(max(width, height) / 8 / 40))
    behind = ImageEnhance.Brightness(behind).enhance(0.72).resize((width, height), Resampling.BICUBIC)
    front = ImageOps.contain(picture, (width, height), Resampling.BICUBIC)
    behind.paste(front, ((width - front.width) // 2, (height - front.height) // 2))
    return behind


def _pixels(picture: "Image") -> "Plane":
    import numpy as np

    return np.asarray(picture, np.uint8)


def _damaged(path: str, error: Exception) -> MediaRefused:
    reason = "it ends too early" if "truncated" in str(error).lower() else "it is damaged"
    return MediaRefused(f"'{Path(path).name}' could not be read: {reason}. Export it again.")
