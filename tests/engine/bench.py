"""A contest before judges, driven by hand."""

from __future__ import annotations

from typing import Any

from quizzes.engine import commands as c
from quizzes.engine import commands_bench as cb
from quizzes.engine.bench import Verdict
from quizzes.engine.events import Event
from quizzes.engine.judge_rules import JudgeRules, ProtestRules, SpeechSegment
from quizzes.engine.phases import Called
from quizzes.engine.questions import Kind, Question
from quizzes.engine.rules import AnySegment
from tests.engine.play import BUZZER, HOST, Play, but, seconds

WANG, LI, ZHAO = 501, 502, 503
SPEECH = SpeechSegment(talk=seconds(180), start=seconds(60), warning=seconds(30), scoring=seconds(60))


def oral(number: int) -> Question:
    """A question that is answered aloud."""
    return Question(f"o{number}", Kind.ORAL, f"Tell about {number}.", (), (), accepted=("the gist",))


class Bout(Play):
    """A contest with a panel of three: Wang is the chief."""

    def __init__(self, *segments: AnySegment, panel: bool = True, **rules: Any) -> None:
        segments = segments or (but(BUZZER, questions=3, answer=seconds(60)),)
        rules = {"judges": JudgeRules(), "protests": ProtestRules(), **rules}
        super().__init__(*segments, **rules)
        if panel:
            for judge, name in ((WANG, "Wang"), (LI, "Li"), (ZHAO, "Zhao")):
                self.does(cb.NameJudge(judge, name, HOST))

    def rules_on(self, judge: int, right: bool) -> tuple[Event, ...]:
        """A ballot on the answer under way."""
        return self.does(cb.Rule(judge, self.nonce, right))

    def votes(self, judge: int, verdict: Verdict, protest: int = 1) -> tuple[Event, ...]:
        """A ballot on a protest."""
        return self.does(cb.JudgeProtest(judge, protest, verdict))

    def protests(self, player: int, index: int | None = None, reason: str = "") -> tuple[Event, ...]:
        """A captain protests."""
        return self.does(cb.FileProtest(player, index, reason))

    def begins(self, player: int, after: float = 0) -> tuple[Event, ...]:
        """Whoever is called begins to speak."""
        self.update_id += 1
        return self.does(cb.Begin(player, self.update_id, self.at + seconds(after), self.nonce))

    def ends(self, player: int, after: float = 0) -> tuple[Event, ...]:
        """Whoever speaks has finished."""
        self.update_id += 1
        return self.does(cb.EndAnswer(player, self.update_id, self.at + seconds(after), self.nonce))

    def speaks(self, player: int) -> None:
        """An oral question from the screen to the judges."""
        self.shows()
        self.presses(player)
        assert isinstance(self.phase, Called)
        self.calls()
        self.begins(player)
        self.ends(player)

    def talks(self) -> None:
        """The speaker who is called, or is called next, speaks; the judges are to score."""
        if self.now_.course.nonce == 0:
            if not self.now_.seats.players:
                self.seats()
            self.does(c.Start(HOST))
        if not hasattr(self.phase, "starts_by"):
            self.wakes()
        self.does(cb.BeginTalk(HOST, self.nonce, host=True))
        self.does(cb.EndTalk(HOST, self.nonce, host=True))

    def scores_with(self, *scores: tuple[int, int]) -> tuple[Event, ...]:
        """Judges' scores in hundredths."""
        events: tuple[Event, ...] = ()
        for judge, score in scores:
            events = self.does(cb.GiveScore(judge, self.nonce, score))
        return events


def judged() -> Bout:
    """A contest in which everything happens that can happen before judges."""
    play = Bout(
        SPEECH,
        but(BUZZER, questions=3, answer=seconds(60)),
        bank=(oral(0), oral(1), oral(2)),
        decimals=2,
    )
    play.seats()
    play.does(cb.NameJudge(504, "Sun", HOST))
    play.does(cb.DismissJudge(504, HOST))
    play.does(cb.Recuse(frozenset({ZHAO})))
    play.does(cb.NoteUnreachable(ZHAO))
    play.does(c.Start(HOST))
    play.wakes()
    play.wakes()  # the talk begins by itself
    play.wakes()  # the warning
    play.wakes()  # the end
    play.wakes()  # nobody scored
    play.does(cb.RepeatScoring(HOST, play.nonce))
    play.scores_with((WANG, 9000), (LI, 8000))
    play.wakes()
    play.does(cb.SkipSpeaker(HOST, play.nonce, "ill"))
    play.talks()
    play.scores_with((WANG, 9100), (LI, 8100))
    play.shows()
    play.presses(11)
    play.calls()
    play.begins(11)
    play.does(cb.Extend(HOST, seconds(10), "hall is loud"))
    play.ends(11)
    play.rules_on(WANG, True)
    play.does(c.Recover())
    play.rules_on(LI, True)
    play.protests(21)
    play.protests(21, reason="not complete")
    play.wakes()
    play.speaks(21)
    play.wakes()
    play.wakes()
    for _ in range(20):
        if type(play.phase).__name__ in ("Finished", "Asking"):
            break
        play.wakes()
    play.speaks(11)
    while type(play.phase).__name__ != "Finished":
        play.wakes()
    return play
