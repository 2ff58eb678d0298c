"""How a contest's host runs it: the panel, what is asked once more, and what the buttons answer."""

from typing import ClassVar

from handlers.callback_data import pack
from handlers.present.afterwards import host_rows
from handlers.present.host_lines import bench_lines, stage_rows
from handlers.present.shown import Button, Shown, shows
from handlers.texts import N_, Texts, bold, escape
from quizzes.views import (
    HostPanel,
)
from study.views import View


class SureToStop(View):
    """Asks the host once more before a contest is given up."""

    kind: ClassVar[str] = "contest.sure"
    contest_id: int


@shows(HostPanel)
def panel(view: HostPanel, t: Texts) -> Shown:
    """The host's controls."""
    state = {
        "lobby": N_("in the lobby"), "running": N_("under way"), "paused": N_("paused"),
        "finished": N_("finished"), "aborted": N_("called off"),
    }[view.state]  # fmt: skip
    named = bold(t.html("Your contest in {group}", group=view.group))
    heading = f"🎛 {named}" + (f" · {escape(view.bank)}" if view.bank else "")
    where = t.html("Question {number} of {of}, {state}", number=view.number, of=view.of, state=t(state))
    where = "\n".join([where, *bench_lines(view, t)])
    id_ = view.contest_id
    screen = Button(t("Big screen"), pack("screen", "panel", id_))
    if view.state not in ("running", "paused"):
        papers = host_rows(id_, view.state, t)
        return Shown(f"{heading}\n{where}", papers or (((screen,),) if view.state == "lobby" else ()))
    stop = Button(t("Call the contest off"), pack("host", "stop", id_))
    if view.state == "paused":
        return Shown(f"{heading}\n{where}", ((Button(t("Go on"), pack("host", "resume", id_)), screen), (stop,)))
    rows: list[tuple[Button, ...]] = [
        (Button(t("Pause"), pack("host", "pause", id_)), Button(t("Void this question"), pack("host", "void", id_))),
        (screen, stop),
    ]
    if view.can_extend:
        rows.insert(0, (Button(t("10 s more"), pack("host", "extend", id_)),))
    if view.stage:
        rows = [*stage_rows(view, t), *rows[:-2], (Button(t("Pause"), pack("host", "pause", id_)),), (screen, stop)]
    elif view.reserve:
        rows.insert(-1, (Button(t("Replace this question"), pack("host", "replace", id_)),))
    return Shown(f"{heading}\n{where}", tuple(rows))


@shows(SureToStop)
def sure_to_stop(view: SureToStop, t: Texts) -> Shown:
    """Asks once more."""
    return Shown(
        t.html("Call the contest off for good? What was scored stays on record."),
        (
            (Button(t("Yes, call it off"), pack("host", "really", view.contest_id)),),
            (Button(t("No, pause it"), pack("host", "pause", view.contest_id)),),
        ),
    )


def controlled(what: str, t: Texts) -> str:
    """What the host's buttons answer."""
    answers = {
        "start": N_("The contest begins."),
        "pause": N_("Paused."),
        "resume": N_("It goes on."),
        "stop": N_("Called off."),
        "replace": N_("Replaced."),
        "void": N_("Declared void."),
        "extend": N_("10 s more."),
        "skip": N_("Skipped."),
        "rescore": N_("The judges score again."),
    }
    return t(answers[what])
