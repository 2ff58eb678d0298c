"""What the doctor finds, in words: what is odd, and what to do about it."""

from handlers.texts import N_

SENTENCES = {
    "unreadable": N_(
        "A part of the database cannot be read ({reason}): put the newest backup in its place, by `studyhall restore FILE`."
    ),
    "damaged": N_(
        "The database file is damaged ({reason}): stop the bot, then put the newest backup in its place, by `studyhall restore FILE`."
    ),
    "backup_damaged": N_("The backup is damaged ({reason}): do not restore from it, take an older one."),
    "schema_newer": N_(
        "The database was written by a newer version (schema {found}, this one knows {known}): update Studyhall."
    ),
    "schema_older": N_(
        "The database is at schema {found}: the next start takes a backup and brings it to {known}; the tables are looked at after that."
    ),
    "disk_full": N_(
        "Only {free} MB are free in {folder}, a backup before an update wants {needed} MB: make room or move to a larger disk."
    ),
    "log_large": N_(
        "{path} has grown to {size} MB: some other program keeps the database open; close it, or restart the bot."
    ),
    "backup_nowhere": N_(
        "No folder for backups is named: set [backup] folder and let `studyhall backup` run every day."
    ),
    "backup_never": N_("There is no backup in {folder}: run `studyhall backup`, and let it run every day."),
    "backup_old": N_(
        "The newest backup in {folder} is of {at}: see why `studyhall backup` did not run (journalctl -u studyhall-backup)."
    ),
    "readable_by_all": N_("Everybody on this machine can read {path}: chmod o-rwx {path}"),
    "clock_behind": N_(
        "The clock of this machine says {now}, but the bot has worked until {last}: set the clock, by NTP if possible."
    ),
    "no_admins": N_("No admin is named: put your numeric Telegram id into programme.admins."),
    "orphans": N_(
        "Entries of “{table}” ({count}) belong to entries of “{other}” that are not there: somebody has changed the database by hand; put a backup in its place, by `studyhall restore FILE`."
    ),
    "ledger_unequal": N_(
        "Sums of points ({count}, the first: {first}) are not what their entries come to: report it with a backup from before; the entries are what counts."
    ),
    "updates_waiting": N_(
        "Updates ({count}) have waited since {at} to be dealt with: restart the bot; if they stay, see the log."
    ),
    "updates_failed": N_(
        "Updates ({count}, the first at {at}) could not be dealt with: look for “an update failed” in the log and report it."
    ),
    "deliveries_waiting": N_(
        "Messages ({count}) have waited since {at} to be sent: see whether Telegram can be reached, then restart the bot."
    ),
    "deliveries_stuck": N_(
        "Messages ({count}) have been on their way since {at}: restart the bot, which settles them."
    ),
    "deliveries_doubtful": N_(
        "Messages ({count}, the first at {at}) may or may not have arrived, because no answer came: ask in the groups, and repeat what is missing."
    ),
    "alarms_overdue": N_("What was due at {at} or later ({count}) is not done: see the log, then restart the bot."),
    "contest_stuck": N_(
        "Contest {id} has stood still since {at}: its host can go on or end it in the group with the buttons of its card."
    ),
    "contest_forgotten": N_(
        "Contest {id} has not gone on since {at}: its host can go on or end it in the group with the buttons of its card."
    ),
    "contest_broken": N_(
        "The record of contest {id} does not replay to its standings ({reason}): keep this database and report it."
    ),
    "work_unknown": N_(
        "Works under way ({count}) are of the kind {kind}, which the programme in force does not have: they go on, but are in no list; apply a programme that has it."
    ),
    "work_stage_unknown": N_(
        "A work of the kind {kind} is at stage {stage}, but its plan has only {stages}: somebody has changed the database by hand; put a backup in its place, by `studyhall restore FILE`."
    ),
    "task_unknown": N_(
        "Tasks ({count}) are of the unknown template {kind}: a newer version wrote them; update Studyhall."
    ),
    "person_twice": N_(
        "{name} is on the roster of {unit} {count} times: if that is one person, take the others off with /remove."
    ),
    "code_twice": N_(
        "The code {code} is on the roster {count} times, with small or capital letters: give each person a code of their own in the roster file and import it again."
    ),
    "group_unbound": N_("The group {title} belongs to no unit: send /bind UNIT there, or remove the bot from it."),
    "group_astray": N_("The group {title} belongs to a unit that is gone: send /bind UNIT there."),
    "admin_unknown": N_(
        "The admin {id} has never written to the bot, which cannot write to them first: let them send /start."
    ),
}
"""By the code of the finding."""
