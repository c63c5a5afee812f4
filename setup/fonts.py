"""Copy the typefaces that npm brought beside the renderer, and those of the app for browsers. Run by `make setup`."""

import re
import shutil
import struct
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "design" / "node_modules" / "@expo-google-fonts"
TARGET = ROOT / "engine" / "render" / "fonts"
SCREEN_TARGET = ROOT / "engine" / "ui" / "fonts"
EMOJI = "NotoColorEmoji-Regular.ttf"
# What engine.ui.theme and engine.front_door name.
SCREEN_FONTS = (
    "Inter-Regular.ttf",
    "Inter-Medium.ttf",
    "Inter-SemiBold.ttf",
    "BricolageGrotesque-SemiBold.ttf",
    "NotoSansArabic-Regular.ttf",
    "NotoSansHebrew-Regular.ttf",
)
SCREEN_LICENCES = ("inter", "bricolage-grotesque", "noto-color-emoji", "noto-sans-arabic", "noto-sans-hebrew")
# Upright weights that captions, title cards and the app ask for.
WEIGHTS = ("400Regular", "500Medium", "600SemiBold", "700Bold", "800ExtraBold")


def copy_fonts() -> int:
    """Copy each family's upright weights; returns how many files there are now."""
    unfinished = TARGET.with_name("fonts.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    for package in sorted(PACKAGES.iterdir()):
        for weight in WEIGHTS:
            for font in (package / weight).glob("*.ttf"):
                family, style = font.stem.rsplit("_", 1)
                shutil.copyfile(font, unfinished / f"{family}-{re.sub(r'^[0-9]+', '', style)}.ttf")
        shutil.copyfile(package / "LICENSE_FONT", unfinished / f"{package.name}.LICENSE.txt")
    shutil.rmtree(TARGET, ignore_errors=True)
    unfinished.rename(TARGET)
    return len(list(TARGET.glob("*.ttf")))


def copy_screen_fonts() -> None:
    """Copy what browsers ask for; of the emoji a fifth, since their second drawing, as SVG, is never looked at."""
    unfinished = SCREEN_TARGET.with_name("fonts.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    for name in SCREEN_FONTS:
        shutil.copyfile(TARGET / name, unfinished / name)
    (unfinished / EMOJI).write_bytes(without_table((TARGET / EMOJI).read_bytes(), b"SVG "))
    for licence in SCREEN_LICENCES:
        shutil.copyfile(TARGET / f"{licence}.LICENSE.txt", unfinished / f"{licence}.LICENSE.txt")
    shutil.rmtree(SCREEN_TARGET, ignore_errors=True)
    unfinished.rename(SCREEN_TARGET)


def without_table(font: bytes, tag: bytes) -> bytes:
    """The same OpenType font without one of its tables: its directory is written anew, the others stay as they are."""
    version, count = struct.unpack(">4sH", font[:6])
    entries = [struct.unpack(">4sIII", font[12 + 16 * i : 28 + 16 * i]) for i in range(count)]
    kept = [entry for entry in entries if entry[0] != tag]
    power = 1 << (len(kept).bit_length() - 1)
    head = struct.pack(">4sHHHH", version, len(kept), power * 16, power.bit_length() - 1, (len(kept) - power) * 16)
    directory, body = b"", b""
    begin = len(head) + 16 * len(kept)
    for name, checksum, offset, length in kept:
        directory += struct.pack(">4sIII", name, checksum, begin + len(body), length)
        body += font[offset : offset + length] + b"\0" * (-length % 4)
    return head + directory + body


if __name__ == "__main__":
    if copy_fonts() == 0:
        raise SystemExit("No typeface was found in design/node_modules. Remove that folder and run `make setup` again.")
    copy_screen_fonts()
