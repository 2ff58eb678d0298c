"""A request to join, as those see it who decide."""

from handlers.callback_data import pack
from handlers.present.pages import short
from handlers.present.roles import account_name
from handlers.present.shown import Button, Shown, shows
from handlers.texts import N_, Texts
from study.join_views import Candidate, RequestCard, RequestsNone

_ENDED = {
    "approved": N_("Approved by {decider}, code {code}."),
    "refused": N_("Refused by {decider}."),
    "settled": N_("Settled: joined with the code {code}."),
}


@shows(RequestCard)
def card(view: RequestCard, t: Texts) -> Shown:
    """Who asks for what; what the roster says about it; how it ended."""
    parts = [
        t.html(
            "<b>{name}</b> asks to join {unit}.\nTelegram: {account}",
            name=view.name,
            unit=view.unit,
            account=account_name(view.account, view.username),
        )
    ]
    if view.state != "open":
        parts.append(t.html(_ENDED[view.state], decider=view.decider, code=view.code))
        return Shown("\n\n".join(parts))
    refuse = Button(t("Refuse"), pack("joinreq", "no", view.request_id))
    anew = Button(t("Approve as somebody new"), pack("joinreq", "new", view.request_id))
    if view.choosing:
        parts.append(t.html("Several entries of the roster have this name. Which one is it?"))
        rows = [(_entry(view.request_id, one),) for one in view.candidates]
        return Shown("\n\n".join(parts), (*rows, (anew,), (refuse,)))
    approve = Button(t("Approve"), pack("joinreq", "ok", view.request_id))
    if not view.candidates:
        return Shown("\n\n".join(parts), ((approve, refuse),))
    codes = t(", ").join(one.code for one in view.candidates)
    parts.append(
        t.html(
            "The roster of this unit has this name without an account ({codes}). Approving ties them together.",
            codes=codes,
        )
    )
    return Shown("\n\n".join(parts), ((approve, refuse), (anew,)))


@shows(RequestsNone)
def none(view: RequestsNone, t: Texts) -> Shown:
    """Nothing waits."""
    return Shown(t.html("No request to join waits in your units."))


def approved(t: Texts) -> str:
    """What whoever approved reads at the top of the screen."""
    return t("Approved.")


def refused(t: Texts) -> str:
    """What whoever refused reads at the top of the screen."""
    return t("Refused.")


def which(t: Texts) -> str:
    """Several entries fit."""
    return t("Which entry of the roster is it?")


def _entry(request_id: int, one: Candidate) -> Button:
    return Button(f"{short(one.name)} ({one.code})", pack("joinreq", "as", request_id, one.id))
