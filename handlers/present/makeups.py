"""Make-up lessons, as those who make up and those who sign off see them."""

from handlers.callback_data import pack
from handlers.present.posed import KINDS, option_buttons, question
from handlers.present.rollcall import head
from handlers.present.shown import Button, Shown, cut, shows
from handlers.texts import N_, Texts, bold, escape, italic
from study.makeup_views import (
    MakeUpCard,
    MakeUpDecided,
    MakeUpExtended,
    MakeUpLine,
    MakeUpList,
    MakeUpOpened,
    MakeUpQuestion,
    MakeUpRequest,
    MakeUpTested,
    MakeUpWhyNot,
)

ERRORS = {
    "makeup_not_yet": N_("Please study the material first, then press the button that says so."),
    "makeup_done": N_("There is nothing to be done about this make-up any more."),
    "makeup_too_late": N_("The time for this make-up is over. Please ask an organiser for more."),
    "makeup_own": N_("You cannot sign your own make-up off."),
}
_STAGE = {
    "reading": N_("material to be studied"),
    "testing": N_("test to be taken"),
    "waiting": N_("waiting for the signature"),
    "cleared": N_("made up"),
    "over": N_("overdue"),
}


@shows(MakeUpOpened)
def opened(view: MakeUpOpened, t: Texts) -> Shown:
    """For the person, once."""
    lines = [
        t.html("You missed this session. Please make up for it by {due}:", due=t.moment(view.due_at)),
        head(view.session, t),
    ]
    return Shown("\n".join(lines), ((Button(t("Make up"), pack("mk", "open", view.id)),),))


@shows(MakeUpList)
def listed(view: MakeUpList, t: Texts) -> Shown:
    """One's own; then what waits for a signature, and what is overdue."""
    lines: list[str] = [bold(t.html("Make-up lessons"))]
    rows = []
    if not view.own:
        lines.append(t.html("You have nothing to make up for."))
    for one in view.own:
        lines.append(_line(one, t))
        if one.stage in ("reading", "testing"):
            rows.append((Button(cut(t("Make up: {title}", title=one.session.title), 48), pack("mk", "open", one.id)),))
    if view.signs:
        lines += [
            "",
            t.html("In your units: {n} not done, {m} waiting for you", n=view.open_count, m=len(view.waiting)),
        ]
        for one in view.waiting:
            label = t("Sign off: {name}, {title}", name=one.name, title=one.session.title)
            rows.append((Button(cut(label, 48), pack("mk", "open", one.id)),))
        for one in view.overdue:
            lines.append(t.html("Overdue: {name}, {title}", name=one.name, title=one.session.title))
            label = t("7 more days: {name}, {title}", name=one.name, title=one.session.title)
            rows.append((Button(cut(label, 48), pack("mk", "more", one.id)),))
    return Shown("\n".join(lines), tuple(rows))


def _line(one: MakeUpLine, t: Texts) -> str:
    return t.html(
        "· {title} ({at}): {stage}, by {due}",
        title=one.session.title,
        at=t.moment(one.session.starts_at),
        stage=t(_STAGE[one.stage]),
        due=t.moment(one.due_at),
    )


@shows(MakeUpCard)
def card(view: MakeUpCard, t: Texts) -> Shown:
    """What to study, then the test; afterwards how it stands."""
    lines = [bold(t.html("Make-up lesson")), head(view.session, t)]
    if view.reason and view.stage in ("reading", "testing"):
        lines.append(t.html("Sent back: {reason}", reason=view.reason))
    untested = view.stage == "testing" and not view.questions
    stage = t("to be handed in") if untested else t(_STAGE[view.stage])
    lines.append(t.html("To be done by {due} · {stage}", due=t.moment(view.due_at), stage=stage))
    if view.stage in ("waiting", "cleared", "over"):
        return Shown("\n".join(lines))
    lines.append("")
    if view.material:
        lines.append(t.html("Material: {material}", material=view.material))
    if view.text:
        lines.append(escape(view.text))
    if not view.material:
        lines.append(t.html("No material is named for this session. Please ask your organiser for it."))
    if view.percent is not None:
        lines.append(t.html("Last test: {percent}%", percent=view.percent))
    if view.questions:
        lines.append(
            t.html(
                "The test has {n} questions; {percent}% right are needed. It can be repeated.",
                n=view.questions,
                percent=view.pass_percent,
            )
        )
    if view.stage == "reading":
        button = Button(t("I have studied it"), pack("mk", "read", view.id))
    elif view.questions:
        button = Button(t("Begin the test"), pack("mk", "test", view.id))
    else:
        button = Button(t("Hand in for the signature"), pack("mk", "test", view.id))
    return Shown("\n".join(lines), ((button,),))


