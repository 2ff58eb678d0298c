"""Write ``docs/permissions.md`` from the table of permissions: ``make permissions``."""

from pathlib import Path

from handlers.permissions import Line, May, Place, permissions
from handlers.registry import COMMANDS

PAGE = Path("docs") / "permissions.md"
_HEAD = """# Who may do what

Everything that somebody can do is a command or a button. One table, `handlers/permissions.toml`, has a line for each; the bot
lets in by it before anything else happens, this page is made of it (`make permissions`), and a test walks it: every command
and every kind of button is tried by strangers, by people who have left, by members, judges and observers, by the organisers
of the unit, of the unit above and of a sibling unit, by admins and by a group's anonymous administrator, in private, in the
unit's group, in another one and in one without a unit. Whoever may not is refused in one sentence, and not a row of the
database changes.

A button is no secret: somebody with a modified Telegram can send whatever any button carries, those of other people's
messages too, and numbers of their own making. So nothing that a button carries is believed; who pressed, in which chat and
whose the thing is, is looked up at every press. And what others read in a group is changed by the buttons under it alone.

## The words

| word | who that is |
|---|---|
"""
_MEANS = {
    May.EVERYBODY: "anybody, on the roster or not",
    May.OUTSIDERS: "who is not on the roster (yet), or has left",
    May.JOINED: "everybody on the roster who has joined; what they see and change is their own",
    May.CONCERNED: "those on the roster whom the thing is meant for: who is asked, invited, in its audience",
    May.UNIT: "the people of the unit that the thing belongs to",
    May.ADDRESSEE: "whoever it was sent to, or whose thing it is; in a contest whoever is named: players, captains, judges",
    May.OBSERVERS: "the observers of the unit",
    May.RUNS: "who runs the unit of the thing: its organisers, those of the units above it, and admins",
    May.ORGANISERS: "every organiser, for the own unit and those below it; and admins",
    May.OFFICE: "admins",
}
_WORDS = {
    May.EVERYBODY: "everybody",
    May.OUTSIDERS: "outsiders",
    May.JOINED: "members",
    May.CONCERNED: "those concerned",
    May.UNIT: "people of the unit",
    May.ADDRESSEE: "the addressee",
    May.OBSERVERS: "observers",
    May.RUNS: "who runs the unit",
    May.ORGANISERS: "organisers",
    May.OFFICE: "admins",
}
_PLACES = {Place.ANYWHERE: "anywhere", Place.PRIVATE: "in private", Place.GROUP: "in the group"}
_IN_GROUPS = {May.RUNS: "who runs the group", May.EVERYBODY: "everybody in it"}


def page() -> str:
    """The page as Markdown."""
    table = permissions()
    words = "".join(f"| {_WORDS[word]} | {means} |\n" for word, means in _MEANS.items())
    commands = "".join(
        f"| `/{command.name}` | {command.about} | {_row(table.commands[command.name])} |\n" for command in COMMANDS
    )
    buttons = "".join(f"| `{name}` | {line.what} | {_row(line)} |\n" for name, line in table.buttons.items())
    return (
        f"{_HEAD}{words}\nIn a group that is bound to a unit, who runs the group is who runs the unit; as long as it is bound to "
        "none, that is any organiser.\n\n## Commands\n\n"
        f"| command | what for | who | where |\n|---|---|---|---|\n{commands}"
        "\nOf the people and units that are named after a command, only those count that one may see: "
        "to an organiser the others do not exist.\n\n"
        "## Buttons\n\nBy what the data of a button begins with; a line `a:b` goes before the line `a`.\n\n"
        f"| button | what for | who | where |\n|---|---|---|---|\n{buttons}"
    )


def _row(line: Line) -> str:
    who = " or ".join(_WORDS[word] for word in May if word in line.who)
    if line.group is not None:
        who = f"{who}; in a group {_IN_GROUPS[line.group]}" if line.where is Place.ANYWHERE else _IN_GROUPS[line.group]
    return f"{who} | {_PLACES[line.where]}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
