-- name: reminder_note!
-- Somebody is reminded on a day, once.
INSERT INTO reminders (person_id, day) VALUES (:person_id, :day) ON CONFLICT (person_id, day) DO NOTHING;

-- name: reminder_was^
-- Whether somebody was reminded on a day.
SELECT 1 AS reminded FROM reminders WHERE person_id = :person_id AND day = :day;
