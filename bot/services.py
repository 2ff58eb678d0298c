"""The services that handlers call, each built once."""

import random
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from bot.clock import Clock
from bot.commands.outcome import presets_or_fail, words_of
from bot.config import Config
from handlers.house import House
from handlers.languages import Languages
from handlers.present.certificates import Awarding
from handlers.present.screens import rules_in_words
from handlers.present.surveys import demand as demand_in_words
from handlers.texts import texts
from quizzes.bank_desk import BankDesk
from quizzes.banks import Banks
from quizzes.halls import Halls
from quizzes.lineups import Lineups
from quizzes.practice.cards import PracticeSettings
from quizzes.practice.scheduling import Caps
from quizzes.practice.service import Practice
from quizzes.presets import Preset
from quizzes.records import Records
from quizzes.reviews import Reviews
from quizzes.screens import Screens
from quizzes.season_counts import season_start
from quizzes.seasons import Seasons
from quizzes.service import Contests
from quizzes.set_up import SetUp
from quizzes.statistics import Statistics
from quizzes.tournament_halls import TournamentHalls
from quizzes.tournament_plans import load_plans
from quizzes.tournament_records import TournamentRecords
from quizzes.tournaments import Tournaments
from storage import Database, Tx
from study.afterwards import Afterwards
from study.attendance_services import open_attendance
from study.binding import Bindings
from study.broadcast_drafts import BroadcastDrafts
from study.broadcasts import Broadcasts
from study.bulletin_drafting import BulletinDrafts
from study.bulletin_figures import BulletinSources
from study.bulletins import Bulletins
from study.checkin_register import CheckinRegister
from study.checkin_rules import CheckinPlan
from study.checkins import Checkins
from study.checklists import Checklists
from study.claim_book import ClaimSettings
from study.claim_choice import ClaimChoice
from study.claim_desk import ClaimDesk
from study.claim_records import ClaimRecords
from study.claims import Claims
from study.contest_points import contest_follower, practised, tournament_follower
from study.conversations import Conversations
from study.daily_cards import DailyCards
from study.evaluations import owed as owed_forms
from study.exam_book import ExamSettings
from study.exams import open_exams
from study.exports import Exports
from study.filling import Filling
from study.ideas import Ideas
from study.join_requests import JoinRequests
from study.joining import Joining
from study.languages import LanguageChoices
from study.leaves import Leaves
from study.library import Library
from study.makeups import owed as owed_makeups
from study.material_cards import MaterialSettings
from study.materials import Materials
from study.members import Members
from study.menu import Menu
from study.person_records import PersonRecords
from study.personal_data import PersonalData
from study.points import open_points
from study.programme.applying import Programmes
from study.quotas import owed as owed_quotas
from study.reminders import Reminders
from study.replies import Replies
from study.report_book import ReportSettings
from study.reports import Reports
from study.rosters import Roster
from study.round_book import RoundSettings
from study.round_clock import RoundClock
from study.round_meeting import RoundMeeting
from study.round_saying import RoundSaying
from study.rounds import Rounds
from study.session_book import SessionSettings
from study.session_services import open_sessions
from study.standing import Standings
from study.survey_followup import SurveyFollowUp
from study.surveys import Surveys
from study.syllabi import Syllabi
from study.task_services import open_tasks
from study.tasks import TaskSettings
from study.visits import Visits
from study.work_clock import owed as owed_works
from study.work_news import WorkSettings
from study.work_services import open_works

WEBHOOK_SETTLE = timedelta(milliseconds=250)
"""Webhook calls run in parallel, so a press may overtake an earlier one by about this much."""


