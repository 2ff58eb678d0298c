"""What roles and accounts are called."""

from handlers.texts import N_, Texts
from study.access import Role

ROLE_NAMES = {
    Role.MEMBER: N_("member"),
    Role.ORGANISER: N_("organiser"),
    Role.JUDGE: N_("judge"),
    Role.OBSERVER: N_("observer"),
    Role.ADMIN: N_("admin"),
}


def role_name(role: Role, t: Texts) -> str:
    """The role of one person, as the roster writes it."""
    return t(ROLE_NAMES[role])


def account_name(account: str, username: str | None) -> str:
    """A Telegram account as people recognise it."""
    return f"{account} (@{username})" if username else account
