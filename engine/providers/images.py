"""Image vendors: what a picture order is, and what whoever makes pictures promises.

Kept by engine.providers.replicate and engine.providers.offline_pictures; called by automations.paid_calls alone.
Law: every error says whether money is gone. What may have been paid for is looked for, never ordered again.

    VendorTrouble
    ├── VendorRefused   no money gone: the vendor said no, and would say no again
    ├── VendorBusy      no money gone: not now; the same call may be made again after retry_after_s
    ├── VendorSilent    perhaps: the order left and no clear answer came back
    ├── CannotList      perhaps: the vendor's list cannot tell whether our order is on it; a person has to look
    └── OutputLost      yes: it was made, and cannot be had any more
"""

from datetime import datetime
from pathlib import Path
from typing import ClassVar, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field

from engine.render.formats import FormatName

Aspect = FormatName
MOST_PROMPT_CHARACTERS = 5_000
HIGHEST_SEED = 2**31 - 1

MoneyGone = Literal["no", "perhaps", "yes"]
JobStatus = Literal["starting", "processing", "succeeded", "failed", "canceled"]


class ImageRequest(BaseModel):
    """One picture to be made."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    prompt: str = Field(min_length=1, max_length=MOST_PROMPT_CHARACTERS)
    model: str = Field(min_length=1, max_length=120)
    """The vendor's own name of the model, such as "black-forest-labs/flux-schnell"."""
    aspect: Aspect = "9:16"
    style: str = Field(default="", max_length=500)
    """How it should look; said to the model after the prompt."""
    seed: int | None = Field(default=None, ge=0, le=HIGHEST_SEED)
    """The same seed and words make the same picture again. None: the vendor's module picks one from the call's id."""


class VendorJob(BaseModel):
    """An order as the vendor tells of it."""

    model_config = ConfigDict(frozen=True)

    vendor_job_id: str
    status: JobStatus
    output_urls: tuple[str, ...] = ()
    """Where the pictures lie, for an hour at Replicate; empty until it has succeeded, and after they were deleted."""
    error: str | None = None
    """Why it failed, in the vendor's words."""

    @property
    def has_ended(self) -> bool:
        """Whether asking again will tell nothing new."""
        return self.status in {"succeeded", "failed", "canceled"}


class FetchedImage(BaseModel):
    """A picture that now lies on this machine."""

    model_config = ConfigDict(frozen=True)

    path: Path
    content_type: Literal["image/png", "image/jpeg", "image/webp"]
    """What its first bytes say; the vendor's own word for it is not asked."""
    size_bytes: int


class VendorTrouble(Exception):
    """A vendor did not do what it was asked. The message is for a person; the vendor's own words are quoted in it."""

    money_gone: ClassVar[MoneyGone]


class VendorRefused(VendorTrouble):
    """Not billed. The same request would be refused again: wrong words, no credit, a wrong token."""

    money_gone = "no"


class VendorBusy(VendorTrouble):
    """Not billed: the vendor is throttling, unwell or not to be reached, and the call may be repeated later.

    Of `find`, `poll` and `fetch` it says that nothing is known yet; what the order itself cost stays as it is.
    """

    money_gone = "no"

    def __init__(self, message: str, retry_after_s: float) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class VendorSilent(VendorTrouble):
    """Perhaps billed: never send again. `find` tells whether the order arrived."""

    money_gone = "perhaps"


class CannotList(VendorTrouble):
    """Perhaps billed, and the vendor's list will not tell: a person looks at the vendor's own page."""

    money_gone = "perhaps"


class OutputLost(VendorTrouble):
    """Billed, and the picture is deleted at the vendor's or is not a picture."""

    money_gone = "yes"


class ImageVendor(Protocol):
    """Who makes pictures. A call blocks until answered; none of them retries by itself."""

    name: ClassVar[str]
    """As in the price table: "replicate", "offline"."""
    settle_s: float
    """So long after an order was sent, all of it has arrived or never will: only then `find` can be believed."""

    slow_poll_s: float
    """So long an order that takes its time is left alone between two looks; longer where the vendor tells by itself."""

    def start(self, call_id: str, request: ImageRequest) -> VendorJob:
        """Order one picture; called at most once for a call id, after the intent to do so is stored.

        Raises VendorRefused, VendorBusy (neither billed) or VendorSilent (perhaps billed: never send again).
        """
        ...

    def find(self, call_id: str, request: ImageRequest, since: datetime) -> VendorJob | None:
        """The job that `start` with these arguments made, to adopt after a lost answer; None where it never arrived.

        since: when the order was sent (aware UTC). An order that is still on its way is not on the list yet: let
        `settle_s` pass before believing None. Raises CannotList, or VendorBusy to be asked again.
        """
        ...

    def poll(self, vendor_job_id: str) -> VendorJob:
        """How the job is doing. Raises VendorBusy, or VendorRefused where the vendor knows no such job."""
        ...

    def fetch(self, job: VendorJob, request: ImageRequest, into: Path) -> FetchedImage:
        """Bring a succeeded job's picture to `into`, which appears when it is whole; before anything is acknowledged.

        request: what was ordered, for who draws only now.
        Raises OutputLost, or VendorBusy to be tried again; neither leaves a file.
        """
        ...
