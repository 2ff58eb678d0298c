"""The people of one's units: lists, roles, leaving, new accounts."""

from handlers.act import Press, Said
from handlers.joining import must_be_private
from handlers.present import members as show
from handlers.room import Command, Room
from handlers.texts import N_
from study.access import Role
from study.errors import Usage
from study.members import RoleUnknown
from study.roster import role_named


async def members(act: Said) -> None:
    """Show one's units and people."""
    await act.house.members.units(act.sender.id, now=act.received_at)


async def role(act: Said) -> None:
    """Give somebody a role."""
    words = act.words.rsplit(maxsplit=1)
    if len(words) < 2:
        raise Usage(usage=show.role_usage(act.t))
    wanted = role_named(words[1])
    if wanted is None:
        raise RoleUnknown(role=words[1][:40], usage=show.role_usage(act.t))
    await act.house.members.seek(act.sender.id, "role", words[0], role=wanted, now=act.received_at)


async def remove(act: Said) -> None:
    """Take somebody off the roster, once it is confirmed."""
    if not act.words:
        raise Usage(usage=show.name_usage("remove", act.t))
    await act.house.members.seek(act.sender.id, "remove", act.words, now=act.received_at)


async def release(act: Said) -> None:
    """Let somebody join with another account, once it is confirmed."""
    if not act.words:
        raise Usage(usage=show.name_usage("release", act.t))
    await act.house.members.seek(act.sender.id, "release", act.words, now=act.received_at)


async def press_list(act: Press) -> None:
    """Turning pages, looking at a unit or a person."""
    must_be_private(act)
    fields, people = act.fields, act.house.members
    verb = fields.word("units", "unit", "person", "role", "remove", "release", "removed", "released", "leave")
    number = fields.number()
    word = fields.word(*Role) if verb == "role" else ""
    page = fields.number() if verb == "unit" else 0
    fields.end()
    who, here, now = act.sender.id, act.message_id, act.received_at
    match verb:
        case "units":
            await people.units(who, page=number, on_message=here, now=now)
        case "unit":
            await people.unit(who, number, page, on_message=here, now=now)
        case "person":
            await people.person(who, number, on_message=here, now=now)
        case "role":
            await people.begin(who, "role", number, role=Role(word), on_message=here, now=now)
        case "remove" | "release":
            await people.begin(who, "remove" if verb == "remove" else "release", number, on_message=here, now=now)
        case "removed":
            await people.remove(who, number, on_message=here, now=now)
        case "released":
            await people.release(who, number, act.house.me, on_message=here, now=now)
        case _:
            await people.leave_as_is(who, number, on_message=here, now=now)


ROOM = Room(
    commands=(
        Command("members", members, N_("the people of your units")),
        Command("role", role, N_("give somebody a role"), N_("NAME ROLE")),
        Command("remove", remove, N_("take somebody off the roster"), N_("NAME")),
        Command("release", release, N_("let somebody join from a new account"), N_("NAME")),
    ),
    presses={"mb": press_list},
    errors={
        "member_unknown": N_("Nobody in your units is called {name}. /members lists them."),
        "member_role_unknown": N_("There is no role {role}. Write it like this: {usage}"),
        "member_oneself": N_("You cannot do that to yourself. Please ask another organiser or an admin."),
        "member_no_account": N_("{name} has not joined yet, so there is no account to release."),
    },
)
