"""The command line: ``studyhall`` (also ``python -m bot``).

Exit status 0: done; 1: refused or failed, with one clear line on standard error; 2: the call's words are off.

Each command imports what it needs when it is called: a mistyped word or a glance at the help waits for nothing.
"""

import asyncio
import os
import signal
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.commands import ports
from bot.commands.outcome import Failed, say_error
from bot.loading import httpx_when_used, loading

app = typer.Typer(
    name="studyhall",
    help="Runs an organisation's study programme in its Telegram groups.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

ConfigOption = Annotated[
    Path, typer.Option("-c", "--config", help="The configuration file.", show_default=True, dir_okay=False)
]
_DEFAULT = Path("config.toml")
_LISTENS = ("run", "demo")
"""Commands that take signals themselves, from when they have something to end in good order."""


@app.callback()
def _interruptible(context: typer.Context) -> None:
    if context.invoked_subcommand not in _LISTENS and signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)  # Ctrl-C unwinds: locks and half-written files go


@app.command()
def run(config: ConfigOption = _DEFAULT) -> None:
    """Run the bot until it is stopped (Ctrl-C, or SIGTERM)."""
    with loading(), httpx_when_used():
        from bot.commands import running

    running.run(config)


@app.command()
def check(config: ConfigOption = _DEFAULT) -> None:
    """Look at the configuration, the database and the token, and say what is wrong."""
    from bot.commands import checking

    checking.check(config)


@app.command()
def demo(
    host: Annotated[str, typer.Option(help="Where to listen.")] = "127.0.0.1",
    port: Annotated[
        int | None,
        typer.Option(
            help="0 takes any free port.", show_default=f"{ports.USUAL}, a free one if that is taken", min=0, max=65535
        ),
    ] = None,
    folder: Annotated[
        Path | None, typer.Option(help="Keep the demo's database here instead of a temporary folder.")
    ] = None,
) -> None:
    """Start the sandbox and the bot against it, and print one address to open."""
    from bot.commands import demo as demonstration

    demonstration.demo(host, ports.usual_or_free(host) if port is None else port, folder)


imports_app = typer.Typer(help="Take in a roster, a question bank, materials or a syllabus.", no_args_is_help=True)
app.add_typer(imports_app, name="import")


@imports_app.command("roster")
def import_roster(
    file: Annotated[Path, typer.Argument(help="The file to take in.", show_default=False)],
    config: ConfigOption = _DEFAULT,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Take in the good rows without asking.")] = False,
) -> None:
    """People and units from a CSV or XLSX file; bad rows are listed, the others taken in after a confirmation."""
    from bot.commands import imports

    imports.import_file(config, "roster", file, name=None, yes=yes)


@imports_app.command("bank")
def import_bank(
    file: Annotated[Path, typer.Argument(help="The file to take in.", show_default=False)],
    config: ConfigOption = _DEFAULT,
    name: Annotated[str | None, typer.Option(help="The bank's name; the file's name if none is given.")] = None,
) -> None:
    """Questions from CSV, XLSX, GIFT, Aiken, Moodle XML, plain text, Word or JSON; bad ones are listed with their line."""
    from bot.commands import imports

    imports.import_file(config, "bank", file, name=name, yes=True)


@imports_app.command("materials")
def import_materials(
    file: Annotated[Path, typer.Argument(help="The file to take in.")], config: ConfigOption = _DEFAULT
) -> None:
    """Study materials from a CSV or XLSX file; pictures that it names lie beside it."""
    from bot.commands import imports

    imports.import_file(config, "materials", file, name=None, yes=True)


@imports_app.command("syllabus")
def import_syllabus(
    file: Annotated[Path, typer.Argument(help="The file to take in.", show_default=False)],
    config: ConfigOption = _DEFAULT,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Take in the good rows without asking.")] = False,
) -> None:
    """Sessions from a CSV or XLSX file; bad rows are listed, and a file that is taken in again changes only what differs."""
    from bot.commands import imports

    imports.import_file(config, "syllabus", file, name=None, yes=yes)


class What(StrEnum):
    """What can be exported."""

    ROSTER = "roster"
    ATTENDANCE = "attendance"
    CONTEST = "contest"
    REFLECTIONS = "reflections"
    ASSIGNMENTS = "assignments"
    EXAMS = "exams"
    BANK = "bank"
    TOURNAMENT = "tournament"
    SEASON = "season"
    QUESTIONS = "questions"
    REGISTER = "register"
    WORKS = "works"
    POINTS = "points"
    ITEMS = "items"
    IDEAS = "ideas"
    REPORT = "report"


