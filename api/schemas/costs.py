"""Costs: prices, quotes, budgets, the ledger and its sums. Amounts are whole micro-euros."""

from typing import Annotated, Literal

from pydantic import Field

from api.schemas.fields import Day, Given, Id, JsonObject, Moment, Reason, Revision, Shown, Time
from api.schemas.jobs import JobOut
from api.schemas.videos import Format

UsageKind = Literal["image", "voice", "avatar", "text", "other"]
LedgerSort = Literal["at", "-at"]
QuoteSort = Literal["created_at", "-created_at"]
QuestionSort = Literal["created_at", "-created_at"]
QuoteStatus = Literal["open", "accepted", "declined", "settled"]
BudgetScope = Literal["studio_month", "client_month", "project"]
SplitBy = Literal["day", "month", "provider", "kind", "client", "project"]
Word = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[a-z0-9_.-]+$", examples=["replicate"])]
Model = Annotated[
    str,
    Field(min_length=1, max_length=120, pattern=r"^[A-Za-z0-9_./:-]+$", examples=["black-forest-labs/flux-schnell"]),
]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$", examples=["USD"])]
Month = Annotated[str, Field(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$", examples=["2026-11"])]
Because = Annotated[
    str,
    Field(
        min_length=1,
        max_length=2000,
        pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*[^\x00-\x20\x7f-\xa0][^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$",
        description="In words; not left empty.",
        examples=["Two campaigns more than planned."],
    ),
]
Limit = Annotated[int, Field(ge=0, le=10**12, description="Micro-euros.", examples=[50_000_000])]


class PriceIn(Given):
    """What a vendor asks for one unit, from a moment on."""

    provider: Word
    model: Model
    unit: Annotated[Word, Field(examples=["image"])]
    amount_micros: Annotated[int, Field(ge=0, le=10**12, description="Millionths of the currency.", examples=[3_000])]
    currency: Currency
    valid_from: Moment
    source: Reason = ""


class PriceOut(Shown):
    """A price; it is never changed."""

    id: Id
    provider: str
    model: str
    unit: str
    amount_micros: int
    currency: str
    valid_from: Time
    source: str
    created_at: Time


class PricesOut(Shown):
    """Every price there ever was, the newest of each thing first."""

    items: list[PriceOut]


class RateIn(Given):
    """What one unit of a currency is worth, from a moment on."""

    currency: Currency
    micro_euros: Annotated[int, Field(gt=0, le=10**12, examples=[920_000])]
    valid_from: Moment
    source: Reason = ""


class RateOut(Shown):
    """An exchange rate; it is never changed."""

    id: Id
    currency: str
    micro_euros: int
    valid_from: Time
    source: str
    created_at: Time


class RatesOut(Shown):
    """Every rate there ever was, the newest of each currency first."""

    items: list[RateOut]


class QuoteIn(Given):
    """Pictures to ask the price of: one for each scene, of its prompt or its words, in the client's picture style."""

    video_id: Id
    provider: Word = "replicate"
    model: Model
    scene_ids: Annotated[list[Id], Field(min_length=1, max_length=500)]
    aspect: Format = "9:16"
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = None


class QuoteLineOut(Shown):
    """One thing that would be bought."""

    scene_id: Id | None
    provider: str
    model: str
    unit: str
    quantity: int
    amount_micros: int


class QuoteOut(Shown):
    """A price that waits for a person's yes. Nothing is bought without one."""

    id: Id
    client_id: Id
    project_id: Id
    video_id: Id
    kind: UsageKind
    status: QuoteStatus
    lines: list[QuoteLineOut]
    total_micros: int
    expires_at: Time
    accepted_at: Time | None
    settled_at: Time | None
    created_at: Time


class AcceptIn(Given):
    """The amount that the screen showed; another one is refused."""

    total_micros: Annotated[int, Field(ge=0, le=10**15, examples=[8_280])]


class QuoteAccepted(Shown):
    """An accepted quote and the job that works on it."""

    quote: QuoteOut
    job: JobOut


class UsageOut(Shown):
    """A line of the ledger; a refund is one below zero."""

    id: Id
    at: Time
    client_id: Id
    project_id: Id
    video_id: Id | None
    kind: UsageKind
    provider: str
    model: str
    unit: str
    quantity: int
    amount_micros: int
    estimated_micros: int
    price_id: Id | None
    exchange_rate_id: Id | None
    quote_id: Id | None
    paid_call_id: str | None
    refunds_usage_id: Id | None
    reason: str


class UsageListed(UsageOut):
    """A line in a list, with the names by which people know whose it is."""

    client_name: str
    project_name: str
    video_title: str


class RefundIn(Given):
    """How much of a line was paid back, and why."""

    amount_micros: Annotated[int, Field(gt=0, le=10**15, examples=[2_760])]
    reason: Reason = ""


class CostOut(Shown):
    """A sum of the ledger."""

    amount_micros: int
    estimated_micros: int
    lines: int


class CostPartOut(Shown):
    """The part of a sum that belongs to one day, month, provider, kind, client or project."""

    key: str = Field(examples=["2026-11-22"])
    cost: CostOut


class SummaryOut(Shown):
    """A sum of the ledger and its parts."""

    total: CostOut
    parts: list[CostPartOut]
    others: CostOut
    """What the parts beyond the limit cost together."""
    first_day: Day | None
    last_day: Day | None


class NamedCostOut(Shown):
    """The part of a sum that belongs to one client, project, kind or provider."""

    key: str = Field(examples=["replicate"])
    name: str = Field(description="What people call it: a client's or project's name, else the key.")
    cost: CostOut


class NamedCostsOut(Shown):
    """A sum split by one thing: the largest parts, and what the others cost together."""

    parts: list[NamedCostOut]
    others: CostOut


class ProviderDaysOut(Shown):
    """What one provider cost, day by day."""

    provider: str
    cost: CostOut
    days: list[CostPartOut]


class BudgetIn(Given):
    """A limit for the studio or a client in a month, or for a project."""

    scope: BudgetScope
    scope_id: Annotated[str, Field(max_length=36, pattern=r"^[0-9A-Za-z_-]*$", examples=[""])] = Field(
        default="", description="The client's or project's id; empty for the studio."
    )
    month: Month | Literal[""] = Field(default="", description="Empty for a project.")
    limit_micros: Limit
    note: Reason = ""


class BudgetChanges(Given):
    """A new limit, with the reason."""

    limit_micros: Limit
    note: Because


class BudgetOut(Shown):
    """What may be spent, what is spent, what is set aside."""

    id: Id
    scope: BudgetScope
    scope_id: str
    month: str
    limit_micros: int
    booked_micros: int
    reserved_micros: int
    note: str
    updated_at: Time
    revision: Revision


class BudgetsOut(Shown):
    """The budgets of a month, and those of projects."""

    items: list[BudgetOut]


class NamedBudgetOut(BudgetOut):
    """A budget with the name of the client or project that it is for; empty for the studio's."""

    name: str


class MonthOut(Shown):
    """All that a month cost, split in every way, and how far its budgets are."""

    month: str = Field(examples=["2026-11"])
    total: CostOut
    forecast_micros: int | None = Field(
        description="What the whole month will have cost if it goes on as it went; null for another month than the "
        "running one, and in its first two days."
    )
    days_passed: int | None = Field(description="Whole days that the forecast is made of; null without one.")
    by_day: list[ProviderDaysOut] = Field(description="Of the providers that cost most.")
    by_provider: NamedCostsOut
    by_kind: NamedCostsOut
    by_client: NamedCostsOut
    by_project: NamedCostsOut
    budgets: list[NamedBudgetOut]


class DriftOut(Shown):
    """What a model cost, beside what was estimated for it. Refunds do not count."""

    provider: str
    model: str
    month: CostOut
    all_time: CostOut
    month_percent: int | None = Field(description="How much more it cost than estimated; below zero for less.")
    all_time_percent: int | None
    is_worth_a_look: bool = Field(description="Its price no longer tells what it costs.")


class DriftsOut(Shown):
    """Every model that was ever bought; those whose price is worth a look first."""

    items: list[DriftOut]


class QuestionOut(Shown):
    """Something that only a person can answer."""

    id: Id
    paid_call_id: str
    job_id: str
    text: str
    created_at: Time
    answered_at: Time | None
    answer: JsonObject | None


class AnswerIn(Given):
    """What you found at the vendor: the order's id there (adopt), or that there is none (void)."""

    adopt: Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[!-~]+$")] | None = None
    void: bool = False
