"""Shipped programmes put in force, and people who pass works on."""

from pathlib import Path
from shutil import copytree

from storage import Tx
from storage.people import Role
from study.programme.reading import SHIPPED, read_programme
from tests.dialogues.unhurried import Unhurried
from tests.hall import Hall

QUIET = {"checkin": {"enabled": False}, "materials": {"enabled": False}}
LEADER = "领导干部"


async def apply(hall: Hall, name: str) -> None:
    """Put a shipped programme in force, as far as works go (its other files are other tests' business)."""
    assert hall.app is not None
    folder = copytree(SHIPPED / name, hall.folder / name)
    for path in folder.glob("*.toml"):
        if path.name not in ("programme.toml", "works.toml", "quotas.toml", "points.toml"):
            path.unlink()
    if not (folder / "programme.toml").exists():
        (folder / "programme.toml").write_text("", encoding="utf-8")
    await hall.app.house.programmes.apply(read_programme(Path(folder)), now=hall.clock.now())


async def enrol(hall: Hall, name: str, unit: str, role: Role = Role.MEMBER, level: str = "") -> Unhurried:
    """Somebody who reads the answers before going on."""
    return Unhurried(hall, await hall.enrol(name, unit, role=role, level=level))


async def fills(person: Unhurried, *answers: str) -> None:
    """Answer the form field by field; ``›`` skips one."""
    for answer in answers:
        if answer == "›":
            await person.presses("跳过")
        else:
            await person.says(answer)


async def points(hall: Hall, person: Unhurried) -> list[tuple[str, int]]:
    """Somebody's entries in the ledger: rule and points."""

    def work(tx: Tx) -> list[tuple[str, int]]:
        found = tx.people.by_user(person.id)
        assert found is not None
        evidence = [f"{kind}:{n}" for n in range(1, 9) for kind in ("work", "work_rating", "work_shortlist")]
        evidence += [f"quota:five_ones:{year}" for year in (2026, 2027)]
        return [(one.rule, one.points) for name in evidence for one in tx.ledger.on(found.id, name)]

    return await hall.read(work)
