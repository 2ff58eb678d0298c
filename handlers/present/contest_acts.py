"""What hosts and judges write after ``/contest``: extend, correct, rule anew, declare void, replace, skip, score again."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from handlers.present.points import units
from handlers.texts import N_
from quizzes.engine import commands as c
from quizzes.engine import commands_bench as cb
from quizzes.engine.frozen import dataclass
from quizzes.engine.han import heard
from quizzes.engine.phases import Contest
from quizzes.engine.scoring import QuestionState
from quizzes.errors import QuestionNotFound, ScoreUnclear, TeamNotFound
from study.errors import Usage

Kind = Literal["extend", "add", "deduct", "overrule", "void", "replace", "skip", "rescore"]
_KINDS: dict[str, Kind] = {
    "延时": "extend", "延长": "extend", "extend": "extend", "加分": "add", "add": "add", "减分": "deduct", "deduct": "deduct",
    "改判": "overrule", "overrule": "overrule", "作废": "void", "void": "void",
    "换题": "replace", "replace": "replace", "跳过": "skip", "skip": "skip", "重评": "rescore", "rescore": "rescore",
}  # fmt: skip
_RULINGS = {"对": True, "正确": True, "right": True, "错": False, "错误": False, "wrong": False}
_USAGE = {
    "extend": N_("/contest extend 5 REASON"),
    "add": N_("/contest add TEAM 5 REASON"),
    "deduct": N_("/contest deduct TEAM 5 REASON"),
    "overrule": N_("/contest overrule QUESTION right|wrong REASON"),
    "void": N_("/contest void QUESTION REASON"),
    "replace": N_("/contest replace REASON"),
    "skip": N_("/contest skip REASON"),
    "rescore": N_("/contest rescore"),
}


@dataclass(frozen=True, slots=True)
class HostAct:
    """An act by its words; they are read against the contest as it is."""

    kind: Kind
    words: tuple[str, ...]

    def command(self, contest: Contest, by: int) -> c.Command:
        """The command that these words are.

        Raises:
            Usage: something is missing.
            TeamNotFound, QuestionNotFound: there is no such team or question.
        """
        match self.kind:
            case "extend":
                seconds = self._number(0)
                return cb.Extend(by, timedelta(seconds=seconds), " ".join(self.words[1:]))
            case "add" | "deduct":
                return self._correction(contest, by)
            case "overrule":
                return self._ruling(contest, by)
            case "void":
                return c.VoidQuestion(_index(contest, self._number(0)), by, self._reason(1))
            case "replace":
                return c.ReplaceQuestion(by, self._reason(0))
            case "skip":
                return cb.SkipSpeaker(by, contest.course.nonce, " ".join(self.words))
            case "rescore":
                return cb.RepeatScoring(by, contest.course.nonce)

    def _number(self, place: int) -> int:
        word = self.words[place] if place < len(self.words) else ""
        if not word.isdecimal() or len(word) > 6:
            raise Usage(usage=_USAGE[self.kind])
        return int(word)

    def _reason(self, first: int) -> str:
        reason = " ".join(self.words[first:])[:200]
        if not reason:
            raise Usage(usage=_USAGE[self.kind])
        return reason

    def _correction(self, contest: Contest, by: int) -> c.CorrectScore:
        for place in range(1, len(self.words)):
            try:
                points = units(self.words[place], contest.rules.decimals)
            except ScoreUnclear:
                continue
            team = _team(contest, " ".join(self.words[:place]))
            return c.CorrectScore(team, points if self.kind == "add" else -points, by, self._reason(place + 1))
        raise Usage(usage=_USAGE[self.kind])

    def _ruling(self, contest: Contest, by: int) -> c.Overrule:
        number = self._number(0)
        for place in range(1, len(self.words)):
            right = _RULINGS.get(heard(self.words[place]))
            if right is not None:
                team = _team(contest, " ".join(self.words[1:place])) if place > 1 else None
                return c.Overrule(_index(contest, number), right, by, self._reason(place + 1), team)
        raise Usage(usage=_USAGE[self.kind])


def read_act(words: list[str]) -> HostAct | None:
    """The act that is meant, if it is one; ``/contest 作废`` and ``换题`` alone are about the question under way."""
    kind = _KINDS.get(heard(words[0]))
    if kind is None or (kind in ("void", "replace") and len(words) == 1):
        return None
    return HostAct(kind, tuple(words[1:]))


def _team(contest: Contest, name: str) -> int:
    team = contest.seats.named(name)
    if team is None:
        raise TeamNotFound(name=name, known="、".join(team.name for team in contest.seats.teams.values()))
    return team.id


def _index(contest: Contest, number: int) -> int:
    """The position of the question that people call by this number; the one that counts, if another was replaced."""
    found = [record for record in contest.records if record.number == number]
    counting = [record for record in found if record.state is not QuestionState.VOID]
    if found:
        return (counting or found)[-1].index
    if contest.open_index is not None and contest.course.slot + 1 == number:
        return contest.open_index
    raise QuestionNotFound(number=number)
