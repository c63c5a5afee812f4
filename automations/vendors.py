"""Vendors: who pictures are ordered from, with the key that the studio has now.

Made by engine.cli.background, looked up by automations.paid_calls and automations.workflows.
Law: a key that was entered or removed on a screen counts from the next order on, on every machine, without a restart. A
key in the environment goes before it.
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from engine.core import provider_keys
from engine.core.database import Database
from engine.providers.images import ImageVendor


@dataclass
class Vendors(Mapping[str, ImageVendor]):
    """By the name in the price table; one without a key is not there."""

    database: Database
    secret: bytes
    free: Mapping[str, ImageVendor]
    """Those that need no key."""
    makers: Mapping[str, Callable[[str], ImageVendor]]
    """Makes a vendor of its key."""
    fixed_keys: Mapping[str, str] = field(default_factory=dict)
    """Keys from the environment."""
    _made: dict[str, tuple[str, ImageVendor]] = field(default_factory=dict, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def __getitem__(self, name: str) -> ImageVendor:
        if name in self.free:
            return self.free[name]
        maker = self.makers[name]
        key = self._key(name)
        if key is None:
            raise KeyError(name)
        with self._lock:
            made = self._made.get(name)
            if made is None or made[0] != key:  # the one before may be in use just now, so it is not closed
                made = self._made[name] = (key, maker(key))
        return made[1]

    def __iter__(self) -> Iterator[str]:
        yield from self.free
        yield from (name for name in self.makers if self._key(name) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _key(self, name: str) -> str | None:
        if name in self.fixed_keys:
            return self.fixed_keys[name]
        with self.database.reading() as session:
            return provider_keys.open_key(session, name, self.secret)
