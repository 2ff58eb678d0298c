"""Tournaments, their event logs, and the contests that decide their bouts."""

from storage.migrations.plain import downgrade_refused as downgrade
from storage.migrations.plain import sql_beside

revision = "0014"
down_revision = "0013"
upgrade = sql_beside(__file__)

__all__ = ["down_revision", "downgrade", "revision", "upgrade"]
