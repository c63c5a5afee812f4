"""Client: the studio's api, typed; a module for each feature. The one door out of engine.ui.

Called by pages and components through engine.ui.desk; made by engine.app, one for each window.
"""

from engine.ui.client.account import Account
from engine.ui.client.audit import Audit
from engine.ui.client.brand_kits import BrandKits
from engine.ui.client.clients import Clients
from engine.ui.client.costs import Costs
from engine.ui.client.cuts import Cuts
from engine.ui.client.door import ApiProblem, Told, new_http
from engine.ui.client.exports import Exports
from engine.ui.client.files import Files
from engine.ui.client.imports import Imports
from engine.ui.client.jobs import Jobs
from engine.ui.client.library import Library
from engine.ui.client.messages import Messages
from engine.ui.client.outbox import Outbox
from engine.ui.client.people import People
from engine.ui.client.pictures import Pictures
from engine.ui.client.projects import Projects
from engine.ui.client.providers import Providers
from engine.ui.client.reviews import Reviews
from engine.ui.client.settings import StudioSettings
from engine.ui.client.staff import Staff
from engine.ui.client.uploads import Uploads
from engine.ui.client.videos import Videos
from engine.ui.client.voices import Voices

__all__ = ["ApiProblem", "StudioApi", "Told", "new_http"]


class StudioApi(
    People,
    Clients,
    BrandKits,
    Imports,
    Projects,
    Videos,
    Pictures,
    Voices,
    Cuts,
    Exports,
    Reviews,
    Messages,
    Outbox,
    Library,
    Files,
    Uploads,
    Jobs,
    Costs,
    Audit,
    Account,
    Staff,
    Providers,
    StudioSettings,
):
    """All of it. Every method raises ApiProblem."""
