"""Coming to the programme: who one is, how one gets in, and what organisers see of it."""

from handlers.callback_data import pack
from handlers.present.pages import pager, short
from handlers.present.roles import account_name, role_name
from handlers.present.roster import mistake_lines, plan_line, result_line
from handlers.present.shown import Attachment, Button, Shown, shows
from handlers.texts import Texts, escape
from quizzes.tables import write_csv
from study.join_views import (
    CodesGuessed,
    CodeTaken,
    CodeTakenNotice,
    CodeUnknown,
    Greeting,
    GroupHint,
    Known,
    Links,
    NameAsked,
    OfficerJoined,
    Requested,
    RequestRefused,
    Stranger,
    UnitPicker,
)

__all__ = ["link_in_group", "mistake_lines", "plan_line", "result_line"]

_LINKS_SHOWN = 10


def link_in_group(me: str) -> str:
    """Where ``/start`` in a group leads."""
    return f"https://t.me/{me}?start=me_"


@shows(Known)
def known(view: Known, t: Texts) -> Shown:
    """Who somebody is."""
    first = t.html("Welcome to {programme}!", programme=view.programme) if view.new else escape(view.programme)
    who = t.html("You are <b>{name}</b> of {unit}.", name=view.name, unit=view.unit)
    facts = [who, t.html("Role: {role}", role=role_name(view.role, t))]
    if view.title:
        facts.append(t.html("Title: {title}", title=view.title))
    parts = [f"<b>{first}</b>", "\n".join(facts)]
    if view.is_admin:
        parts.append(t.html("You are an admin of this programme."))
    parts.append(t.html("/help lists what I can do for you."))
    return Shown("\n\n".join(parts))


@shows(Stranger)
def stranger(view: Stranger, t: Texts) -> Shown:
    """How somebody gets onto the roster."""
    parts = [t.html("<b>Welcome to {programme}!</b>", programme=view.programme)]
    if view.is_admin:
        parts.append(t.html("You are an admin of this programme. /roster takes the roster in, /help lists the rest."))
    if view.asked_unit is not None:
        parts.append(
            t.html(
                "Your request to join {unit} as {name} waits for an organiser. You will hear from me.",
                unit=view.asked_unit,
                name=view.asked_name,
            )
        )
        return Shown("\n\n".join(parts))
    parts.append(
        t.html("You are not on the roster yet. If you were given a code, send it to me like this: /start CODE")
    )
    if not view.can_ask:
        parts.append(t.html("The roster is still empty; please ask the programme office."))
        return Shown("\n\n".join(parts))
    return Shown("\n\n".join(parts), ((Button(t("Ask to join"), pack("door", "go", 0, 0)),),))


@shows(GroupHint)
def group_hint(view: GroupHint, t: Texts) -> Shown:
    """One line with the way to the private chat."""
    return Shown(t.html("Join and see what is yours in private:"), ((Button(t("Talk to me"), url=view.link),),))


@shows(Greeting)
def greeting(view: Greeting, t: Texts) -> Shown:
    """Hello, and what has to be done first."""
    return Shown(
        t.html(
            "Hello! An organiser ties this group to its unit with /bind and the unit's name, such as: /bind 第一支部"
        )
    )


@shows(UnitPicker)
def unit_picker(view: UnitPicker, t: Texts) -> Shown:
    """A page of units."""
    rows: list[tuple[Button, ...]] = [
        (
            Button(
                f"{short(option.name)} ›" if option.has_below else short(option.name),
                pack("door", "go", option.id, 0) if option.has_below else pack("door", "take", option.id),
            ),
        )
        for option in view.options
    ]
    if view.at:
        name = view.path.rpartition("/")[2]
        rows.insert(0, (Button(t("Choose {unit}", unit=short(name)), pack("door", "take", view.at)),))
    rows += pager(view.page, view.pages, lambda page: pack("door", "go", view.at, page), t)
    if view.at:
        rows.append((Button(t("« Up"), pack("door", "go", view.above, 0)),))
    text = t.html("Which unit do you belong to?")
    return Shown(f"{text}\n<b>{escape(view.path)}</b>" if view.path else text, tuple(rows))