class ExportSheet(StrEnum):
    """The tables of a contest, and of the points (``entries`` or ``totals``)."""

    RANKING = "ranking"
    QUESTIONS = "questions"
    PRESSES = "presses"
    ENTRIES = "entries"
    TOTALS = "totals"


@app.command()
def export(
    what: Annotated[What, typer.Argument(help="What to write.", show_default=False)],
    which: Annotated[
        str | None,
        typer.Argument(
            help="A contest's or a tournament's number, a season's name (the newest if none); a bank's name "
            "(for questions: all if none)."
        ),
    ] = None,
    config: ConfigOption = _DEFAULT,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            help="csv (if none), xlsx or json; for a report docx (if none), xlsx or json; "
            "for a bank also text, docx, gift, aiken, moodle.",
            show_default=False,
        ),
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--out", "-o", help="The file to write; by default named after what it holds.")
    ] = None,
    unit: Annotated[
        str | None, typer.Option(help="The unit of a register or a report, by name or path; all if none.")
    ] = None,
    first: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="The first day of a register.")
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="The last day of a register.")
    ] = None,
    sheet: Annotated[
        ExportSheet | None,
        typer.Option(
            help="Which table of a contest (ranking, questions or presses; a workbook has all of them), or of the points "
            "(entries, or totals: a line a person).",
            show_default=False,
        ),
    ] = None,
    period: Annotated[
        str | None, typer.Option(help="The period of a report: 2026-11, 2026Q4, 2026H2 or 2026.", show_default=False)
    ] = None,
    year: Annotated[
        int | None, typer.Option(help="Points of this year (totals: this year if none is named).", min=1, max=9998)
    ] = None,
) -> None:
    """Write records to a file."""
    from bot.commands import exports

    if what is What.REGISTER:
        # It is made for the printer, so there is only one format.
        exports.register(config, unit, first and first.date(), last and last.date(), file or Path("register.xlsx"))
        return
    if what is What.REPORT:
        from bot.commands import reporting

        reporting.report(config, period, unit, form or "docx", file)
        return
    form = form or "csv"
    named = None if sheet is None else sheet.value
    exports.export(config, what.value, which, form, file or Path(f"{what.value}.{form}"), named, year)


class MinutesForm(StrEnum):
    """How minutes are written."""

    TEXT = "text"
    DOCX = "docx"


presets_app = typer.Typer(help="Look at the rule sheets of contests, and copy one to change it.", no_args_is_help=True)
app.add_typer(presets_app, name="presets")


@presets_app.command("list")
def presets_list(config: ConfigOption = _DEFAULT) -> None:
    """Every preset with its title and where it comes from."""
    from bot.commands import rule_sheets

    rule_sheets.listed(config)


@presets_app.command("show")
def presets_show(
    name: Annotated[str, typer.Argument(help="The preset's name.", show_default=False)],
    config: ConfigOption = _DEFAULT,
) -> None:
    """The rules of a preset in words."""
    from bot.commands import rule_sheets

    rule_sheets.shown(config, name)


@presets_app.command("copy")
def presets_copy(
    name: Annotated[str, typer.Argument(help="The preset's name.", show_default=False)],
    new_name: Annotated[str | None, typer.Option("--as", help="Another name for the copy.")] = None,
    config: ConfigOption = _DEFAULT,
) -> None:
    """Copy a preset's file into the programme's own folder, to change it there."""
    from bot.commands import rule_sheets

    rule_sheets.copied(config, name, new_name)


programmes_app = typer.Typer(
    help="Look at study programmes, put one in force, and copy one to change it.", no_args_is_help=True
)
app.add_typer(programmes_app, name="programme")
ProgrammeArgument = Annotated[
    str, typer.Argument(help="A programme that comes with the bot, or a folder.", show_default=False)
]


@programmes_app.command("list")
def programme_list(config: ConfigOption = _DEFAULT) -> None:
    """Every programme that comes with the bot, and which one is in force."""
    from bot.commands import programmes

    programmes.listed(config)


@programmes_app.command("show")
def programme_show(name: ProgrammeArgument, config: ConfigOption = _DEFAULT) -> None:
    """A programme in words, part by part."""
    from bot.commands import programmes

    programmes.shown(config, name)


@programmes_app.command("check")
def programme_check(name: ProgrammeArgument, config: ConfigOption = _DEFAULT) -> None:
    """Name every mistake in a programme by file and key."""
    from bot.commands import programmes

    programmes.checked(config, name)


