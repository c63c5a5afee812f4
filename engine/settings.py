"""Settings: what a studio may set from outside, as BOM_* variables or in a file named .env.

Called by engine.cli, later by api and automations. `bom doctor` shows each one.
"""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """One place for all of them; a secret would have no default."""

    model_config = SettingsConfigDict(env_prefix="BOM_", env_file=".env", extra="ignore")

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
