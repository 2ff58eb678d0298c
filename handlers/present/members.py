"""The people of one's units, and what is done about them."""

from handlers.callback_data import pack
from handlers.present.pages import pager, short
from handlers.present.roles import role_name
from handlers.present.shown import Button, Shown, in_rows, shows
from handlers.texts import Html, Texts, escape
from study.access import Role
from study.member_views import (
    Left,
    MemberList,
    MemberRow,
    PersonCard,
    Released,
    Removed,
    RoleGiven,
    Sure,
    Told,
    UnitCounts,
    WhichPerson,
)


def role_usage(t: Texts) -> str:
    """How /role is written."""
    return t("/role NAME ROLE (roles: {roles})", roles=t(", ").join(role_name(role, t) for role in Role))


def name_usage(command: str, t: Texts) -> str:
    """How /remove and /release are written."""
    return t("/{command} NAME", command=command)


@shows(UnitCounts)
def unit_counts(view: UnitCounts, t: Texts) -> Shown:
    """Units with how many belong to them and how many have joined."""
    total = t.html("<b>Members</b>: {people}, joined: {joined}", people=view.people, joined=view.joined)
    lines = [
        t.html("{unit}: {joined} of {people} joined", unit=row.path, joined=row.joined, people=row.people)
        for row in view.rows
    ]
    rows: list[tuple[Button, ...]] = [(Button(short(row.path), pack("mb", "unit", row.id, 0)),) for row in view.rows]
    rows += pager(view.page, view.pages, lambda page: pack("mb", "units", page), t)
    return Shown("\n".join([total, "", *lines]), tuple(rows))


@shows(MemberList)
def member_list(view: MemberList, t: Texts) -> Shown:
    """People of a unit with a button each."""
    head = t.html("<b>{unit}</b>: {joined} of {people} joined", unit=view.path, joined=view.joined, people=view.people)
    lines = [_line(row, t) for row in view.rows]
    if not lines:
        lines = [Html(t.html("There is nobody in this unit itself."))]
    rows: list[tuple[Button, ...]] = [
        (Button(f"{short(row.name)} ({row.code})", pack("mb", "person", row.id)),) for row in view.rows
    ]
    rows += pager(view.page, view.pages, lambda page: pack("mb", "unit", view.unit_id, page), t)
    rows.append((Button(t("All units"), pack("mb", "units", 0)),))
    return Shown("\n".join([head, "", *lines]), tuple(rows))


def _line(row: MemberRow, t: Texts) -> Html:
    facts = [row.level, row.title, "" if row.role is Role.MEMBER else role_name(row.role, t)]
    about = " · ".join(fact for fact in facts if fact)
    mark = "✅" if row.joined else "⬜"
    return Html(f"{mark} {escape(row.name)}{' · ' if about else ''}{escape(about)}")


@shows(PersonCard)
def person_card(view: PersonCard, t: Texts) -> Shown:
    """Everything about one person, and what may be done."""
    facts = [
        f"<b>{escape(view.name)}</b> ({escape(view.code)})",
        escape(view.unit),
        t.html("Role: {role}", role=role_name(view.role, t)),
    ]
    if view.level:
        facts.append(t.html("Level: {level}", level=view.level))
    if view.title:
        facts.append(t.html("Title: {title}", title=view.title))
    if view.account is not None:
        facts.append(t.html("Joined as {account}", account=view.account))
        if view.joined_at is not None:
            facts.append(t.html("Joined on {at}", at=t.moment(view.joined_at)))
    else:
        facts.append(t.html("Has not joined yet"))
    rows: list[tuple[Button, ...]] = []
    if view.may_change:
        roles = [
            Button(t("Make {role}", role=role_name(role, t)), pack("mb", "role", view.id, role.value))
            for role in view.roles
        ]
        rows += in_rows(roles, 2)
        last = [Button(t("Take off the roster"), pack("mb", "remove", view.id))]
        if view.account is not None:
            last.insert(0, Button(t("Release the account"), pack("mb", "release", view.id)))
        rows.append(tuple(last))
    rows.append((Button(t("« Back to the unit"), pack("mb", "unit", view.unit_id, 0)),))
    return Shown("\n".join(facts), tuple(rows))


@shows(WhichPerson)
def which_person(view: WhichPerson, t: Texts) -> Shown:
    """Several people of one name."""
    more = (view.role.value,) if view.role is not None else ()
    rows = tuple(
        (Button(short(f"{one.name} · {one.unit} ({one.code})"), pack("mb", view.errand, one.id, *more)),)
        for one in view.choices
    )
    return Shown(t.html("Several people are called {name}. Which one is it?", name=view.name), rows)


@shows(Sure)
def sure(view: Sure, t: Texts) -> Shown:
    """Asked before something that cannot be undone by a press."""
    about = {"name": view.name, "unit": view.unit, "code": view.code}
    if view.errand == "remove":
        text = t.html("Take <b>{name}</b> ({code}, {unit}) off the roster? What they did stays on record.", **about)
        yes = Button(t("Yes, take off"), pack("mb", "removed", view.id))
    else:
        text = t.html(
            "Release the account of <b>{name}</b> ({code}, {unit})? They can then join with another one; their record stays.",
            **about,
        )
        yes = Button(t("Yes, release"), pack("mb", "released", view.id))
    return Shown(text, ((yes, Button(t("Cancel"), pack("mb", "leave", view.id))),))


@shows(Left)
def left(view: Left, t: Texts) -> Shown:
    """Nothing was done."""
    return Shown(t.html("Nothing was changed about {name}.", name=view.name))


@shows(RoleGiven)
def role_given(view: RoleGiven, t: Texts) -> Shown:
    """Another role."""
    text = t.html(
        "{name} ({unit}) now has the role: <b>{role}</b>", name=view.name, unit=view.unit, role=role_name(view.role, t)
    )
    return Shown(text)


@shows(Removed)
def removed(view: Removed, t: Texts) -> Shown:
    """Off the roster."""
    return Shown(t.html("{name} ({unit}) is off the roster. The record stays.", name=view.name, unit=view.unit))


@shows(Released)
def released(view: Released, t: Texts) -> Shown:
    """The link for the new account."""
    return Shown(
        t.html(
            "The account of {name} ({unit}) is released. This link joins them with the new one: {link}",
            name=view.name,
            unit=view.unit,
            link=view.link,
        )
    )


@shows(Told)
def told(view: Told, t: Texts) -> Shown:
    """What was decided about the reader."""
    if view.role is not None:
        return Shown(
            t.html(
                "Your role in {programme} is now: <b>{role}</b>", programme=view.programme, role=role_name(view.role, t)
            )
        )
    if view.errand == "remove":
        return Shown(
            t.html(
                "You are no longer on the roster of {programme}. Thank you for taking part!", programme=view.programme
            )
        )
    return Shown(
        t.html(
            "This account is no longer tied to your entry in {programme}; you can join with another one now.",
            programme=view.programme,
        )
    )
