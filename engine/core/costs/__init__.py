"""Costs: prices, quotes, budgets and the ledger.

Core: no HTTP, no vendor, no clock. Called by api.routers.costs, automations.paid_calls and automations.workflows.
Law: micro-euros, whole; an unknown price is refused and never counted as zero; what is booked is never changed.

The way of anything paid: estimate (prices) → quote → accepted by a person, which sets the money aside (budgets) →
paid call → booked (ledger), and what was not needed goes back.
"""
