"""What is said about a run."""

from collections.abc import Mapping
from statistics import median

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from tests.chaos.moments import Moment
from tests.chaos.run import Findings


def kill_line(number: int, kills: int, moment: Moment, wrong: list[str]) -> Text:
    """One line a kill."""
    return Text(f"{number:4}/{kills}  {moment}{'  ✗' if wrong else ''}", style="red" if wrong else "dim")


def summary(found: Findings) -> RenderableType:
    """Everything, with what is wrong at the end."""
    parts: list[RenderableType] = [
        _table(f"{found.kills.total()} kills, seed {found.seed}", "moment", found.kills),
        _table("Under way when it was killed", "", found.under_way),
        _table("Told to somebody, and there right after the kill", "", found.checked),
        _table("Sends in flight", "", found.in_flight),
        _table("At the end there are", "", found.amounts),
    ]
    for what, starts in (("out of the nursery", found.starts), ("whole", found.whole_starts)):
        if starts:
            slowest = max(starts)
            parts.append(
                Text(f"Starts {what}: {len(starts)}, ready after {median(starts):.2f} s, the slowest {slowest:.2f} s.")
            )
    parts.append(Text(f"The whole took {found.took:.0f} s."))
    parts.append(Text(f"Of the copies of broadcasts in flight {found.arrived} had arrived; nobody got one twice."))
    if found.wrong:
        parts.append(Text(f"WRONG, seed {found.seed}:", style="bold red"))
        parts += [Text(f"• {one}", style="red") for one in found.wrong]
    else:
        parts.append(Text("Nothing is lost, nothing is there twice, nothing is stuck.", style="bold green"))
    return Group(*parts)


def _table(title: str, what: str, counts: Mapping[str, int]) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column(what)
    table.add_column("", justify="right")
    for name, count in sorted(counts.items(), key=lambda one: -one[1]):
        table.add_row(name, str(count))
    return table
