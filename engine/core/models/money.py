"""Money: what things cost, what may be spent, what was asked, and every line that was booked.

Rules: engine.core.costs. Paid calls: automations.paid_calls.
Law: amounts are integers, millionths of a euro (or of the currency that the name says); a ledger line is never changed,
a refund is a line of its own below zero.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.core.models.base import (
    Base,
    Created,
    Document,
    Id,
    Identified,
    JsonColumn,
    JsonList,
    JsonObject,
    Micros,
    Prose,
    Revised,
    one_of,
)


class QuoteStatus(StrEnum):
    """What became of a quote. An expired one is an open one whose time is over."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    SETTLED = "settled"
    """All that it paid for is booked and what was left is released."""


class BudgetScope(StrEnum):
    """What a budget limits."""

    STUDIO_MONTH = "studio_month"
    CLIENT_MONTH = "client_month"
    PROJECT = "project"


class UsageKind(StrEnum):
    """What was bought."""

    IMAGE = "image"
    VOICE = "voice"
    AVATAR = "avatar"
    TEXT = "text"
    OTHER = "other"


class PaidCallState(StrEnum):
    """How far a paid call is; the moves are in automations.paid_calls."""

    SENDING = "sending"
    """The intent is committed; the request may or may not have left."""
    ACCEPTED = "accepted"
    """The vendor has it and its job id is kept."""
    DONE = "done"
    """The result is stored and the cost is booked."""
    FAILED = "failed"
    """The vendor ended it without a result."""
    VOID = "void"
    """Proven never to have landed: it may be sent again."""
    UNKNOWN = "unknown"
    """The answer is lost and the vendor cannot tell: a person has to say."""


class Price(Identified, Created, Base):
    """What a vendor asks for one unit, from a moment on. Rows are added, never changed."""

    __tablename__ = "prices"

    provider: Mapped[str] = mapped_column(String(40))
    model: Mapped[str] = mapped_column(String(120))
    unit: Mapped[str] = mapped_column(String(40))
    """image, second, 1000_characters …"""
    amount_micros: Mapped[Micros]
    """Millionths of `currency`, for one unit."""
    currency: Mapped[str] = mapped_column(String(3))
    valid_from: Mapped[datetime]
    source: Mapped[Prose] = mapped_column(default="")
    """Where the figure was read, and when."""

    __table_args__ = (
        UniqueConstraint("provider", "model", "unit", "valid_from"),
        CheckConstraint("amount_micros >= 0", name="not_negative"),
    )


class ExchangeRate(Identified, Created, Base):
    """How many micro-euros one whole unit of a currency is worth, from a moment on."""

    __tablename__ = "exchange_rates"

    currency: Mapped[str] = mapped_column(String(3))
    micro_euros: Mapped[Micros]
    valid_from: Mapped[datetime]
    source: Mapped[Prose] = mapped_column(default="")

    __table_args__ = (UniqueConstraint("currency", "valid_from"), CheckConstraint("micro_euros > 0", name="above_zero"))


class Quote(Identified, Created, Revised, Base):
    """A price that waits for a person's yes. Nothing is bought without an accepted one."""

    __tablename__ = "quotes"

    client_id: Mapped[Id] = mapped_column(ForeignKey("clients.id"))
    project_id: Mapped[Id] = mapped_column(ForeignKey("projects.id"))
    video_id: Mapped[Id] = mapped_column(ForeignKey("videos.id"))
    kind: Mapped[UsageKind] = mapped_column(one_of(UsageKind))
    status: Mapped[QuoteStatus] = mapped_column(one_of(QuoteStatus), default=QuoteStatus.OPEN)
    lines: Mapped[JsonList]
    """engine.core.costs.quotes.QuoteLine: what, how many, at which price row, for which scene."""
    total_micros: Mapped[Micros]
    expires_at: Mapped[datetime]
    accepted_by_staff_id: Mapped[Id | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    accepted_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]

    __table_args__ = (
        Index(None, "video_id", "created_at", "id"),
        Index(None, "status", "created_at", "id"),
        CheckConstraint("total_micros >= 0", name="not_negative"),
    )


