"""The choice of an audience as buttons: what is chosen has a tick, a row without ticks means no limit."""

from collections.abc import Callable, Iterable, Sequence

from handlers.present.shown import Button, in_rows
from handlers.texts import N_, Texts
from study.access import Role
from study.audience import Audience
from study.audience_choices import tag
from study.content import excerpt

ROLES = {
    Role.MEMBER: N_("Members"),
    Role.ORGANISER: N_("Organisers"),
    Role.JUDGE: N_("Judges"),
    Role.OBSERVER: N_("Observers"),
    Role.ADMIN: N_("Admins"),
}
_LEVELS = 20
_LABEL = 24

Rows = tuple[tuple[Button, ...], ...]


def level_rows(levels: Sequence[str], audience: Audience, data: Callable[[int], str]) -> Rows:
    """The levels of the roster, by three."""
    return _by_threes(
        ticked(excerpt(level, _LABEL), level in audience.levels, data(tag(level))) for level in levels[:_LEVELS]
    )


def role_rows(audience: Audience, t: Texts, data: Callable[[str], str]) -> Rows:
    """The roles, by three."""
    return _by_threes(ticked(t(label), role in audience.roles, data(role.value)) for role, label in ROLES.items())


def ticked(label: str, chosen: bool, data: str) -> Button:
    """A choice, with a tick if it is chosen."""
    return Button(f"✓ {label}" if chosen else label, data)


def _by_threes(buttons: Iterable[Button]) -> Rows:
    every = tuple(buttons)
    return in_rows(every, 3)
