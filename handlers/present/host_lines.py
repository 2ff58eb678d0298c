"""What the host's panel says of judges, protests and acts by hand, and its buttons for a speech."""

from handlers.callback_data import pack
from handlers.present.points import amount
from handlers.present.shown import Button
from handlers.texts import N_, Texts, escape
from quizzes.views import ActLine, HostPanel

_ACTS = {
    "voided": N_("question {number} void"),
    "replaced": N_("question {number} replaced"),
    "overruled": N_("question {number} ruled {ruling}"),
    "corrected": N_("{team} {points} by hand"),
    "extended": N_("{seconds} s more"),
    "skipped": N_("{team} skipped"),
    "paused": N_("paused"),
    "resumed": N_("went on"),
}


def bench_lines(view: HostPanel, t: Texts) -> list[str]:
    """Judges who cannot be reached, open protests, the last acts; HTML."""
    lines = []
    if view.unreachable:
        names = t(", ").join(view.unreachable)
        lines.append(t.html("⚠️ I cannot write to the judge {names}: please send me /start in private.", names=names))
    if view.open_protests:
        lines.append(t.html("Open protests: {n}", n=view.open_protests))
    if view.acts:
        lines.append(t.html("By hand:"))
        lines += [_act(act, view.decimals, t) for act in view.acts]
    return lines


def _act(act: ActLine, decimals: int, t: Texts) -> str:
    what = t(
        _ACTS[act.what],
        number=act.number or 0,
        ruling=t("right") if act.right else t("wrong"),
        team=act.team,
        points=amount(act.points, decimals, signed=True),
        seconds=act.seconds,
    )
    local = act.at.astimezone(t.zone)
    who = act.who or t("host or organiser")
    line = t.html("{at} {who}: {what}", at=f"{local:%H:%M}", who=who, what=what)
    return f"{line} · {escape(act.reason)}" if act.reason else line


def stage_rows(view: HostPanel, t: Texts) -> list[tuple[Button, ...]]:
    """The host's buttons for the speaker."""
    id_ = view.contest_id
    skip = Button(t("Skip {team}", team=view.speaker), pack("host", "skip", id_))
    if view.stage == "unscored":
        return [(Button(t("Score again"), pack("host", "rescore", id_)),), (skip,)]
    return [(skip,)]