class Budget(Identified, Created, Revised, Base):
    """What may be spent for a client or the whole studio in a month, or for a project in all."""

    __tablename__ = "budgets"

    scope: Mapped[BudgetScope] = mapped_column(one_of(BudgetScope))
    scope_id: Mapped[str] = mapped_column(String(36), default="")
    """The client's or project's id; empty for the studio."""
    month: Mapped[str] = mapped_column(String(7), default="")
    """YYYY-MM in the studio's zone; empty for a project."""
    limit_micros: Mapped[Micros]
    booked_micros: Mapped[Micros] = mapped_column(default=0)
    reserved_micros: Mapped[Micros] = mapped_column(default=0)
    note: Mapped[Prose] = mapped_column(default="")
    """Why the owner set or lifted it."""

    __table_args__ = (
        UniqueConstraint("scope", "scope_id", "month"),
        CheckConstraint("limit_micros >= 0", name="limit_not_negative"),
        CheckConstraint("reserved_micros >= 0", name="reserved_not_negative"),
    )


class Reservation(Identified, Created, Base):
    """Money that an accepted quote set aside in one budget; what is booked or not needed goes out of it."""

    __tablename__ = "reservations"

    quote_id: Mapped[Id] = mapped_column(ForeignKey("quotes.id"))
    budget_id: Mapped[Id] = mapped_column(ForeignKey("budgets.id"))
    amount_micros: Mapped[Micros]
    left_micros: Mapped[Micros]

    __table_args__ = (
        UniqueConstraint("quote_id", "budget_id"),
        Index(None, "budget_id"),
        CheckConstraint("left_micros >= 0", name="left_not_negative"),
    )


class PaidCall(Created, Base):
    """One thing that is bought once. Its row is committed before the request leaves."""

    __tablename__ = "paid_calls"

    id: Mapped[str] = mapped_column(String(120), primary_key=True)
    """Says what is bought, as in `<quote>:<scene>`, so that asking again finds this row and not the vendor."""
    quote_id: Mapped[Id] = mapped_column(ForeignKey("quotes.id"))
    scene_id: Mapped[Id | None] = mapped_column(ForeignKey("scenes.id", ondelete="SET NULL"))
    provider: Mapped[str] = mapped_column(String(40))
    model: Mapped[str] = mapped_column(String(120))
    request: Mapped[Document]
    request_sha256: Mapped[str] = mapped_column(String(64))
    state: Mapped[PaidCallState] = mapped_column(one_of(PaidCallState))
    attempt: Mapped[int] = mapped_column(default=1)
    sent_at: Mapped[datetime]
    vendor_job_id: Mapped[str | None] = mapped_column(String(200))
    result: Mapped[JsonObject | None] = mapped_column(JsonColumn)
    problem: Mapped[Prose] = mapped_column(default="")
    finished_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("provider", "vendor_job_id"),
        Index(None, "state", "sent_at"),
        Index(None, "quote_id"),
    )


