"""Every kind of background work, and what starts by the clock.

Called by engine.cli, which gives them to a worker.
"""

from typing import Final

from automations.jobs import Schedule
from automations.runs import JobKind
from automations.workflows.generate import COLLECT_PICTURES, DRAW_PICTURES, GENERATE_PICTURES
from automations.workflows.hooks import DELIVER_EVENT
from automations.workflows.mail import SEND_DIGESTS, SEND_MAIL
from automations.workflows.push import PUSH_EXPORT
from automations.workflows.render import RENDER_EXPORT
from automations.workflows.reviews import TAKE_EFFECT
from automations.workflows.upkeep import TIDY_UP
from automations.workflows.voices import DRAFT_VOICE, SYNC_VOICE, TAKE_IN_VOICE
from automations.workflows.watermarks import SEND_WATERMARKED

KINDS: Final[tuple[JobKind, ...]] = (
    GENERATE_PICTURES,
    COLLECT_PICTURES,
    DRAW_PICTURES,
    RENDER_EXPORT,
    SEND_WATERMARKED,
    PUSH_EXPORT,
    DRAFT_VOICE,
    TAKE_IN_VOICE,
    SYNC_VOICE,
    DELIVER_EVENT,
    SEND_MAIL,
    SEND_DIGESTS,
    TAKE_EFFECT,
    TIDY_UP,
)
SCHEDULES: Final[tuple[Schedule, ...]] = (Schedule("10 4 * * *", TIDY_UP), Schedule("0 8 * * *", SEND_DIGESTS))
