"""Links in texts: what Telegram takes for an address, and mentions by id."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from sandbox.text.formatted import Entity

_SCHEME = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]*:")


def checked_url(address: str) -> str | None:
    """``address`` as Telegram keeps it, with a scheme and a path; ``None`` if it is no address."""
    address = address.strip()
    if not address or any(character.isspace() for character in address):
        return None
    if not _SCHEME.match(address) or (_SCHEME.match(address.split("/")[0]) and "." in address.split(":")[0]):
        address = f"http://{address}"
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme in {"tg", "ton", "tonsite"}:
        return address
    if parts.scheme not in {"http", "https", "ftp"} or not parts.hostname or parts.hostname.startswith("."):
        return None
    if "." not in parts.hostname and parts.hostname != "localhost" and ":" not in parts.hostname:
        return None
    return address if parts.path or parts.query or parts.fragment else f"{address}/"


def mentioned_user(address: str) -> int | None:
    """Whom ``tg://user?id=…`` names."""
    parts = urlsplit(address) if address.startswith("tg://") else None
    if parts is None or parts.netloc != "user":
        return None
    found = parse_qs(parts.query).get("id", [""])[0]
    return int(found) if found.isdecimal() else None


def link_entity(address: str, offset: int, length: int) -> Entity | None:
    """The entity of a link, or nothing where Telegram silently shows plain text."""
    user = mentioned_user(address)
    if user is not None:
        return Entity("text_mention", offset, length, {"user": {"id": user}})
    url = checked_url(address)
    return Entity("text_link", offset, length, {"url": url}) if url else None
