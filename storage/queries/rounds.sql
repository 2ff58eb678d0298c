-- name: round_add$
-- A round by the rule; nothing happens if it is there.
INSERT INTO rounds (key, plan, unit_id, nominal, starts_at, state, turn, reminder, reading, body, seed, created_at)
VALUES (:key, :plan, :unit_id, :nominal, :starts_at, 'planned', 0, '', '', :body, :seed, :now)
ON CONFLICT (key) DO NOTHING
RETURNING id;

-- name: round_get^
-- One round.
SELECT r.id, r.key, r.plan, r.unit_id, u.name AS unit, r.nominal, r.starts_at, r.state, r.turn, r.moved_by, r.reminder, r.reading,
  r.body, r.seed, r.due_at
FROM rounds r JOIN units u ON u.id = r.unit_id WHERE r.id = :id;

-- name: rounds_between
-- The rounds that begin within a time, in whatever state, in order.
SELECT r.id, r.key, r.plan, r.unit_id, u.name AS unit, r.nominal, r.starts_at, r.state, r.turn, r.moved_by, r.reminder, r.reading,
  r.body, r.seed, r.due_at
FROM rounds r JOIN units u ON u.id = r.unit_id
WHERE r.starts_at >= :first AND r.starts_at < :last ORDER BY r.starts_at, u.path, r.id;

-- name: rounds_planned
-- The rounds that nobody has been told of.
SELECT r.id, r.key, r.plan, r.unit_id, u.name AS unit, r.nominal, r.starts_at, r.state, r.turn, r.moved_by, r.reminder, r.reading,
  r.body, r.seed, r.due_at
FROM rounds r JOIN units u ON u.id = r.unit_id
WHERE r.state = 'planned' AND r.starts_at >= :now ORDER BY r.starts_at, u.path, r.id;

-- name: rounds_of
-- The rounds that somebody is asked to, the newest first.
SELECT r.id, r.key, r.plan, r.unit_id, u.name AS unit, r.nominal, r.starts_at, r.state, r.turn, r.moved_by, r.reminder, r.reading,
  r.body, r.seed, r.due_at
FROM rounds r JOIN units u ON u.id = r.unit_id JOIN round_members m ON m.round_id = r.id
WHERE m.person_id = :person_id AND r.state <> 'cancelled' ORDER BY r.starts_at DESC LIMIT :most;

-- name: rounds_alive
-- The rounds that people know of and that are not over, in order.
SELECT r.id, r.key, r.plan, r.unit_id, u.name AS unit, r.nominal, r.starts_at, r.state, r.turn, r.moved_by, r.reminder, r.reading,
  r.body, r.seed, r.due_at
FROM rounds r JOIN units u ON u.id = r.unit_id
WHERE r.state IN ('announced', 'open', 'evaluating') ORDER BY r.starts_at, u.path, r.id;

-- name: round_plan!
-- A planned round as the programme has it now.
UPDATE rounds SET starts_at = :starts_at, body = :body WHERE id = :id;

-- name: round_drop!
-- The programme has no such day any more, and nobody was told of it.
DELETE FROM rounds WHERE id = :id AND state = 'planned';

-- name: round_move!
-- Another time; what was set to ring for the old one is passed over.
UPDATE rounds SET starts_at = :starts_at, turn = turn + 1, moved_by = :moved_by WHERE id = :id;

-- name: round_state!
-- How far a round is.
UPDATE rounds SET state = :state WHERE id = :id;

-- name: round_due!
-- Until when it is evaluated.
UPDATE rounds SET due_at = :due_at WHERE id = :id;

-- name: round_reminder!
-- What the reminder of this round says.
UPDATE rounds SET reminder = :reminder WHERE id = :id;

-- name: round_reading!
-- What is to be read before this round.
UPDATE rounds SET reading = :reading WHERE id = :id;

-- name: round_places
-- Who is in which group of a unit, in the order in which they spoke the last time.
SELECT person_id, number, place FROM round_places WHERE plan = :plan AND unit_id = :unit_id ORDER BY number, place;

-- name: round_places_clear!
-- The arrangement is made anew.
DELETE FROM round_places WHERE plan = :plan AND unit_id = :unit_id;

-- name: round_place_add!
-- Somebody's group and place.
INSERT INTO round_places (plan, unit_id, person_id, number, place) VALUES (:plan, :unit_id, :person_id, :number, :place);

-- name: round_group_put$
-- A group of a round, made if it is new; its id.
INSERT INTO round_groups (round_id, number, state, chat_id, host, rung, step, undo, card, words, words_by)
VALUES (:round_id, :number, 'waiting', :chat_id, '', 0, 0, '', 0, '', '')
ON CONFLICT (round_id, number) DO UPDATE SET chat_id = excluded.chat_id
RETURNING id;

-- name: round_group_get^
-- One group.
SELECT id, round_id, number, state, chat_id, session_id, host_id, host, speaker_id, called_at, rung, step, undo, card, opened_at,
  ended_at, words, words_by
FROM round_groups WHERE id = :id;

