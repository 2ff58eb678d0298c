"""Seasons, and the ledger of points entered by hand."""

from storage.migrations.plain import downgrade_refused as downgrade
from storage.migrations.plain import sql_beside

revision = "0015"
down_revision = "0014"
upgrade = sql_beside(__file__)

__all__ = ["down_revision", "downgrade", "revision", "upgrade"]
