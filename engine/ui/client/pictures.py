"""Pictures: what they would cost, having them made, and using a file as one, as the api tells of them."""

from urllib.parse import quote

from api.schemas.costs import AcceptIn, PricesOut, QuoteAccepted, QuoteIn, QuoteOut
from api.schemas.jobs import JobOut
from api.schemas.videos import PicturesIn, TakeIn, TakeOut
from engine.ui.client.door import Door


class Pictures(Door):
    """Every method raises ApiProblem."""

    async def prices(self) -> PricesOut:
        """Every price there ever was, the newest of each thing first."""
        return await self.get("/costs/prices", PricesOut)

    async def ask_quote(self, wanted: QuoteIn, intent: str) -> QuoteOut:
        """What these pictures would cost. Nothing is bought. intent: the same for a second click."""
        return await self.send("POST", "/quotes", QuoteOut, wanted, {"Idempotency-Key": intent})

    async def quote(self, quote_id: str) -> QuoteOut:
        """One quote, with the scenes that it is for."""
        return await self.get(f"/quotes/{quote_id}", QuoteOut)

    async def accept_quote(self, quote_id: str, total_micros: int) -> QuoteAccepted:
        """Say yes to the amount that was shown. Said twice, it is bought once."""
        return await self.send("POST", f"/quotes/{quote_id}/accept", QuoteAccepted, AcceptIn(total_micros=total_micros))

    async def decline_quote(self, quote_id: str) -> QuoteOut:
        """Say no: nothing is bought."""
        return await self.send("POST", f"/quotes/{quote_id}/decline", QuoteOut)

    async def draw_cards(self, video_id: str, wanted: PicturesIn, intent: str) -> JobOut:
        """Have title cards drawn, for nothing. intent: the same for a second click, which draws none."""
        return await self.send("POST", f"/videos/{video_id}/pictures", JobOut, wanted, {"Idempotency-Key": intent})

    async def use_file(self, video_id: str, take: TakeIn, intent: str) -> TakeOut:
        """Use a file of the library as a take, for nothing."""
        return await self.send("POST", f"/videos/{video_id}/takes", TakeOut, take, {"Idempotency-Key": intent})


def picture_address(scene_id: str, file_name: str) -> str:
    """Where a browser puts a picture from disk, which then shows in the scene."""
    return f"/api/scenes/{scene_id}/picture?file_name={quote(file_name)}"
