"""Number the runs of a job.

Jobs that are there are in their first run.
"""

import sqlalchemy as sa
from alembic import op

revision = "5c1d7a40e9b2"
down_revision = "bd7f6e98cb24"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    with op.batch_alter_table("jobs") as jobs:
        jobs.add_column(sa.Column("run", sa.Integer(), server_default="1", nullable=False))
