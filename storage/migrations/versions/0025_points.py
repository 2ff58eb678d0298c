"""What the ledger adds up to, disputes, points by hand that wait, requests for removal."""

from storage.migrations.plain import downgrade_refused as downgrade
from storage.migrations.plain import sql_beside

revision = "0025"
down_revision = "0024"
upgrade = sql_beside(__file__)

__all__ = ["down_revision", "downgrade", "revision", "upgrade"]