@programmes_app.command("apply")
def programme_apply(name: ProgrammeArgument, config: ConfigOption = _DEFAULT) -> None:
    """Put a programme in force, also while the bot is running; what was earned before stays."""
    from bot.commands import programmes

    programmes.applied(config, name)


@programmes_app.command("copy")
def programme_copy(
    name: ProgrammeArgument,
    folder: Annotated[Path, typer.Argument(help="The folder for the copy; made if need be.", show_default=False)],
    config: ConfigOption = _DEFAULT,
) -> None:
    """Copy a programme into a folder of one's own, to change it there."""
    from bot.commands import programmes

    programmes.copied(config, name, folder)


audits_app = typer.Typer(help="Check what was recorded.", no_args_is_help=True)
app.add_typer(audits_app, name="audit")


@audits_app.callback()
def _audit() -> None:
    """Check what was recorded."""


@audits_app.command("contest")
def audit_contest(
    contest_id: Annotated[int, typer.Argument(metavar="ID", help="The contest's number.")],
    config: ConfigOption = _DEFAULT,
    form: Annotated[
        MinutesForm, typer.Option("--format", "-f", help="text, or docx: a Word file as offices keep it.")
    ] = MinutesForm.TEXT,
    file: Annotated[
        Path | None, typer.Option("--out", "-o", help="The file to write; text is printed if none is named.")
    ] = None,
) -> None:
    """Replay a contest, print its official minutes, and fail if the replay gives other standings than announced."""
    from bot.commands import audits

    audits.contest(config, contest_id, form.value, file)


@app.command()
def certificates(
    contest_id: Annotated[int | None, typer.Argument(metavar="[ID]", help="The contest's number.")] = None,
    tournament_id: Annotated[
        int | None, typer.Option("--tournament", metavar="ID", help="A tournament's number instead of a contest's.")
    ] = None,
    folder: Annotated[Path, typer.Option("--out", "-o", help="The folder for the files; made if need be.")] = Path(
        "certificates"
    ),
    config: ConfigOption = _DEFAULT,
) -> None:
    """Write the certificates of the placed teams of a contest or a tournament, each as PDF and as PNG."""
    from bot.commands import certificates as command

    command.certificates(config, contest_id, tournament_id, folder)


@audits_app.command("tournament")
def audit_tournament(
    tournament_id: Annotated[int, typer.Argument(metavar="ID", help="The tournament's number.")],
    config: ConfigOption = _DEFAULT,
) -> None:
    """Replay all bouts of a tournament, work out again who goes on, and fail if the bracket announced was another."""
    from bot.commands import audits

    audits.tournament(config, tournament_id)


@app.command()
def backup(
    file: Annotated[
        Path | None, typer.Argument(help="The file to write; if none, one in the folder that the configuration names.")
    ] = None,
    config: ConfigOption = _DEFAULT,
) -> None:
    """Copy the database into one file, also while the bot is running."""
    from bot.commands import copies

    copies.backup(config, file)


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="The backup.")], config: ConfigOption = _DEFAULT) -> None:
    """Put a backup in place of the database (the bot must be stopped); what was there is kept beside it."""
    from bot.commands import copies

    copies.restore(config, file)


class Form(StrEnum):
    """How findings are told."""

    TEXT = "text"
    JSON = "json"


@app.command()
def doctor(
    file: Annotated[
        Path | None, typer.Argument(help="A backup to look at instead of the database.", show_default=False)
    ] = None,
    config: ConfigOption = _DEFAULT,
    form: Annotated[Form, typer.Option("--format", "-f", help="text, or json for programs.")] = Form.TEXT,
) -> None:
    """Read the database, also while the bot is running, and say what is odd and what to do about it."""
    from bot.commands import doctor as command

    command.doctor(config, file, form.value)


def main() -> None:
    """Entry point of ``studyhall``."""
    try:
        app()
    except Failed as failure:
        say_error(failure.sentence)
        raise SystemExit(1) from None
    except Exception as error:
        # A fault of ours. Whoever scripts against the command gets one line; whoever looks for the fault, all of it.
        if os.environ.get("STUDYHALL_LOG__LEVEL") == "debug":
            raise
        say_error(f"Unexpected: {error!r}. Set STUDYHALL_LOG__LEVEL=debug to see where.")
        raise SystemExit(1) from None
    except (KeyboardInterrupt, asyncio.CancelledError):
        raise SystemExit(130) from None
