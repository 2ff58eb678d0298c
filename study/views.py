"""What use cases show: views are data without words, kept in the outbox until they are delivered."""

from storage import Rank, View

__all__ = ["Rank", "View"]
