"""How a broadcast goes and went, as its sender sees it."""

from collections.abc import Sequence

from handlers.callback_data import pack
from handlers.present.shown import Button, Shown, shows
from handlers.texts import N_, Html, Texts, bold
from study.broadcast_result import Result
from study.broadcast_views import BroadcastDetail, BroadcastList, Line, Named, ProgressCard
from study.content import excerpt

_REFUSED = N_("refused by Telegram")
_REASONS = {
    "blocked": N_("blocked the bot"),
    "never_started": N_("never started the bot"),
    "gone": N_("never started the bot"),
}
_NAME = 24
_BAR = 10


@shows(ProgressCard)
def progress(view: ProgressCard, t: Texts) -> Shown:
    """How far it is, with a button to stop it; at last the result."""
    result = view.result
    stop = not result.is_over and result.state == "sending"
    rows = ((Button(t("Stop sending"), pack("bcs", "stop", result.id)),),) if stop else ()
    if result.is_over and not view.is_reminder:
        rows = ((Button(t("Show details"), pack("bcs", "show", result.id)),),)
    title = bold(t.html(_title(result, is_reminder=view.is_reminder)))
    return Shown("\n".join((title, *_numbers(result, t, acknowledged=not view.is_reminder))), rows)


@shows(BroadcastList)
def listed(view: BroadcastList, t: Texts) -> Shown:
    """One button a broadcast."""
    if not view.lines:
        return Shown(t.html("You have not sent anything yet. /broadcast begins."))
    lines: list[str] = [bold(t.html("What you have sent lately"))]
    lines += [f"{number}. {_line(line, t)}" for number, line in enumerate(view.lines, 1)]
    rows = tuple(
        (Button(f"{number}. {excerpt(line.about, _NAME) or t('a file without words')}", pack("bcs", "show", line.id)),)
        for number, line in enumerate(view.lines, 1)
    )
    return Shown("\n".join(lines), rows)


@shows(BroadcastDetail)
def detail(view: BroadcastDetail, t: Texts) -> Shown:
    """The result with names."""
    result = view.result
    lines = [bold(t.html(_title(result, is_reminder=False))), *_numbers(result, t, acknowledged=True)]
    if result.sent_at is not None:
        lines.append(t.html("Sent: {at}", at=t.moment(result.sent_at)))
    if view.missed:
        lines += ["", bold(t.html("Not reached")), *_people(view.missed, view.missed_count, t)]
    if result.wants_ack and view.silent:
        lines += ["", bold(t.html("Not acknowledged yet")), *_people(view.silent, view.silent_count, t)]
    if view.reminders:
        lines += ["", t.html("Reminders sent: {n}", n=view.reminders)]
    rows: tuple[tuple[Button, ...], ...] = ()
    if result.wants_ack and view.silent_count and result.is_over:
        label = t("Remind those who have not acknowledged ({n})", n=view.silent_count)
        rows = ((Button(label, pack("bcs", "remind", result.id, view.reminders)),),)
    return Shown("\n".join(lines), rows)


def _title(result: Result, *, is_reminder: bool) -> str:
    if not result.is_over:
        return N_("Sending the reminder …") if is_reminder else N_("Sending …")
    if result.state == "stopped":
        return N_("Sending was stopped")
    return N_("The reminder is sent") if is_reminder else N_("The message is sent")


def _numbers(result: Result, t: Texts, *, acknowledged: bool) -> list[str]:
    about = result.about or t("a file without words")
    lines = [t.html("Content: {about}", about=about)]
    if result.private:
        done = result.private - result.waiting
        lines.append(_bar(done, result.private, t) if result.waiting else "")
        lines.append(t.html("Delivered: {n} of {all}", n=result.delivered, all=result.private))
        lines.append(t.html("Blocked the bot: {n}", n=result.blocked))
        lines.append(t.html("Unreachable (never started the bot): {n}", n=result.unreachable))
        lines.append(t.html("No answer from Telegram (may have arrived): {n}", n=result.unknown))
        if result.failed:
            lines.append(t.html("Refused by Telegram: {n}", n=result.failed))
        if result.called_off:
            lines.append(t.html("Called off before sending: {n}", n=result.called_off))
    if result.groups:
        lines.append(t.html("Groups: {n} of {all}", n=result.groups_delivered, all=result.groups))
    if result.unjoined:
        lines.append(t.html("Not joined yet, so not written to: {n}", n=result.unjoined))
    if result.wants_ack and acknowledged:
        lines.append(t.html("Acknowledged: {n} of {all}", n=result.acknowledged, all=result.people))
    return [line for line in lines if line]


def _bar(done: int, everybody: int, t: Texts) -> str:
    full = done * _BAR // everybody
    return Html(f"{'▓' * full}{'░' * (_BAR - full)} {done}/{everybody}")


def _line(line: Line, t: Texts) -> str:
    about = excerpt(line.about, _NAME) or t("a file without words")
    params = {"at": t.moment(line.sent_at), "about": about, "n": line.delivered, "all": line.private}
    text = t.html("{at} · {about} · delivered {n} of {all}", **params)
    if not line.wants_ack:
        return text
    acknowledged = t.html("acknowledged {n} of {all}", n=line.acknowledged, all=line.people)
    return f"{text} · {acknowledged}"


def _people(people: Sequence[Named], count: int, t: Texts) -> list[str]:
    lines = [_person(person, t) for person in people]
    if count > len(people):
        lines.append(t.html("… and {more} more", more=count - len(people)))
    return lines


def _person(person: Named, t: Texts) -> str:
    name, unit = excerpt(person.name, _NAME), excerpt(person.unit, _NAME)
    if not person.error:
        return t.html("{name} ({unit})", name=name, unit=unit)
    reason = t(_REASONS.get(person.error, _REFUSED))
    return t.html("{name} ({unit}): {reason}", name=name, unit=unit, reason=reason)


def reminding(t: Texts, count: int) -> str:
    """The toast of the press that reminds."""
    return t.plural("Reminding one person.", "Reminding {n} people.", count)


def stopped(t: Texts) -> str:
    """The toast of the press that stops."""
    return t("Stopped. What had not gone out yet is not sent.")


def acknowledged(t: Texts, *, first: bool) -> str:
    """The toast of the press that acknowledges."""
    return t("Thank you, that is noted.") if first else t("You have acknowledged it before.")
