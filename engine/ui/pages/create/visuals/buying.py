"""Buying: one question about a price and one answer to it, and free title cards, which need neither.

Called by the quote dialog, the toolbar and the scene editor. Law: nothing is bought before a person's yes, and the
yes is to the amount that was shown. A second click buys nothing more.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import uuid4

import flet as ft

from api.schemas.costs import QuoteIn, QuoteOut
from api.schemas.videos import PicturesIn
from engine.ui.client import ApiProblem
from engine.ui.components.states import said_of
from engine.ui.desk import Desk
from engine.ui.pages.create.wizard import Wizard
from engine.ui.pages.settings.sections import is_owner

MUST_ASK_AGAIN: Final = frozenset({"quote_expired", "quote_declined", "quote_amount_differs"})


@dataclass(eq=False)
class Buying(ft.Observable):
    """Pictures for some scenes, from the question to the order."""

    desk: Desk
    wizard: Wizard
    scene_ids: Sequence[str]
    quote: QuoteOut | None = None
    problem: str = ""
    lacks_key: bool = False
    """Whether nothing can be ordered, since the studio has no key for who sells it."""
    is_over: bool = False
    """Whether this price can be accepted no more."""
    is_ordered: bool = False
    _intent: str = field(default_factory=lambda: uuid4().hex)
    _is_busy: bool = False

    async def ask(self) -> None:
        """Ask the price of what is saved now; asked again, it is a new question. None is asked without a key."""
        self.quote, self.problem, self.is_over, self.lacks_key = None, "", False, False
        try:
            await self._ask()
        except ApiProblem as met:
            self._refused(met)

    async def _ask(self) -> None:
        words, making = self.desk.words, self.wizard.making
        provider, _, model = (await making.chosen_model(self.desk.api)).partition(" ")
        if not model:
            self.problem = words("quote.no_model")
            return
        if not await self._has_key(provider):
            self.lacks_key = True
            self.problem = words("quote.no_key" if is_owner(self.desk.me) else "quote.no_key_ask")
            return
        if not await self.wizard.all_saved():
            self.problem = words("visuals.save_first")
            return
        wanted = QuoteIn(
            video_id=self.wizard.video_id,
            provider=provider,
            model=model,
            scene_ids=list(self.scene_ids),
            aspect=making.format,
        )
        self.quote = await self.desk.api.ask_quote(wanted, self._intent)

    async def ask_again(self) -> None:
        """A new question: the old price is over."""
        self._intent = uuid4().hex
        await self.ask()

    async def accept(self) -> None:
        """Order what was quoted."""
        if self.quote is None or self._is_busy:
            return
        self._is_busy = True
        try:
            accepted = await self.desk.api.accept_quote(self.quote.id, self.quote.total_micros)
            self.wizard.making.began(accepted.job, self.scene_ids)
            self.desk.feed.take_job(accepted.job)
            self.is_ordered = True
        except ApiProblem as met:
            self._refused(met)
        self._is_busy = False

    async def decline(self) -> None:
        """Order nothing. A price that nobody declines expires by itself."""
        if self.quote is None:
            return
        try:
            await self.desk.api.decline_quote(self.quote.id)
        except ApiProblem as met:
            self.desk.meet(met)

    async def _has_key(self, provider: str) -> bool:
        """Whether an order can be placed; a provider that is not listed needs no key."""
        listed = (await self.desk.api.providers()).items
        return all(one.opens and one.key_from != "nowhere" for one in listed if one.name == provider)

    def _refused(self, met: ApiProblem) -> None:
        if not self.desk.meet(met):
            self.problem = said_of(met, self.desk.words)
            self.is_over = met.code in MUST_ASK_AGAIN


async def draw_cards(desk: Desk, wizard: Wizard, scene_ids: Sequence[str], intent: str) -> str:
    """Have title cards drawn, for nothing. What went wrong, in words; empty where it is under way."""
    if not await wizard.all_saved():
        return desk.words("visuals.save_first")
    try:
        wanted = PicturesIn(scene_ids=list(scene_ids), aspect=wizard.making.format)
        job = await desk.api.draw_cards(wizard.video_id, wanted, intent)
    except ApiProblem as met:
        return "" if desk.meet(met) else said_of(met, desk.words)
    wizard.making.began(job, scene_ids)
    desk.feed.take_job(job)
    return ""
