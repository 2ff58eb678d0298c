"""How Telegram counts, written independently of the bot's own arithmetic."""

from dataclasses import dataclass, field


@dataclass
class Gate:
    """A level that fills with time, ``rate`` a second up to ``size``, and that every call lowers by one."""

    size: float
    rate: float
    level: float = field(init=False)
    at: float = 0.0

    def __post_init__(self) -> None:
        self.level = self.size

    def passes(self, at: float) -> bool:
        """Whether a call that arrives at ``at`` is let through."""
        self.level = min(self.size, self.level + (at - self.at) * self.rate)
        self.at = at
        if self.level < 1 - 1e-6:
            return False
        self.level -= 1
        return True
