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

from engine.render.media.flaws import Flaw
from engine.render.media.sandbox import Json, Limits, MediaChild, MediaRefused

if TYPE_CHECKING:  # the parent starts faster without them
    from PIL.Image import Image

    from engine.render.picture.frames import Plane, Still

LITTLE_SHRINK = 0.7
"""Down to here four taps a pixel blur nothing and alias nothing that is seen; resizing the planes themselves is then
twenty times as fast as Pillow's resize of RGB (5 ms against 110 for 2400 x 3000)."""
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
            still = still_of_rgb(_pixels(_between_blurred_sides(picture, order.width, order.height)))
        else:
            still = _still_of_region(picture, order)
        write_still(still, order.out)
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
    from PIL import Image, ImageOps, UnidentifiedImageError

    from engine.render.media.containers import sniff
    from engine.render.media.probe_task import pillow_formats, refuse_too_large

    container = sniff(str(path))
    if container.kind != "image":
        raise MediaRefused(Flaw.NO_PICTURE, f"'{path.name}' is not a picture. Use a JPEG, PNG, WebP or HEIC.")
    Image.MAX_IMAGE_PIXELS = None  # our own limit has a sentence for it
    try:
        picture = Image.open(path, formats=pillow_formats(container))
        refuse_too_large(path.name, picture.size)
        full = picture.size
        orientation = picture.getexif().get(0x0112, 1)
        turned = orientation >= 5
        needed = wanted[::-1] if turned else wanted
        if full[0] >= 2 * needed[0] and full[1] >= 2 * needed[1]:
            picture.draft("RGB", needed)
        picture.load()
        upright = picture if orientation == 1 else ImageOps.exif_transpose(picture)
        plain = _srgb(upright, ground)
    except UnidentifiedImageError:
        raise MediaRefused(
            Flaw.NO_PICTURE, f"'{path.name}' is not a picture that can be read. Use a JPEG, PNG, WebP or HEIC."
        ) from None
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


def _still_of_region(picture: "Image", order: StillOrder) -> "Still":
    """The order's region at the order's size."""
    from PIL.Image import Resampling

    from engine.render.picture.frames import resized_still, still_of_rgb

    full_width, full_height = picture.info["full_size"]
    across, down = picture.width / full_width, picture.height / full_height
    left, top, right, bottom = order.region
    box = (left * across, top * down, min(right * across, picture.width), min(bottom * down, picture.height))
    shrink = min(order.width / (box[2] - box[0]), order.height / (box[3] - box[1]))
    whole_pixels = all(edge == int(edge) for edge in box)
    if LITTLE_SHRINK <= shrink <= 1 and whole_pixels and box[2] - box[0] >= 2 and box[3] - box[1] >= 2:
        part = picture if box == (0, 0, *picture.size) else picture.crop((left, top, right, bottom))
        even = _pixels(part)[: part.height // 2 * 2, : part.width // 2 * 2]
        return resized_still(still_of_rgb(even), part.width, part.height, order.width, order.height)
    return still_of_rgb(_pixels(picture.resize((order.width, order.height), Resampling.BICUBIC, box=box)))


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
    return MediaRefused(Flaw.DAMAGED, f"'{Path(path).name}' could not be read: {reason}. Export it again.")
