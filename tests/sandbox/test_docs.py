"""The reference says what there is, and nothing else."""

import re
from pathlib import Path

from sandbox import Sandbox
from sandbox.asked import METHODS
from sandbox.faults import KINDS
from sandbox.server import build_app

DOCS = (Path(__file__).parents[2] / "docs" / "sandbox.md").read_text()


async def test_every_route_of_the_people_is_in_the_table() -> None:
    """No route is missing and none is made up."""
    routes = {
        (route.method, route.resource.canonical)
        for route in build_app(Sandbox()).router.routes()
        if route.resource is not None and route.resource.canonical.startswith("/sandbox/") and route.method != "HEAD"
    }

    told = {(method, path) for method, path in re.findall(r"`(GET|POST|DELETE) (/sandbox/[\w/{}]+)", DOCS)}

    assert told == routes


def test_every_method_and_every_fault_is_told() -> None:
    """What the sandbox acts on, and the trouble it can make."""
    paragraph = DOCS.split("It acts on: ")[1].split("\n\n")[0]
    table = DOCS.split("| kind | what happens |")[1]

    assert set(re.findall(r"\w+", paragraph)) == set(METHODS)
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == KINDS
