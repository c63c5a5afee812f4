"""Settings: what a studio may set from outside, as BOM_* variables or in a file named .env.

Called by engine.cli, later by api and automations. `bom doctor` shows each one.
Read here and not by pydantic-settings, whose import alone takes 0.17 s: more than all else that a render does when
nothing changed.
"""

import os
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

PREFIX = "BOM_"


class Settings(BaseModel):
    """One place for all of them; a secret would have no default."""

    model_config = ConfigDict(frozen=True)

    data_dir: Path = Field(default=Path("data"), description="What is kept: films, voices, the log.")
    cache_dir: Path | None = Field(
        default=None, description="Finished pieces of films; data/cache where it is not set."
    )
    cache_limit_gb: float = Field(default=10.0, gt=0, description="The cache's size; the longest unused go first.")

    @property
    def render_cache_dir(self) -> Path:
        """Where the render cache lies."""
        return self.cache_dir or self.data_dir / "cache"

    @property
    def cache_limit_bytes(self) -> int:
        """The cache's size limit."""
        return int(self.cache_limit_gb * 1_000_000_000)


def load_settings() -> Settings:
    """The settings of this machine; a variable goes before the file. Raises ValidationError, naming the setting."""
    given: dict[str, str | None] = dict(os.environ)
    if Path(".env").is_file():
        from dotenv import dotenv_values

        given = {**dotenv_values(".env"), **given}
    names = {name: given.get(f"{PREFIX}{name.upper()}") for name in Settings.model_fields}
    return Settings.model_validate({name: value for name, value in names.items() if value})
