"""Imports, as the api tells of them."""

import base64

from api.schemas.imports import ImportedOut, ImportIn, ImportPlanOut
from engine.ui.client.bodies import checked
from engine.ui.client.door import Door


class Imports(Door):
    """Every method raises ApiProblem."""

    async def plan_import(self, content: bytes) -> ImportPlanOut:
        """What a file of clients would do. Writes nothing."""
        return await self.send("POST", "/imports/clients/plan", ImportPlanOut, _body(content))

    async def import_clients(self, content: bytes, intent: str) -> ImportedOut:
        """Make all of it. intent: the same for a second click, which makes nothing."""
        return await self.send("POST", "/imports/clients", ImportedOut, _body(content), {"Idempotency-Key": intent})


def _body(content: bytes) -> ImportIn:
    return checked(ImportIn, {"content": base64.b64encode(content).decode()})
