"""The record, as the api tells of it. For owners."""

from collections.abc import Mapping

from api.schemas.audit import AuditEntryOut
from api.schemas.fields import PageOf
from engine.ui.client.door import Door


class Audit(Door):
    """Every method raises ApiProblem."""

    async def audit_entries(
        self, asked: Mapping[str, str | None], *, limit: int = 25, cursor: str | None = None
    ) -> PageOf[AuditEntryOut]:
        """Entries, the newest first. asked: the filters, by the api's own names."""
        return await self.get("/audit", PageOf[AuditEntryOut], limit=limit, cursor=cursor, **asked)