class Question(Identified, Created, Base):
    """Something that only a person can answer, such as: did this paid call reach the vendor?"""

    __tablename__ = "questions"

    paid_call_id: Mapped[str] = mapped_column(ForeignKey("paid_calls.id"))
    job_id: Mapped[str] = mapped_column(String(120))
    attempt: Mapped[int]
    text: Mapped[Prose]
    answered_at: Mapped[datetime | None]
    answered_by_staff_id: Mapped[Id | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    answer: Mapped[JsonObject | None] = mapped_column(JsonColumn)
    """{"adopt": vendor job id} or {"void": true}."""

    __table_args__ = (UniqueConstraint("paid_call_id", "attempt"), Index(None, "answered_at", "created_at", "id"))


class ApiUsage(Identified, Base):
    """A line of the ledger: one thing bought, or one refund."""

    __tablename__ = "api_usage"

    at: Mapped[datetime]
    client_id: Mapped[Id] = mapped_column(ForeignKey("clients.id"))
    project_id: Mapped[Id] = mapped_column(ForeignKey("projects.id"))
    video_id: Mapped[Id | None] = mapped_column(ForeignKey("videos.id"))
    kind: Mapped[UsageKind] = mapped_column(one_of(UsageKind))
    provider: Mapped[str] = mapped_column(String(40))
    model: Mapped[str] = mapped_column(String(120))
    unit: Mapped[str] = mapped_column(String(40))
    quantity: Mapped[int]
    amount_micros: Mapped[Micros]
    """Micro-euros; below zero for a refund."""
    estimated_micros: Mapped[Micros]
    """What the quote said of it, for the drift between estimate and actual."""
    price_id: Mapped[Id | None] = mapped_column(ForeignKey("prices.id"))
    exchange_rate_id: Mapped[Id | None] = mapped_column(ForeignKey("exchange_rates.id"))
    quote_id: Mapped[Id | None] = mapped_column(ForeignKey("quotes.id"))
    paid_call_id: Mapped[str | None] = mapped_column(ForeignKey("paid_calls.id"), unique=True)
    """One call is booked once; a refund names the line that it takes back and no call."""
    refunds_usage_id: Mapped[Id | None] = mapped_column(ForeignKey("api_usage.id"), unique=True)
    reason: Mapped[Prose] = mapped_column(default="")

    __table_args__ = (
        Index(None, "at", "id"),
        Index(None, "client_id", "at", "id"),
        Index(None, "project_id", "at", "id"),
        Index(None, "provider", "at", "id"),
        Index(None, "kind", "at", "id"),
        Index(None, "provider", "kind", "at", "id"),
    )


class UsageSpan(StrEnum):
    """How long a time a total of the ledger is about."""

    DAY = "day"
    MONTH = "month"


class _Sums:
    """What every total of the ledger sums."""

    amount_micros: Mapped[Micros]
    estimated_micros: Mapped[Micros]
    lines: Mapped[int]


class _Spanned(_Sums):
    """A total of a day or a month. SQLite keeps its rows in the order of the key, so that a time is read in one go."""

    __table_args__: tuple[object, ...] = ({"sqlite_with_rowid": False},)

    span: Mapped[UsageSpan] = mapped_column(one_of(UsageSpan), primary_key=True, sort_order=-3)
    starts_on: Mapped[date] = mapped_column(primary_key=True, sort_order=-1)
    """Its first day, in the studio's zone."""


class UsageTotal(_Spanned, Base):
    """The ledger's sums at their finest: what one project spent, or what each spent at one provider.

    All four totals are written with each line, in its transaction; engine.core.costs.totals can rebuild them.
    """

    __tablename__ = "usage_totals"

    provider: Mapped[str] = mapped_column(String(40), primary_key=True, sort_order=-2)
    """Before the day in the key: the whole studio's projects are asked for at one provider only."""
    kind: Mapped[UsageKind] = mapped_column(one_of(UsageKind), primary_key=True)
    project_id: Mapped[Id] = mapped_column(ForeignKey("projects.id"), primary_key=True)
    client_id: Mapped[Id] = mapped_column(ForeignKey("clients.id"))

    __table_args__ = (Index(None, "project_id", "span", "starts_on"), {"sqlite_with_rowid": False})


class UsageProjectTotal(_Spanned, Base):
    """The same for each project, whatever it was spent on."""

    __tablename__ = "usage_project_totals"

    project_id: Mapped[Id] = mapped_column(ForeignKey("projects.id"), primary_key=True)
    client_id: Mapped[Id] = mapped_column(ForeignKey("clients.id"))


class UsageClientTotal(_Spanned, Base):
    """The same for each client, by provider and kind."""

    __tablename__ = "usage_client_totals"

    client_id: Mapped[Id] = mapped_column(ForeignKey("clients.id"), primary_key=True)
    provider: Mapped[str] = mapped_column(String(40), primary_key=True)
    kind: Mapped[UsageKind] = mapped_column(one_of(UsageKind), primary_key=True)

    __table_args__ = (Index(None, "client_id", "span", "starts_on"), {"sqlite_with_rowid": False})


class UsageStudioTotal(_Spanned, Base):
    """The same for the whole studio, by provider and kind."""

    __tablename__ = "usage_studio_totals"

    provider: Mapped[str] = mapped_column(String(40), primary_key=True)
    kind: Mapped[UsageKind] = mapped_column(one_of(UsageKind), primary_key=True)


class UsageModelTotal(_Sums, Base):
    """What was bought of each model in a month, without refunds: whether its price still tells what it costs."""

    __tablename__ = "usage_model_totals"

    provider: Mapped[str] = mapped_column(String(40), primary_key=True, sort_order=-3)
    model: Mapped[str] = mapped_column(String(120), primary_key=True, sort_order=-2)
    starts_on: Mapped[date] = mapped_column(primary_key=True, sort_order=-1)
    """The first day of the month, in the studio's zone."""

    __table_args__ = ({"sqlite_with_rowid": False},)
