"""The services that handlers call, put together once by ``bot.app``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from handlers.languages import Languages
from handlers.present.certificates import Awarding
from quizzes.bank_desk import BankDesk
from quizzes.banks import Banks
from quizzes.halls import Halls
from quizzes.lineups import Lineups
from quizzes.practice.service import Practice
from quizzes.records import Records
from quizzes.reviews import Reviews
from quizzes.screens import Screens
from quizzes.seasons import Seasons
from quizzes.service import Contests
from quizzes.set_up import SetUp
from quizzes.statistics import Statistics
from quizzes.tournament_halls import TournamentHalls
from quizzes.tournament_records import TournamentRecords
from quizzes.tournaments import Tournaments
from study.afterwards import Afterwards
from study.attendance_services import Attendance
from study.binding import Bindings
from study.broadcast_drafts import BroadcastDrafts
from study.broadcasts import Broadcasts
from study.bulletin_drafting import BulletinDrafts
from study.bulletin_figures import BulletinSources
from study.bulletins import Bulletins
from study.checkin_register import CheckinRegister
from study.checkins import Checkins
from study.checklists import Checklists
from study.claim_choice import ClaimChoice
from study.claim_desk import ClaimDesk
from study.claim_records import ClaimRecords
from study.claims import Claims
from study.conversations import Conversations
from study.daily_cards import DailyCards
from study.exams import Exams
from study.exports import Exports
from study.filling import Filling
from study.ideas import Ideas
from study.join_requests import JoinRequests
from study.joining import Joining
from study.leaves import Leaves
from study.library import Library
from study.materials import Materials
from study.members import Members
from study.menu import Menu
from study.person_records import PersonRecords
from study.personal_data import PersonalData
from study.points import PointServices
from study.programme.applying import Programmes
from study.reminders import Reminders
from study.replies import Replies
from study.reports import Reports
from study.rosters import Roster
from study.round_clock import RoundClock
from study.round_meeting import RoundMeeting
from study.round_saying import RoundSaying
from study.rounds import Rounds
from study.session_services import SessionServices
from study.standing import Standings
from study.survey_followup import SurveyFollowUp
from study.surveys import Surveys
from study.syllabi import Syllabi
from study.task_services import TaskServices
from study.visits import Visits
from study.work_services import WorkServices


class Now(Protocol):
    """Where the time comes from."""

    def now(self) -> datetime:
        """The present, aware, in UTC."""


@dataclass(slots=True)
class House:
    """Everything a handler may reach.

    ``me`` is the bot's own user name, ``fetch`` downloads a file of Telegram's by its id (at most ``limit`` bytes).
    """

    clock: Now
    zone: ZoneInfo
    admins: frozenset[int]
    programme: str
    languages: Languages
    replies: Replies
    standings: Standings
    conversations: Conversations
    programmes: Programmes
    sessions: SessionServices
    syllabi: Syllabi
    menu: Menu
    library: Library
    points: PointServices
    personal: PersonalData
    roster: Roster
    joining: Joining
    join_requests: JoinRequests
    bindings: Bindings
    members: Members
    checkins: Checkins
    register: CheckinRegister
    leaves: Leaves
    attendance: Attendance
    broadcasts: Broadcasts
    broadcast_drafts: BroadcastDrafts
    banks: Banks
    bank_desk: BankDesk
    contests: Contests
    lineups: Lineups
    screens: Screens
    halls: Halls
    tournament_halls: TournamentHalls
    exports: Exports
    set_up: SetUp
    records: Records
    statistics: Statistics
    reviews: Reviews
    afterwards: Afterwards
    awarding: Awarding
    tournaments: Tournaments
    tournament_records: TournamentRecords
    seasons: Seasons
    tasks: TaskServices
    works: WorkServices
    materials: Materials
    practice: Practice
    forms: Filling
    checklists: Checklists
    surveys: Surveys
    survey_follow_up: SurveyFollowUp
    exams: Exams
    rounds: Rounds
    round_saying: RoundSaying
    meeting: RoundMeeting
    round_clock: RoundClock
    reminders: Reminders
    visits: Visits
    reports: Reports
    bulletins: Bulletins
    bulletin_drafts: BulletinDrafts
    bulletin_sources: BulletinSources
    person_records: PersonRecords
    daily: DailyCards
    claims: Claims
    ideas: Ideas
    claim_desk: ClaimDesk
    claim_choice: ClaimChoice
    claim_records: ClaimRecords
    fetch: Callable[[str], Awaitable[bytes]]
    me: str = ""

    @property
    def switched_off(self) -> frozenset[str]:
        """The parts of a programme that the configuration switches off."""
        return frozenset() if self.points.enabled else frozenset({"points"})
