"""Bulletins: figures frozen with the rows behind them, texts, approval."""

from storage.migrations.plain import downgrade_refused as downgrade
from storage.migrations.plain import sql_beside

revision = "0023"
down_revision = "0022"
upgrade = sql_beside(__file__)

__all__ = ["down_revision", "downgrade", "revision", "upgrade"]
