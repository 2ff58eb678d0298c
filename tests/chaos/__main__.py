"""``python -m tests.chaos --kills 200 --seed 1``: kill the bot again and again, and say what came of it."""

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
from pathlib import Path

from rich.console import Console

from sandbox.people import Town
from sandbox.server import Sandbox
from storage import schema
from tests.chaos.run import Findings, run
from tests.chaos.summary import kill_line, summary
from tests.cli.desk import Desk


async def _course(kills: int, seed: int, members: int, folder: Path, console: Console) -> Findings:
    empty = folder / "empty.db"
    schema.upgrade(empty)
    sandbox = Sandbox()
    running = await sandbox.start()
    try:
        async with Town(running.url) as town:
            desk = Desk(folder, folder, sandbox, running.url, town)
            return await run(
                desk,
                empty,
                kills=kills,
                seed=seed,
                members=members,
                tell=lambda number, moment, wrong: console.print(kill_line(number, kills, moment, wrong)),
            )
    finally:
        await running.stop()


def main() -> int:
    """Run it; 0 if nothing is wrong. The folder is kept if something is."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1, help="the moments and what people do are drawn from it")
    parser.add_argument("--members", type=int, default=60, help="how many people are in the branches")
    given = parser.parse_args()
    # Every start would compile all of the bot anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    console = Console()
    folder = Path(tempfile.mkdtemp(prefix="chaos-"))
    found = asyncio.run(_course(given.kills, given.seed, given.members, folder, console))
    console.print(summary(found))
    if found.wrong:
        console.print(f"The files are in {folder}.", soft_wrap=True)
        return 1
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
