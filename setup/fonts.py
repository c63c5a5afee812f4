"""Copy the typefaces that npm brought beside the renderer, with their licences. Run by `make setup`."""

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "design" / "node_modules" / "@expo-google-fonts"
TARGET = ROOT / "engine" / "render" / "fonts"
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


if __name__ == "__main__":
    if copy_fonts() == 0:
        raise SystemExit("No typeface was found in design/node_modules. Remove that folder and run `make setup` again.")
