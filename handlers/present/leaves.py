"""Requests for leave, as askers and deciders see them."""

from handlers.callback_data import pack
from handlers.present.shown import Button, Shown, shows
from handlers.texts import N_, Html, Texts
from study.leave_views import (
    LeaveDecided,
    LeaveFacts,
    LeaveKept,
    LeaveList,
    LeaveOutcome,
    LeaveReasonAsked,
    LeaveRequest,
    LeaveWithdrawn,
)

_STATE = {
    "asked": N_("waiting for an answer"),
    "approved": N_("approved"),
    "declined": N_("declined"),
    "withdrawn": N_("withdrawn"),
}
_LISTED = 10


def _days(leave: LeaveFacts, t: Texts) -> str:
    if leave.first == leave.last:
        return t.date(leave.first)
    return t("{first} to {last}", first=t.date(leave.first), last=t.date(leave.last))


def _off(leave: LeaveFacts, label: str) -> Button:
    return Button(label, pack("leave", "off", leave.id))


@shows(LeaveRequest)
def request(view: LeaveRequest, t: Texts) -> Shown:
    """What is asked for; two buttons until somebody has decided, then the decision."""
    leave = view.leave
    text = t.html(
        "<b>{name}</b> ({unit}) asks for leave.\nDays: {days}\nReason: {reason}",
        name=leave.name,
        unit=leave.unit,
        days=_days(leave, t),
        reason=leave.reason,
    )
    if leave.state == "asked":
        buttons = (
            Button(t("Approve"), pack("leave", "yes", leave.id)),
            Button(t("Decline"), pack("leave", "no", leave.id)),
        )
        return Shown(text, (buttons,))
    return Shown(f"{text}\n\n{_decision(leave, t)}")


def _decision(leave: LeaveFacts, t: Texts) -> Html:
    if leave.state == "withdrawn":
        return Html(t.html("Called off by {name}.", name=leave.decider))
    if leave.state == "approved":
        return Html(t.html("Approved by {name}.", name=leave.decider))
    if leave.answer:
        return Html(t.html("Declined by {name}: {answer}", name=leave.decider, answer=leave.answer))
    return Html(t.html("Declined by {name}.", name=leave.decider))


@shows(LeaveKept)
def kept(view: LeaveKept, t: Texts) -> Shown:
    """For the asker: it is on its way."""
    text = t.html(
        "Your request for leave ({days}) has been passed on. I shall tell you the answer.", days=_days(view.leave, t)
    )
    if not view.asked:
        text = t.html(
            "Your request for leave ({days}) is kept, but nobody can decide on it yet.", days=_days(view.leave, t)
        )
    return Shown(text, ((_off(view.leave, t("Call off")),),))


@shows(LeaveDecided)
def decided(view: LeaveDecided, t: Texts) -> Shown:
    """For the asker: the answer."""
    return Shown(t.html("Your leave ({days}):", days=_days(view.leave, t)) + " " + _decision(view.leave, t))


@shows(LeaveWithdrawn)
def withdrawn(view: LeaveWithdrawn, t: Texts) -> Shown:
    """For whoever had approved it."""
    leave = view.leave
    return Shown(t.html("{name} has called off the approved leave ({days}).", name=leave.name, days=_days(leave, t)))


@shows(LeaveReasonAsked)
def reason_asked(view: LeaveReasonAsked, t: Texts) -> Shown:
    """Why not? With a way out for whoever does not want to say."""
    leave = view.leave
    text = t.html(
        "Please send the reason for declining the leave of {name} ({days}).", name=leave.name, days=_days(leave, t)
    )
    return Shown(text, ((Button(t("Decline without a reason"), pack("leave", "plain", leave.id)),),))


@shows(LeaveOutcome)
def outcome(view: LeaveOutcome, t: Texts) -> Shown:
    """For the decider: it has been passed on."""
    return Shown(t.html("{name} has been told.", name=view.leave.name) + " " + _decision(view.leave, t))


@shows(LeaveList)
def own(view: LeaveList, t: Texts) -> Shown:
    """One's own leave from today on, with a button for each that can be called off; and how to ask for more."""
    lines = [
        t.html(
            "{days} · {state} · {reason}", days=_days(leave, t), state=t(_STATE[leave.state]), reason=leave.reason[:100]
        )
        for leave in view.leaves[:_LISTED]
    ]
    head = t.html("<b>Your leave</b>") if lines else t.html("You have asked for no leave.")
    how = t.html("To ask: /leave 2026-11-25 dentist, or /leave 11-25 to 11-27 business trip")
    buttons = tuple(
        (_off(leave, t("Call off {days}", days=_days(leave, t))),)
        for leave in view.leaves[:_LISTED]
        if leave.id in view.open_ids
    )
    return Shown("\n".join([head, *lines, "", how]), buttons)


def toast(leave: LeaveFacts, t: Texts) -> str:
    """What the press of a button has done; plain words."""
    return t("The leave of {name} is settled: {state}.", name=leave.name[:60], state=t(_STATE[leave.state]))
