"""What applying a programme has changed, in words."""

from collections.abc import Sequence

from handlers.present.programme_parts import part_title
from handlers.texts import N_, Texts
from study.programme.applying import Applied
from study.programme.changes import Change
from study.programme.words import Title

_APPLIED = {
    "first": N_("“{title}” is in force. It is the first programme of this database."),
    "changed": N_("“{title}” is in force. What was earned before stays as it is."),
    "same": N_("“{title}” is in force already, exactly like this; nothing was changed."),
}
_KINDS = {"added": N_("new: {what}"), "removed": N_("gone: {what}"), "changed": N_("changed: {what}")}


def applied_lines(title: Title, applied: Applied, found: Sequence[Change], t: Texts) -> list[str]:
    """How it went, then every change under its part; plain lines."""
    lines = [t(_APPLIED[applied], title=title.within(t.language))]
    part = ""
    for change in found if applied == "changed" else ():
        if change.part != part:
            part = change.part
            lines.append(t("{part}:", part=part_title(part, t)))
        lines.append(f"  • {_line(change, t)}")
    return lines


def _line(change: Change, t: Texts) -> str:
    what = change.key
    if change.title is not None:
        what = t("“{title}” ({key})", title=change.title.within(t.language), key=change.key)
    elif change.before is not None or change.after is not None:
        what = t(
            "{key}, from {before} to {after}",
            key=change.key,
            before=_value(change.before, t),
            after=_value(change.after, t),
        )
    return t(_KINDS[change.kind], what=what)


def _value(value: object, t: Texts) -> str:
    if value is None:
        return t("nothing")
    return value.within(t.language) if isinstance(value, Title) else str(value)
