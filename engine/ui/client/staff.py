"""Staff, as the api tells owners of them."""

from api.schemas.auth import StaffOut
from api.schemas.staff import StaffChanges, StaffIn, StaffListOut
from engine.ui.client.door import Door, on_revision


class Staff(Door):
    """Every method raises ApiProblem."""

    async def staff(self) -> StaffListOut:
        """Everybody, those who may not sign in any more too."""
        return await self.get("/staff", StaffListOut)

    async def add_staff(self, person: StaffIn) -> StaffOut:
        """Let somebody in. Sent twice, the second is refused: the address is in use."""
        return await self.send("POST", "/staff", StaffOut, person)

    async def change_staff(self, staff_id: str, changes: StaffChanges, revision: int) -> StaffOut:
        """Change a person's name, role or language."""
        return await self.send("PATCH", f"/staff/{staff_id}", StaffOut, changes, on_revision(revision))

    async def disable_staff(self, staff_id: str) -> StaffOut:
        """Out at once, everywhere."""
        return await self.send("POST", f"/staff/{staff_id}/disable", StaffOut)

    async def enable_staff(self, staff_id: str) -> StaffOut:
        """In again, with the same password as before."""
        return await self.send("POST", f"/staff/{staff_id}/enable", StaffOut)