@shows(NameAsked)
def name_asked(view: NameAsked, t: Texts) -> Shown:
    """The name, by hand or as on Telegram."""
    text = t.html("Unit: <b>{unit}</b>\n\nPlease send me your full name, as your organisers know it.", unit=view.unit)
    rows = []
    if view.suggestion:
        rows.append((Button(t("Use “{name}”", name=short(view.suggestion)), pack("door", "name", view.unit_id)),))
    rows.append((Button(t("Another unit"), pack("door", "go", 0, 0)),))
    return Shown(text, tuple(rows))


@shows(Requested)
def requested(view: Requested, t: Texts) -> Shown:
    """The request is on its way."""
    text = t.html(
        "Your request is on its way: <b>{name}</b>, {unit}. You will hear from me as soon as it is decided.",
        name=view.name,
        unit=view.unit,
    )
    if not view.readers:
        text += "\n\n" + t.html("No organiser of this unit has joined yet, so it may take a while.")
    return Shown(text)


@shows(RequestRefused)
def request_refused(view: RequestRefused, t: Texts) -> Shown:
    """Not admitted."""
    return Shown(
        t.html(
            "Your request to join {unit} was not approved. If that is a mistake, please talk to its organiser; /start lets you ask again.",
            unit=view.unit,
        )
    )


@shows(CodeUnknown)
def code_unknown(view: CodeUnknown, t: Texts) -> Shown:
    """A wrong code."""
    text = t.html("Nobody has this code. Please look at it again, or ask your organiser for your link.")
    left = t.html("Attempts left: {n}", n=view.left)
    return Shown(f"{text} {left}")


@shows(CodeTaken)
def code_taken(view: CodeTaken, t: Texts) -> Shown:
    """The code is somebody else's by now."""
    return Shown(
        t.html(
            "Somebody has joined with this code from another account. Your organiser has been told and can release it."
        )
    )


@shows(CodeTakenNotice)
def code_taken_notice(view: CodeTakenNotice, t: Texts) -> Shown:
    """Who tried whose code; releasing is one press away."""
    text = t.html(
        "{account} tried to join with the code {code} of <b>{name}</b> ({unit}), who has joined from another account. "
        "If {name} has a new account, release the old one.",
        account=account_name(view.account, view.username),
        code=view.code,
        name=view.name,
        unit=view.unit,
    )
    return Shown(text, ((Button(t("Look at {name}", name=short(view.name)), pack("mb", "person", view.person_id)),),))


@shows(OfficerJoined)
def officer_joined(view: OfficerJoined, t: Texts) -> Shown:
    """Who came in as whom; letting go of the account is one press away."""
    text = t.html(
        "<b>{name}</b> ({role} of {unit}) has joined with the own code, from the account {account}. "
        "If that is somebody else's account, release it.",
        name=view.name,
        role=role_name(view.role, t),
        unit=view.unit,
        account=account_name(view.account, view.username),
    )
    return Shown(text, ((Button(t("Look at {name}", name=short(view.name)), pack("mb", "person", view.person_id)),),))


@shows(CodesGuessed)
def codes_guessed(view: CodesGuessed, t: Texts) -> Shown:
    """Somebody is at the door with a list of numbers."""
    return Shown(
        t.html(
            "Somebody may be guessing codes: {misses} wrong ones within {minutes} minutes, from {accounts} accounts. Until "
            "it becomes less I accept no codes; whoever wants to join can ask for admission. Nobody has to do anything.",
            misses=view.misses,
            minutes=view.minutes,
            accounts=view.accounts,
        )
    )


@shows(Links)
def links(view: Links, t: Texts) -> Shown:
    """Links as a table that can be sent on; few of them also as text."""
    if not view.people:
        return Shown(t.html("There is nobody on the roster of your units yet."))
    if not view.rows:
        return Shown(t.html("Everybody of your units has joined."))
    text = t.plural(
        "{n} person of your units has not joined yet. Whoever opens their own link has joined; do not post links in a group.",
        "{n} people of your units have not joined yet. Whoever opens their own link has joined; do not post links in a group.",
        len(view.rows),
    )
    parts = [escape(text)]
    if len(view.rows) <= _LINKS_SHOWN:
        parts += [escape(f"{row.name} · {row.unit}\n{row.link}") for row in view.rows]
    headers = [t("name"), t("unit"), t("code"), t("link")]
    content = write_csv(headers, [(row.name, row.unit, row.code, row.link) for row in view.rows])
    return Shown("\n\n".join(parts), (), Attachment("document", content=content, name=t("links.csv")))