def open_house(
    config: Config,
    clock: Clock,
    database: Database,
    fetch: Callable[[str], Awaitable[bytes]],
    dice: random.Random | None = None,
) -> House:
    """Put the services together for a programme; ``dice``: what draws and shuffles, the system's own if nobody says."""
    zone = config.programme.zone
    presets = presets_of(config)
    settle = WEBHOOK_SETTLE if config.telegram.mode == "webhook" else timedelta(0)
    admins = frozenset(config.programme.admins)
    checkin = CheckinPlan(**dict(config.checkin), zone=zone, country=config.programme.country)
    banks = Banks(database)
    checkins = Checkins(database, checkin, admins)
    attendance = open_attendance(database, zone, admins, dice)
    materials = Materials(
        database, MaterialSettings(**dict(config.materials), zone=zone, country=config.programme.country, admins=admins)
    )

    def group_bound(tx: Tx, chat_id: int, now: datetime) -> None:
        checkins.group_bound(tx, chat_id, now)
        materials.schedule.group_bound(tx, chat_id, now)

    contests = Contests(
        database,
        presets,
        clock,
        settle=settle,
        dice=dice,
        picture=config.contest.picture,
        season_start=lambda tx, chat_id, now: season_start(tx, chat_id, now, zone),
    )
    round_settings = RoundSettings(
        zone, config.programme.country, admins, dice if dice is not None else random.SystemRandom()
    )
    meeting = RoundMeeting(database, round_settings)
    tasks = open_tasks(database, _tasks(config))
    claiming = ClaimSettings(zone, admins)
    claims = Claims(database, claiming)
    exams = open_exams(
        database, ExamSettings(**dict(config.exams), zone=zone, country=config.programme.country, admins=admins)
    )
    session_settings = SessionSettings(zone, config.programme.country, config.programme.language, admins)
    sessions = open_sessions(database, session_settings)
    contests.running.followers.append(contest_follower(zone))
    tournaments = Tournaments(database, load_plans(presets), contests, dice=dice)
    tournaments.followers.append(tournament_follower(zone))
    practice = Practice(
        database,
        PracticeSettings(zone, Caps(new=config.practice.daily_new, reviews=config.practice.daily_reviews)),
    )
    practice.followers.append(practised)
    rounds = Rounds(database, round_settings, meeting)
    report_settings = ReportSettings(config.programme.name, zone, admins)
    reminders = Reminders(
        database,
        (
            tasks.clock.owed,
            exams.clock.owed,
            owed_makeups,
            owed_forms,
            partial(owed_works, admins=admins),
            partial(owed_quotas, zone=zone),
            rounds.owed,
            claims.owed,
        ),
        zone=zone,
        country=config.programme.country,
        language=config.programme.language,
    )
    return House(
        clock=clock,
        zone=zone,
        admins=admins,
        programme=config.programme.name,
        languages=Languages(LanguageChoices(database), config.programme.language, zone),
        replies=Replies(database),
        standings=Standings(database, admins),
        conversations=Conversations(database),
        programmes=Programmes(database),
        sessions=sessions,
        syllabi=Syllabi(database, session_settings),
        menu=Menu(database, session_settings, sessions.drafts),
        library=Library(database, admins),
        points=open_points(database, admins, zone, enabled=config.points.enabled),
        personal=PersonalData(database, admins),
        roster=Roster(database, admins, zone),
        joining=Joining(database, admins, config.programme.name),
        join_requests=JoinRequests(database, admins, config.programme.name),
        bindings=Bindings(database, admins, group_bound),
        members=Members(database, admins, config.programme.name),
        checkins=checkins,
        register=CheckinRegister(database, checkin, admins),
        leaves=Leaves(database, checkin, admins, attendance.calls.leave_approved),
        attendance=attendance,
        broadcasts=Broadcasts(database, admins, config.programme.name, zone),
        broadcast_drafts=BroadcastDrafts(database, admins, config.programme.name, zone),
        banks=banks,
        bank_desk=BankDesk(database, banks),
        contests=contests,
        lineups=Lineups(database, contests),
        screens=Screens(database, presets),
        halls=Halls(
            database,
            presets,
            clock,
            config.programme.name,
            lambda card: rules_in_words(card, zone),
            language=config.programme.language,
        ),
        tournament_halls=TournamentHalls(database, clock, config.programme.name, language=config.programme.language),
        exports=Exports(database, admins),
        set_up=SetUp(database, presets),
        records=Records(database),
        statistics=Statistics(database),
        reviews=Reviews(database, {name: dict(preset.title) for name, preset in presets.items()}),
        afterwards=Afterwards(database, admins),
        awarding=Awarding(**dict(config.certificates)),
        tournament_records=TournamentRecords(database, Records(database)),
        tournaments=tournaments,
        seasons=Seasons(database, zone),
        tasks=tasks,
        works=open_works(database, WorkSettings(zone, config.programme.country, admins)),
        materials=materials,
        exams=exams,
        visits=Visits(database, round_settings),
        reports=Reports(database, report_settings),
        bulletins=Bulletins(database, report_settings),
        bulletin_drafts=BulletinDrafts(database, report_settings),
        bulletin_sources=BulletinSources(database, report_settings),
        person_records=PersonRecords(database, report_settings),
        reminders=reminders,
        rounds=rounds,
        round_saying=RoundSaying(database, round_settings),
        claims=claims,
        ideas=Ideas(database, claiming),
        claim_desk=ClaimDesk(database, claiming),
        claim_choice=ClaimChoice(database, claiming, round_settings.dice),
        claim_records=ClaimRecords(database, claiming),
        meeting=meeting,
        round_clock=RoundClock(database, round_settings, meeting),
        daily=DailyCards(database, round_settings),
        forms=Filling(database, admins, zone),
        checklists=Checklists(database, admins, zone),
        surveys=Surveys(database, _tasks(config)),
        survey_follow_up=SurveyFollowUp(
            database, _tasks(config), lambda why: demand_in_words(why, texts(config.programme.language, zone))
        ),
        practice=practice,
        fetch=fetch,
    )


def presets_of(config: Config) -> dict[str, Preset]:
    """The shipped presets and the programme's own with the programme's grace, and its number of questions where there is one segment.

    Raises:
        Failed: with every mistake in the programme's own files.
    """
    grace = timedelta(seconds=config.contest.grace)

    def tuned(preset: Preset) -> Preset:
        segments = preset.rules.segments
        if len(segments) == 1 and not preset.rules.speeches:
            segments = (replace(segments[0], questions=config.contest.questions),)
        return replace(preset, rules=replace(preset.rules, grace=grace, segments=segments))

    return {name: tuned(preset) for name, preset in presets_or_fail(config, words_of(config)).items()}


def _tasks(config: Config) -> TaskSettings:
    wanted = config.reflections
    return TaskSettings(
        zone=config.programme.zone,
        country=config.programme.country,
        admins=frozenset(config.programme.admins),
        days=wanted.days,
        at=wanted.at,
        due_days=wanted.due_days,
        least=wanted.least,
        prompt=wanted.prompt,
    )
