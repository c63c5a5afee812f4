"""Sections: what Settings has, and for whom.

Called by the page of Settings. Law: what somebody may not do is absent here, and said where its address is typed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import flet as ft

from api.schemas.auth import StaffOut


@dataclass(frozen=True)
class Section:
    """One of them; its name is the last part of its address."""

    name: str
    icon: ft.IconData
    is_for_owners: bool = False

    @property
    def path(self) -> str:
        """Where it is."""
        return f"/settings/{self.name}"


SECTIONS: Final[tuple[Section, ...]] = (
    Section("you", ft.Icons.PERSON_OUTLINE),
    Section("appearance", ft.Icons.PALETTE_OUTLINED),
    Section("studio", ft.Icons.HOME_WORK_OUTLINED),
    Section("client_login", ft.Icons.LOGIN),
    Section("staff", ft.Icons.GROUP_OUTLINED, is_for_owners=True),
    Section("providers", ft.Icons.KEY_OUTLINED),
    Section("prices", ft.Icons.SELL_OUTLINED),
    Section("budgets", ft.Icons.SAVINGS_OUTLINED),
    Section("storage", ft.Icons.STORAGE_OUTLINED),
    Section("outbox", ft.Icons.OUTBOX_OUTLINED, is_for_owners=True),
    Section("audit", ft.Icons.HISTORY, is_for_owners=True),
    Section("health", ft.Icons.MONITOR_HEART_OUTLINED),
)


def is_owner(person: StaffOut) -> bool:
    """Whether this person decides about people, keys and money."""
    return person.role == "owner"


def sections_for(person: StaffOut) -> Sequence[Section]:
    """Those that somebody may open."""
    return [section for section in SECTIONS if is_owner(person) or not section.is_for_owners]
