"""What the emulated Replicate accepted, charged and answered for: a file that outlives the processes that use it."""

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pydantic import JsonValue as Json

_TABLES = """
create table if not exists accepted (
    id text primary key, model text, input text, webhook text, created_at text, status text,
    data_removed integer not null default 0);
create table if not exists violation (told text);
"""


@dataclass(frozen=True)
class Order:
    """An order that was accepted, and so charged."""

    id: str
    model: str
    input: dict[str, Json]
    webhook: str | None
    created_at: datetime
    status: str
    """What it ends as."""
    is_data_removed: bool = field(default=False)


class Ledger:
    """Orders in the order of their arrival. Each call opens the file anew: any thread or process may ask."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with closing(self._open()) as db:
            db.execute("pragma journal_mode=wal")
            db.executescript(_TABLES)

    def accept(self, order: Order) -> None:
        """Charge it."""
        row = (order.id, order.model, json.dumps(order.input), order.webhook, order.created_at.isoformat())
        with closing(self._open()) as db:
            db.execute("insert into accepted values (?, ?, ?, ?, ?, ?, 0)", (*row, order.status))

    def orders(self, since: datetime | None = None) -> list[Order]:
        """All of them, or those that arrived at or after a time; oldest first."""
        with closing(self._open()) as db:
            rows = db.execute("select * from accepted order by rowid").fetchall()
        found = [
            Order(row[0], row[1], json.loads(row[2]), row[3], datetime.fromisoformat(row[4]), row[5], bool(row[6]))
            for row in rows
        ]
        return [order for order in found if since is None or order.created_at >= since]

    def order(self, order_id: str) -> Order | None:
        """One of them."""
        return next((order for order in self.orders() if order.id == order_id), None)

    def charges(self) -> int:
        """How often money was taken."""
        return len(self.orders())

    def finish(self, order_id: str, status: str) -> None:
        """Let a slow order end."""
        with closing(self._open()) as db:
            db.execute("update accepted set status = ? where id = ?", (status, order_id))

    def delete_data(self) -> None:
        """An hour goes by: inputs and outputs of all orders are deleted."""
        with closing(self._open()) as db:
            db.execute("update accepted set data_removed = 1")

    def keep_violation(self, told: str) -> None:
        """Something was sent or answered that the contract does not allow."""
        with closing(self._open()) as db:
            db.execute("insert into violation values (?)", (told,))

    def violations(self) -> list[str]:
        """All of those."""
        with closing(self._open()) as db:
            return [str(told) for (told,) in db.execute("select told from violation")]

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path, isolation_level=None, timeout=30)
