"""Why something happened: the words that events use instead of sentences."""

from __future__ import annotations

from enum import StrEnum


class PressKind(StrEnum):
    """What became of a press or of an answer that did not decide anything by itself."""

    FIRST = "first"
    """First, and known to be."""
    IN_TIME = "in_time"
    """Received while it may still turn out to be first; nobody is told more before ``Buzzed``."""
    LATER = "later"
    """Somebody else was first."""
    TOO_LATE = "too_late"
    FALSE_START = "false_start"
    NOT_YOUR_TURN = "not_your_turn"
    SECOND = "second"
    """The same person again."""


class AskReason(StrEnum):
    """Why a question is asked at this moment."""

    NEXT = "next"
    AGAIN = "again"
    """The round before came to nothing."""
    REBOUND = "rebound"
    """It goes to the other teams."""
    REPLACED = "replaced"
    """It stands in for one that was replaced."""
    STAKED = "staked"
    """The stake is chosen: the message that asked for it becomes the question."""


class LossReason(StrEnum):
    """Why a round came to nothing."""

    NOT_SHOWN = "not_shown"
    CALL_NOT_SHOWN = "call_not_shown"
    OUTAGE = "outage"


class RulingReason(StrEnum):
    """What a ruling rests on."""

    ANSWERED = "answered"
    NOT_STARTED = "not_started"
    NOT_ANSWERED = "not_answered"
    NOBODY_BUZZED = "nobody_buzzed"
    FALSE_START = "false_start"
    EVERYONE = "everyone"
    JUDGED = "judged"
    NOT_JUDGED = "not_judged"
    """Nobody judged the answer in time; the question is void."""
