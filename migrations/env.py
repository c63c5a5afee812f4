"""Alembic's entry point: runs the migrations on the connection that migrations.runner hands over."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import JSON, Connection

from engine.core.database import create_database_engine
from engine.core.models import Base
from engine.core.models.base import UtcTime


def ours(_item: object, name: str | None, kind: str, reflected: bool, compare_to: object) -> bool:
    """The durable engine keeps its own tables beside ours and migrates them itself."""
    return not (kind == "table" and reflected and compare_to is None and name not in Base.metadata.tables)


def in_plain_types(kind: str, item: Any, autogenerate: AutogenContext) -> str | Literal[False]:
    """A migration must not change when our column types do, so it names plain ones."""
    if kind == "type" and isinstance(item, UtcTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, JSON):
        autogenerate.imports.add("from migrations.columns import JSON")
        return "JSON"
    return False


def run(connection: Connection) -> None:
    """Upgrade or compare over one connection, in one transaction."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        include_object=ours,
        render_item=in_plain_types,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given: Connection | None = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:  # `alembic revision --autogenerate` on the command line, against BOM_DATABASE_URL
    engine = create_database_engine(context.config.get_main_option("sqlalchemy.url") or "sqlite:///data/bom.db")
    with engine.connect() as connection:
        run(connection)
