"""Costs: the ledger and its sums, months and drift, prices, exchange rates and budgets."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response
from starlette.responses import StreamingResponse

from api.csv_answers import csv_answer, csv_response
from api.deps import (
    DbSession,
    Idempotency,
    IfMatch,
    Now,
    PageQuery,
    ReadSession,
    SignedInOwner,
    SignedInStaff,
    TheStudio,
    etag,
    sorted_by,
)
from api.openapi import problems
from api.routes import StudioRoute
from api.schemas.costs import (
    BudgetChanges,
    BudgetIn,
    BudgetOut,
    BudgetsOut,
    CostPartOut,
    DriftOut,
    DriftsOut,
    LedgerSort,
    Month,
    MonthOut,
    PriceIn,
    PriceOut,
    PricesOut,
    RateIn,
    RateOut,
    RatesOut,
    RefundIn,
    SplitBy,
    SummaryOut,
    UsageKind,
    UsageListed,
    UsageOut,
)
from api.schemas.fields import Day, Moment, PageOf
from api.services.ledger_table import ledger_csv
from api.services.shown_costs import as_listed_lines, as_month
from api.services.spreadsheets import Language
from engine.core import audit, models
from engine.core.costs import budgets, drift, ledger, prices, totals
from engine.core.costs.budgets import STUDIO_ZONE
from engine.core.costs.ledger import Filters
from engine.core.errors import Invalid
from engine.core.models import BudgetScope

router = APIRouter(prefix="/costs", tags=["costs"], route_class=StudioRoute)

ProviderFilter = Annotated[str | None, Query(max_length=40, pattern=r"^[a-z0-9_.-]*$")]
IdFilter = Annotated[str | None, Query(max_length=36, pattern=r"^[0-9A-Za-z_-]*$")]


def ledger_filters(
    client_id: IdFilter = None,
    project_id: IdFilter = None,
    provider: ProviderFilter = None,
    kind: UsageKind | None = None,
    since: Annotated[Moment | None, Query(description="From this moment on.")] = None,
    until: Annotated[Moment | None, Query(description="Before this moment.")] = None,
) -> Filters:
    """Which lines of the ledger are wanted."""
    given: Filters = {}
    if client_id is not None:
        given["client_id"] = client_id
    if project_id is not None:
        given["project_id"] = project_id
    if provider is not None:
        given["provider"] = provider
    if kind is not None:
        given["kind"] = models.UsageKind(kind)
    if since is not None:
        given["since"] = since
    if until is not None:
        given["until"] = until
    return given


LedgerFilters = Annotated[Filters, Depends(ledger_filters)]


@router.get("/ledger", summary="The ledger")
def list_ledger_lines(
    session: ReadSession, wish: PageQuery, filters: LedgerFilters, sort: LedgerSort = "-at"
) -> PageOf[UsageListed]:
    """One line for each thing bought and each refund, filtered, each with the names by which people know it."""
    page = ledger.list_usage(session, sorted_by(wish, sort), **filters)
    return PageOf(items=as_listed_lines(session, page.items), next_cursor=page.next_cursor)


@router.get(
    "/ledger.csv", summary="The ledger for a spreadsheet", response_class=StreamingResponse, responses=csv_answer()
)
def fetch_ledger(studio: TheStudio, me: SignedInStaff, filters: LedgerFilters, now: Now) -> StreamingResponse:
    """The lines that the filters let through, the newest first, in the caller's language. Made while it is fetched."""
    language: Language = "nl" if me.staff.language == "nl" else "en"
    name = f"{'kosten' if language == 'nl' else 'costs'} {now.astimezone(STUDIO_ZONE):%Y-%m-%d}.csv"
    return csv_response(ledger_csv(studio.database, filters, language), name)


@router.get("/months/{month}", summary="What a month cost")
def get_month(month: Annotated[Month, Path()], session: ReadSession, now: Now) -> MonthOut:
    """Its sums, split by day, provider, kind, client and project; a forecast; and how far its budgets are."""
    return as_month(session, month, now.astimezone(STUDIO_ZONE).date())


@router.get("/drift", summary="Estimate against actual")
def list_drift(session: ReadSession, now: Now) -> DriftsOut:
    """By model, this month and for all time: which prices no longer tell what a thing costs."""
    found = drift.drift_by_model(session, budgets.month_of(now))
    return DriftsOut(items=[DriftOut.model_validate(one) for one in found])


@router.post(
    "/ledger/{usage_id}/refunds",
    status_code=201,
    summary="Book a refund",
    dependencies=[Idempotency],
    responses=problems(409),
)
def refund(usage_id: str, body: RefundIn, session: DbSession, me: SignedInOwner, now: Now) -> UsageOut:
    """A line of its own below zero; a line is refunded once (409 `refunded_already`)."""
    line = ledger.refund(session, usage_id, amount_micros=body.amount_micros, reason=body.reason, by=me.actor, at=now)
    audit.record(
        session,
        "refund_booked",
        by=me.actor,
        subject=("ledger_line", usage_id),
        at=now,
        amount_micros=body.amount_micros,
    )
    return UsageOut.model_validate(line)


