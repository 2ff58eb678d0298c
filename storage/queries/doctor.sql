-- name: doctor_integrity
-- What SQLite itself finds wrong with the file; one row "ok" if nothing. (PostgreSQL looks after that by itself.)
SELECT integrity_check AS finding FROM pragma_integrity_check(20);

-- name: doctor_foreign_keys
-- Rows that name a row of another table that is not there.
SELECT "table" AS child, parent, count(*) AS rows FROM pragma_foreign_key_check GROUP BY "table", parent
ORDER BY "table", parent;

-- name: doctor_last_sign$
-- When the bot last did something: took an update in, said something, or heard that it arrived.
SELECT max(at) FROM (
  SELECT max(received_at) AS at FROM inbox
  UNION ALL SELECT max(created_at) FROM outbox WHERE id = (SELECT max(id) FROM outbox)
  UNION ALL SELECT max(sent_at) FROM outbox
);

-- name: doctor_inbox_waiting^
-- Updates that have waited since before a moment.
SELECT count(*) AS rows, min(received_at) AS oldest FROM inbox WHERE state = 'waiting' AND received_at < :before;

-- name: doctor_inbox_failed^
-- Updates that could not be dealt with and are still known.
SELECT count(*) AS rows, min(received_at) AS oldest FROM inbox WHERE state = 'failed';

-- name: doctor_outbox_open^
-- What has been waiting, or on its way, since before a moment.
SELECT count(*) AS rows, min(created_at) AS oldest FROM outbox WHERE state = :state AND created_at < :before;

-- name: doctor_outbox_unknown^
-- What may or may not have arrived, since a moment.
SELECT count(*) AS rows, min(sent_at) AS oldest FROM outbox WHERE sent_at >= :since AND state = 'unknown';

-- name: doctor_alarms_overdue^
-- What should have happened before a moment and still waits.
SELECT count(*) AS rows, min(due_at) AS oldest FROM alarms WHERE state = 'waiting' AND due_at < :before;

-- name: doctor_last_event$
-- When something last happened in a contest.
SELECT max(at) FROM contest_events WHERE contest_id = :contest_id;

-- name: doctor_contests_ended
-- The contests that ended last.
SELECT id FROM contests WHERE state IN ('finished', 'aborted') ORDER BY id DESC LIMIT :most;

-- name: doctor_work_kinds
-- Which kinds of work are under way, each as it was when they were begun, and the last stage that one has reached.
SELECT kind, plan, max(stage) AS stage, count(*) AS rows FROM works WHERE phase IN ('writing', 'review')
GROUP BY kind, plan ORDER BY kind, plan;

-- name: doctor_task_templates
-- Which templates tasks are of.
SELECT template AS kind, count(*) AS rows FROM tasks GROUP BY template ORDER BY template;

-- name: doctor_same_names
-- People of one name in one unit.
SELECT p.name, u.path AS unit, count(*) AS rows FROM people p JOIN units u ON u.id = p.unit_id
WHERE p.left_at IS NULL GROUP BY p.unit_id, p.name HAVING count(*) > 1 ORDER BY u.path, p.name;

-- name: doctor_same_codes
-- Codes that differ in nothing but capital letters: whoever joins by one may become the other.
SELECT lower(code) AS kind, count(*) AS rows FROM people GROUP BY lower(code) HAVING count(*) > 1 ORDER BY lower(code);

-- name: doctor_groups_unbound
-- Groups in which the bot is and that belong to no unit.
SELECT chat_id, title FROM groups WHERE state = 'active' AND unit_id IS NULL ORDER BY title;

-- name: doctor_groups_astray
-- Groups that belong to a unit which is not there.
SELECT g.chat_id, g.title FROM groups g WHERE g.unit_id IS NOT NULL
AND NOT EXISTS (SELECT 1 FROM units u WHERE u.id = g.unit_id) ORDER BY g.title;