-- name: round_groups_of
-- The groups of a round.
SELECT id, round_id, number, state, chat_id, session_id, host_id, host, speaker_id, called_at, rung, step, undo, card, opened_at,
  ended_at, words, words_by
FROM round_groups WHERE round_id = :round_id ORDER BY number;

-- name: round_groups_in
-- The open groups whose card stands in a chat.
SELECT id, round_id, number, state, chat_id, session_id, host_id, host, speaker_id, called_at, rung, step, undo, card, opened_at,
  ended_at, words, words_by
FROM round_groups WHERE chat_id = :chat_id AND state = 'open' ORDER BY id;

-- name: round_group_keep!
-- A group as it is now.
UPDATE round_groups
SET state = :state, session_id = :session_id, host_id = :host_id, host = :host, speaker_id = :speaker_id,
  called_at = :called_at, rung = :rung, step = :step, undo = :undo, card = :card, opened_at = :opened_at, ended_at = :ended_at,
  words = :words, words_by = :words_by
WHERE id = :id;

-- name: round_groups_move_chat!
-- A group of Telegram has another id.
UPDATE round_groups SET chat_id = :new WHERE chat_id = :old;

-- name: round_member_put!
-- Somebody is asked to a round, or is in another group of it.
INSERT INTO round_members (round_id, person_id, group_id, unit_id, place, status)
VALUES (:round_id, :person_id, :group_id, :unit_id, :place, 'waiting')
ON CONFLICT (round_id, person_id) DO UPDATE SET group_id = excluded.group_id, place = excluded.place;

-- name: round_member_drop!
-- Somebody has left before the round.
DELETE FROM round_members WHERE round_id = :round_id AND person_id = :person_id;

-- name: round_members
-- Everybody who is asked to a round, by group and place.
SELECT m.round_id, m.person_id, m.group_id, m.unit_id, m.place, m.status, m.read_at, m.here_at, p.name, p.user_id
FROM round_members m JOIN people p ON p.id = m.person_id
WHERE m.round_id = :round_id ORDER BY m.group_id, m.place, m.person_id;

-- name: round_member_get^
-- One of them.
SELECT m.round_id, m.person_id, m.group_id, m.unit_id, m.place, m.status, m.read_at, m.here_at, p.name, p.user_id
FROM round_members m JOIN people p ON p.id = m.person_id
WHERE m.round_id = :round_id AND m.person_id = :person_id;

-- name: round_read!
-- Somebody has read what was to be read; the first time counts.
UPDATE round_members SET read_at = :now WHERE round_id = :round_id AND person_id = :person_id AND read_at IS NULL;

-- name: round_here!
-- Somebody is there; the first time counts.
UPDATE round_members SET here_at = :now WHERE round_id = :round_id AND person_id = :person_id AND here_at IS NULL;

-- name: round_not_here!
-- It was a mistake: they are not there.
UPDATE round_members SET here_at = NULL WHERE round_id = :round_id AND person_id = :person_id;

-- name: round_member_status!
-- How far somebody is with speaking, and their place in the order.
UPDATE round_members SET status = :status, place = :place WHERE round_id = :round_id AND person_id = :person_id;

-- name: round_unread
-- Who has not acknowledged what is to be read before rounds that were announced and have not begun.
SELECT m.person_id, r.id AS round_id, r.body, r.reading, r.starts_at
FROM round_members m JOIN rounds r ON r.id = m.round_id
WHERE r.state = 'announced' AND m.read_at IS NULL AND r.starts_at > :now ORDER BY r.starts_at, m.person_id;

-- name: round_attendance_put!
-- A line of the register of a group's session.
INSERT INTO attendances (session_id, person_id, unit_id, status, at)
VALUES (:session_id, :person_id, :unit_id, :status, :at)
ON CONFLICT (session_id, person_id) DO UPDATE SET status = excluded.status, at = excluded.at;

-- name: round_attendance_entry!
-- How that line came about.
INSERT INTO attendance_entries (session_id, person_id, status, at, cause, author_id, author, reason, made_at)
VALUES (:session_id, :person_id, :status, :at, :cause, :author_id, :author, :reason, :made_at);

-- name: round_attendances
-- The register of a group's session.
SELECT person_id, status FROM attendances WHERE session_id = :session_id;

-- name: round_comment_add<!
-- An observer has something to say.
INSERT INTO round_comments (round_id, person_id, body, made_at) VALUES (:round_id, :person_id, :body, :now);

-- name: round_comments_of
-- What observers have said about a round.
SELECT c.id, c.person_id, p.name, c.body, c.made_at
FROM round_comments c JOIN people p ON p.id = c.person_id WHERE c.round_id = :round_id ORDER BY c.id;

-- name: round_duty_done!
-- An observer has done what was due in a period; the first time counts.
INSERT INTO round_duties (person_id, duty, period, evidence, done_at)
VALUES (:person_id, :duty, :period, :evidence, :now) ON CONFLICT (person_id, duty, period) DO NOTHING;

-- name: round_duties_done
-- What of this was done: the periods of a duty.
SELECT person_id, duty, period, evidence, done_at FROM round_duties WHERE duty = :duty AND period = :period;