@router.get("/summary", summary="What was spent")
def get_summary(
    session: ReadSession,
    by: SplitBy = "day",
    first_day: Annotated[Day | None, Query(description="In the studio's zone, included.")] = None,
    last_day: Annotated[Day | None, Query(description="Included.")] = None,
    client_id: IdFilter = None,
    project_id: IdFilter = None,
    provider: ProviderFilter = None,
    kind: UsageKind | None = None,
    limit: Annotated[
        int, Query(ge=1, le=500, description="So many parts at most; those beyond are `others`. Not for times.")
    ] = 100,
) -> SummaryOut:
    """A sum and its parts: the largest first, days and months in their order."""
    if first_day and last_day and first_day > last_day:
        raise Invalid("The first day lies after the last one.", field="query.first_day")
    parts = totals.cost_parts(
        session,
        by,
        first_day=first_day,
        last_day=last_day,
        client_id=client_id,
        project_id=project_id,
        provider=provider,
        kind=models.UsageKind(kind) if kind is not None else None,
    )
    shown = len(parts) if by in {"day", "month"} else limit
    return SummaryOut.model_validate(
        {
            "total": totals.whole(parts),
            "parts": [CostPartOut.model_validate(part) for part in parts[:shown]],
            "others": totals.whole(parts[shown:]),
            "first_day": first_day,
            "last_day": last_day,
        }
    )


@router.get("/prices", summary="Prices")
def list_prices(session: ReadSession) -> PricesOut:
    """Every price there ever was, the newest of each thing first."""
    return PricesOut(items=[PriceOut.model_validate(price) for price in prices.all_prices(session)])


@router.post("/prices", status_code=201, summary="Add a price", dependencies=[Idempotency], responses=problems(409))
def add_price(body: PriceIn, session: DbSession, me: SignedInOwner, now: Now) -> PriceOut:
    """Prices are added, never changed: what was booked keeps the price that it was booked with."""
    price = prices.add_price(session, at=now, **body.model_dump())
    audit.record(session, "price_added", by=me.actor, subject=("price", price.id), at=now)
    return PriceOut.model_validate(price)


@router.get("/exchange-rates", summary="Exchange rates")
def list_exchange_rates(session: ReadSession) -> RatesOut:
    """Every rate there ever was, the newest of each currency first."""
    return RatesOut(items=[RateOut.model_validate(rate) for rate in prices.all_rates(session)])


@router.post(
    "/exchange-rates",
    status_code=201,
    summary="Add an exchange rate",
    dependencies=[Idempotency],
    responses=problems(409),
)
def add_exchange_rate(body: RateIn, session: DbSession, me: SignedInOwner, now: Now) -> RateOut:
    """Rates are added, never changed."""
    rate = prices.add_rate(session, at=now, **body.model_dump())
    audit.record(session, "exchange_rate_added", by=me.actor, subject=("exchange_rate", rate.id), at=now)
    return RateOut.model_validate(rate)


@router.get("/budgets", summary="Budgets")
def list_budgets(session: ReadSession, _me: SignedInStaff, now: Now, month: Month | None = None) -> BudgetsOut:
    """Those of a month (this one, where it is absent) and those of projects."""
    rows = budgets.all_budgets(session, month or budgets.month_of(now))
    return BudgetsOut(items=[BudgetOut.model_validate(row) for row in rows])


@router.post(
    "/budgets", status_code=201, summary="Set a budget", dependencies=[Idempotency], responses=problems(404, 409)
)
def set_budget(body: BudgetIn, response: Response, session: DbSession, me: SignedInOwner, now: Now) -> BudgetOut:
    """What was spent before it counts. There is one for each scope and month: 409 `budget_exists`."""
    budget = budgets.set_budget(
        session,
        scope=BudgetScope(body.scope),
        scope_id=body.scope_id,
        month=body.month,
        limit_micros=body.limit_micros,
        note=body.note,
        at=now,
    )
    audit.record(
        session, "budget_set", by=me.actor, subject=("budget", budget.id), at=now, limit_micros=body.limit_micros
    )
    response.headers["ETag"] = etag(budget.revision)
    return BudgetOut.model_validate(budget)


@router.get("/budgets/{budget_id}", summary="One budget")
def get_budget(budget_id: str, response: Response, session: ReadSession) -> BudgetOut:
    """What may be spent, what is spent, what is set aside."""
    budget = budgets.get_budget(session, budget_id)
    response.headers["ETag"] = etag(budget.revision)
    return BudgetOut.model_validate(budget)


@router.patch("/budgets/{budget_id}", summary="Change a budget")
def change_budget(
    budget_id: str,
    body: BudgetChanges,
    response: Response,
    session: DbSession,
    me: SignedInOwner,
    revision: IfMatch,
    now: Now,
) -> BudgetOut:
    """With the reason. A limit below what is spent means that nothing more is bought."""
    before_micros = budgets.get_budget(session, budget_id).limit_micros
    budget = budgets.change_limit(session, budget_id, revision, limit_micros=body.limit_micros, note=body.note, at=now)
    audit.record(
        session,
        "budget_lifted" if budget.limit_micros > before_micros else "budget_lowered",
        by=me.actor,
        subject=("budget", budget.id),
        at=now,
        from_micros=before_micros,
        limit_micros=budget.limit_micros,
        reason=budget.note,
    )
    response.headers["ETag"] = etag(budget.revision)
    return BudgetOut.model_validate(budget)
