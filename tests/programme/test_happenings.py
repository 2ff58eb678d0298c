"""Whatever a capability books has words: for the rule that is about it, and for the evidence behind an entry."""

import re
from pathlib import Path

from handlers.present.evidence import EVIDENCE_WORDS
from handlers.present.happenings import HAPPENING_WORDS
from storage.attendance import Presence
from storage.checkins import Status
from study.happenings import HAPPENINGS
from study.programme.points import Points
from study.programme.reading import folder_of, read_programme, shipped
from study.programme.whole import Programme

ROOT = Path(__file__).parent.parent.parent
CODE = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "study").glob("*.py"))}
NAMED = {"checkin": {one.value for one in Status}, "session": {one.value for one in Presence} - {"leave"}}
"""Happenings that are named after a status: no name of them stands in the code."""


def test_every_happening_of_the_code_has_words_and_is_documented() -> None:
    """Its name is known to rules, has words, and stands in the table of docs/points.md; and there is no other one."""
    text = "\n".join(CODE.values())
    found = set(re.findall(r'"([a-z]+\.[a-z_]+)"', " ".join(re.findall(r"Happening\((?:[^()]|\([^()]*\))*", text))))
    for kind, statuses in NAMED.items():
        if f'Happening(f"{kind}.' in text:
            found |= {f"{kind}.{status}" for status in statuses}
    documented = set(re.findall(r"`([a-z]+\.[a-z_]+)`", (ROOT / "docs" / "points.md").read_text(encoding="utf-8")))

    assert len(found) > 30
    assert sorted(found - HAPPENINGS) == []
    assert sorted(HAPPENINGS ^ HAPPENING_WORDS.keys()) == []
    assert sorted(HAPPENINGS - documented) == []


def test_every_evidence_of_the_code_has_words() -> None:
    """What stands before the number, and behind it, of each piece of evidence that is credited."""
    booked = re.compile(r'(?:credit\([^)]*?|evidence = )f"([a-z_]+):\{[^}"]*\}(?::(?:([a-z_]+)|\{[^}]*\}))?"')
    found = {
        (name, f"{table}_{part}" if part else table)
        for name, text in CODE.items()
        for table, part in booked.findall(text)
    }

    assert {"session_lecturer", "speech", "round_spoke", "work_rating", "quota"} <= {table for _, table in found}
    assert sorted((name, table) for name, table in found if table not in EVIDENCE_WORDS) == []


def test_a_rule_about_what_never_happens_is_a_mistake() -> None:
    """An office's typo is named with its place; the shipped programmes have none."""
    rule = {"key": "r", "title": "r", "on": "task.acepted", "points": 1}
    points = Points.model_validate({"rules": [rule]})

    flaws = list(points.flaws(Programme(points=points)))

    assert [(flaw.key, flaw.problem, flaw.value) for flaw in flaws] == [("rules[0].on", "unknown_name", "task.acepted")]
    for name in shipped():
        programme = read_programme(folder_of(name))
        assert list(programme.points.flaws(programme)) == []
