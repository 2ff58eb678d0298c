"""Names in the order in which people count."""

from storage import Database
from storage.order import as_people_count


def test_numbered_names() -> None:
    """Chinese and Arabic numerals count as numbers; what lies above comes first."""
    names = [
        "甲/第一支部",
        "甲/第二支部",
        "甲/第三支部",
        "甲/第十支部",
        "甲/第十二支部",
        "甲/第二十一支部",
        "甲/第一百零三支部",
    ]
    paths = ["甲", *names, "甲/第一百零三支部/1 组", "甲/第一百零三支部/2 组", "甲/第一百零三支部/10 组", "乙"]

    assert sorted(paths[-2:0:-1], key=as_people_count) == paths[1:-1]
    assert sorted(["2026年", "二〇二五年"], key=as_people_count) == ["二〇二五年", "2026年"]
    assert sorted([names[0], "甲"], key=as_people_count) == ["甲", names[0]]


async def test_units_come_in_that_order(database: Database) -> None:
    """Wherever units are listed, the second branch stands before the third."""
    for name in ("第三支部", "第一支部", "第二支部"):
        await database.write(lambda tx, name=name: tx.people.add_unit(f"示范区/{name}"))

    units = await database.read(lambda tx: tx.people.units())

    assert [unit.name for unit in units] == ["示范区", "第一支部", "第二支部", "第三支部"]
