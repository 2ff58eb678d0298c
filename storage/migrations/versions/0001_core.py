"""What every update and every message passes through: inbox, outbox, alarms, conversations, groups, users."""

from storage.migrations.plain import downgrade_refused as downgrade
from storage.migrations.plain import sql_beside

revision = "0001"
down_revision = None
upgrade = sql_beside(__file__)

__all__ = ["down_revision", "downgrade", "revision", "upgrade"]
