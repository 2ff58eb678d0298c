"""Items that people take on, and ideas."""

from storage.migrations.plain import downgrade_refused as downgrade
from storage.migrations.plain import sql_beside

revision = "0022"
down_revision = "0021"
upgrade = sql_beside(__file__)

__all__ = ["down_revision", "downgrade", "revision", "upgrade"]