@shows(MakeUpQuestion)
def posed(view: MakeUpQuestion, t: Texts) -> Shown:
    """One question of the test."""
    at = t.html("Question {page} of {pages}", page=view.place + 1, pages=view.of)
    parts = [f"{bold(at)} · {t.html(KINDS[view.posed.kind])} · {escape(view.title)}", question(view.posed, t)]
    rows = list(option_buttons(view.posed, t, lambda place: pack("mkq", view.id, view.place, place)))
    if view.posed.kind == "fill_in":
        parts.append(italic(t.html("Write your answer and send it.")))
    elif view.posed.kind == "several":
        parts.append(italic(t.html("Press all that is right; a second press takes one away.")))
        if view.posed.chosen:
            rows.append((Button(t("That is my answer"), pack("mkq", view.id, view.place, -1)),))
    return Shown("\n\n".join(parts), tuple(rows), protected=True)


@shows(MakeUpTested)
def tested(view: MakeUpTested, t: Texts) -> Shown:
    """What the test came to."""
    result = t.html(
        "{title}: {right} of {of} right, {percent}%",
        title=view.title,
        right=view.right,
        of=view.of,
        percent=view.percent,
    )
    if view.passed:
        waits = t.html("Passed. Your organiser has been asked to sign it off.")
        return Shown(f"✅ {result}\n{waits}")
    text = t.html("Not passed: {percent}% are needed. Please study the material once more.", percent=view.pass_percent)
    return Shown(f"{result}\n{text}", ((Button(t("Take the test again"), pack("mk", "test", view.id)),),))


@shows(MakeUpRequest)
def request(view: MakeUpRequest, t: Texts) -> Shown:
    """For those who sign off."""
    lines = [
        t.html("<b>{name}</b> ({unit}) has made up for a session.", name=view.name, unit=view.unit),
        head(view.session, t),
    ]
    if view.read_at is not None:
        lines.append(t.html("Material studied: {at}", at=t.moment(view.read_at)))
    lines.append(t.html("No test") if view.percent is None else t.html("Test: {percent}%", percent=view.percent))
    if view.state == "waiting":
        buttons = (
            Button(t("Sign it off"), pack("mks", "yes", view.id, view.tries)),
            Button(t("Send back"), pack("mks", "no", view.id, view.tries)),
        )
        return Shown("\n".join(lines), (buttons,))
    if view.state == "cleared":
        lines.append(t.html("Signed off by {name}.", name=view.signer))
    else:
        lines.append(t.html("Sent back by {name}: {reason}", name=view.signer, reason=view.reason))
    return Shown("\n".join(lines))


@shows(MakeUpWhyNot)
def why_not(view: MakeUpWhyNot, t: Texts) -> Shown:
    """The next message is the reason."""
    return Shown(t.html("Please write why {name}'s make-up for “{title}” goes back.", name=view.name, title=view.title))


@shows(MakeUpDecided)
def decided(view: MakeUpDecided, t: Texts) -> Shown:
    """For the person."""
    title = view.session.title
    if view.cleared:
        return Shown(
            t.html("Your make-up for “{title}” is signed off by {name}: made up (补).", title=title, name=view.signer)
        )
    text = t.html(
        "Your make-up for “{title}” was sent back by {name}: {reason}\nPlease do it again by {due}.",
        title=title,
        name=view.signer,
        reason=view.reason,
        due=t.moment(view.due_at),
    )
    return Shown(text, ((Button(t("Make up"), pack("mk", "open", view.id)),),))


@shows(MakeUpExtended)
def extended(view: MakeUpExtended, t: Texts) -> Shown:
    """For the person: more time."""
    text = t.html(
        "{by} has given you more time to make up for “{title}”: until {due}.",
        by=view.by,
        title=view.session.title,
        due=t.moment(view.due_at),
    )
    return Shown(text, ((Button(t("Make up"), pack("mk", "open", view.id)),),))


def given(t: Texts) -> str:
    """More time has been given."""
    return t("7 more days have been given.")
