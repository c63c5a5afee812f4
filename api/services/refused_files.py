"""Refused files: what was put into the inbox and cannot be used goes back to where a person sees it.

Called by api.services.inbox and api.services.uploads. Law: nothing is replaced and nothing is deleted.
"""

import shutil
from pathlib import Path
from typing import Final

FOLDER: Final = "refused"


def put_back(inbox: Path, path: Path, name: str, problem: str) -> None:
    """Move a file into the inbox's folder of refused ones, under its own name, with the reason beside it."""
    folder = inbox / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / name
    number = 2
    while target.exists():
        target = folder / f"{Path(name).stem} ({number}){Path(name).suffix}"
        number += 1
    shutil.move(path, target)
    target.with_name(f"{target.name}.why.txt").write_text(f"{problem}\n", "utf-8")
