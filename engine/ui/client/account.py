"""One's own password, one-time codes and sessions, as the api tells of them."""

from api.schemas.auth import PasswordChange, PasswordProof, SessionsOut, TotpBegun, TotpConfirmation
from engine.ui.client.door import Door


class Account(Door):
    """Every method raises ApiProblem."""

    async def change_password(self, current: str, new: str) -> None:
        """All other sessions end."""
        await self.call("POST", "/auth/password", PasswordChange(current=current, new=new))

    async def begin_totp(self, password: str) -> TotpBegun:
        """A secret for a phone; it counts once a code of it is confirmed."""
        return await self.send("POST", "/auth/totp", TotpBegun, PasswordProof(password=password))

    async def confirm_totp(self, code: str) -> None:
        """From now on a code is asked for at sign-in. code: six digits."""
        await self.call("POST", "/auth/totp/confirm", TotpConfirmation(code=code))

    async def end_totp(self, password: str) -> None:
        """No code is asked for any more."""
        await self.call("POST", "/auth/totp/disable", PasswordProof(password=password))

    async def sessions(self) -> SessionsOut:
        """Where one is signed in, the last used first."""
        return await self.get("/auth/sessions", SessionsOut)

    async def end_session(self, session_id: str) -> None:
        """It is out at once."""
        await self.call("DELETE", f"/auth/sessions/{session_id}")

    async def end_all_sessions(self) -> None:
        """This one too."""
        await self.call("DELETE", "/auth/sessions")
