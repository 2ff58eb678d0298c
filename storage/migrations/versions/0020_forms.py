"""Forms: what is asked of whom about whom, open and anonymous answers, what is to be put right."""

from storage.migrations.plain import downgrade_refused as downgrade
from storage.migrations.plain import sql_beside

revision = "0020"
down_revision = "0019"
upgrade = sql_beside(__file__)

__all__ = ["down_revision", "downgrade", "revision", "upgrade"]
