"""``studyhall demo``: one address, a clean end, nothing left behind."""

import signal
import socket

import aiohttp

from bot.commands.ports import USUAL, usual_or_free
from tests.cli.desk import Desk


async def test_demo_from_its_start_to_ctrl_c(desk: Desk) -> None:
    """It prints its address, serves the page there, and Ctrl-C ends it with nothing left of its folder."""
    async with desk.running("demo", "--port", "0") as demo:
        line = await demo.until("http://127.0.0.1:")
        url = next(word for word in line.split() if word.startswith("http://"))
        async with aiohttp.ClientSession() as session, session.get(url) as page:
            shown = await page.text()
        meanwhile = list(desk.temporary.glob("studyhall-demo-*"))
        end = await demo.ends(signal.SIGINT)

    assert page.status == 200
    assert "<html" in shown
    assert (end.status, end.err) == (0, [])
    assert any("再见" in line for line in end.out)
    assert len(meanwhile) == 1
    assert list(desk.temporary.glob("studyhall-demo-*")) == []


async def test_ctrl_c_while_it_is_being_set_up(desk: Desk) -> None:
    """The seeding takes seconds; Ctrl-C then ends it at once and as cleanly."""
    async with desk.running("demo", "--port", "0") as demo:
        await desk.until(lambda: _there(desk))
        end = await demo.ends(signal.SIGINT)

    assert (end.status, end.err) == (0, [])
    assert not any("http://" in line for line in end.out)
    assert list(desk.temporary.glob("studyhall-demo-*")) == []


async def _there(desk: Desk) -> bool:
    return any(desk.temporary.glob("studyhall-demo-*"))


async def test_ctrl_c_while_python_loads_us(desk: Desk) -> None:
    """Before there is anything to put in order the signal just ends the process: no traceback from within an import."""
    desk.write("typer.py", 'import signal\nprint("loading", flush=True)\nsignal.pause()\n')
    async with desk.running("demo", "--port", "0") as demo:
        await demo.until("loading")
        end = await demo.ends(signal.SIGINT)

    assert (end.status, end.err) == (-signal.SIGINT, [])


async def test_port_that_was_named_and_is_taken(desk: Desk) -> None:
    """Whoever names a port gets this one or one clear line."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        done = await desk.studyhall("demo", "--port", str(port))

    assert done.status == 1
    assert len(done.err) == 1
    assert f"127.0.0.1:{port}" in done.err[0]


def test_usual_port_that_is_taken() -> None:
    """Nobody named a port: another free one does as well."""
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind(("127.0.0.1", USUAL))
            taken.listen()
        except OSError:
            pass  # somebody's demo is running here, which is as good

        assert usual_or_free("127.0.0.1") == 0
