"""A piece of a view."""

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """A piece of a view."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
