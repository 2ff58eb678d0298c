-- name: attendance_put!
-- A line of a session's register as it stands now.
INSERT INTO attendances (session_id, person_id, unit_id, status, at)
VALUES (:session_id, :person_id, :unit_id, :status, :at)
ON CONFLICT (session_id, person_id) DO UPDATE SET status = excluded.status, at = excluded.at;

-- name: attendance_entry_add!
-- How a line came about.
INSERT INTO attendance_entries (session_id, person_id, status, at, cause, author_id, author, reason, made_at)
VALUES (:session_id, :person_id, :status, :at, :cause, :author_id, :author, :reason, :made_at);

-- name: attendance_get^
-- A person's line of a session.
SELECT session_id, person_id, unit_id, status, at FROM attendances
WHERE session_id = :session_id AND person_id = :person_id;

-- name: attendance_of_session
-- The register of one session.
SELECT session_id, person_id, unit_id, status, at FROM attendances WHERE session_id = :session_id ORDER BY person_id;

-- name: attendance_entries_of
-- How a line came about, oldest first.
SELECT id, session_id, person_id, status, at, cause, author_id, author, reason, made_at
FROM attendance_entries WHERE session_id = :session_id AND person_id = :person_id ORDER BY id;

-- name: attendance_history
-- A person's lines of sessions that began within a time, the oldest first.
SELECT a.session_id, a.status, s.starts_at
FROM attendances a JOIN sessions s ON s.id = a.session_id
WHERE a.person_id = :person_id AND s.starts_at >= :first AND s.starts_at < :last AND s.state <> 'cancelled'
ORDER BY s.starts_at, s.id;

-- name: attendance_period
-- Every line of the sessions that began within a time, with names, by session, unit and name.
SELECT a.session_id, s.title, s.starts_at, a.person_id, p.name, a.unit_id, u.path AS unit, a.status, a.at
FROM attendances a
  JOIN sessions s ON s.id = a.session_id
  JOIN people p ON p.id = a.person_id
  JOIN units u ON u.id = a.unit_id
WHERE s.starts_at >= :first AND s.starts_at < :last AND s.state <> 'cancelled'
ORDER BY s.starts_at, s.id, u.path, p.name, p.id;

-- name: attendance_next_start$
-- When the first session of a time began.
SELECT min(starts_at) FROM sessions WHERE starts_at >= :first AND starts_at < :last AND state <> 'cancelled';

-- name: roll_call_add$
-- A roll call is opened; nothing happens if there is one of the kind.
INSERT INTO roll_calls (key, session_id, unit_id, way, secret, page, code_seconds, opened_at, late_at, closes_at, state,
                        opened_by)
VALUES (:key, :session_id, :unit_id, :way, :secret, :page, :code_seconds, :opened_at, :late_at, :closes_at, 'open',
        :opened_by)
ON CONFLICT (key) DO NOTHING
RETURNING id;

-- name: roll_call_get^
-- One roll call.
SELECT id, key, session_id, unit_id, way, secret, page, code_seconds, opened_at, late_at, closes_at, state, opened_by,
       paced_at
FROM roll_calls WHERE id = :id;

-- name: roll_call_keyed^
-- The roll call of a session and a unit.
SELECT id, key, session_id, unit_id, way, secret, page, code_seconds, opened_at, late_at, closes_at, state, opened_by,
       paced_at
FROM roll_calls WHERE key = :key;

-- name: roll_call_paged^
-- The roll call that a page of the hall's screen shows.
SELECT id, key, session_id, unit_id, way, secret, page, code_seconds, opened_at, late_at, closes_at, state, opened_by,
       paced_at
FROM roll_calls WHERE page = :page;

-- name: roll_calls_open
-- Every roll call that is open, the oldest first.
SELECT id, key, session_id, unit_id, way, secret, page, code_seconds, opened_at, late_at, closes_at, state, opened_by,
       paced_at
FROM roll_calls WHERE state = 'open' ORDER BY id;

-- name: roll_calls_of
-- Every roll call of a session.
SELECT id, key, session_id, unit_id, way, secret, page, code_seconds, opened_at, late_at, closes_at, state, opened_by,
       paced_at
FROM roll_calls WHERE session_id = :session_id ORDER BY id;

-- name: roll_call_way!
-- From now on by button, or by code.
UPDATE roll_calls SET way = :way WHERE id = :id;

-- name: roll_call_close!
-- It is over.
UPDATE roll_calls SET state = 'closed', closes_at = :closes_at WHERE id = :id AND state = 'open';

-- name: roll_call_pace!
-- How much its cards were edited lately.
UPDATE roll_calls SET paced_at = :paced_at WHERE id = :id;

-- name: roll_call_card_add!
-- It has a card in a group.
INSERT INTO roll_call_cards (roll_call_id, chat_id) VALUES (:roll_call_id, :chat_id)
ON CONFLICT (roll_call_id, chat_id) DO NOTHING;

-- name: roll_call_cards_of
-- The groups with its card.
SELECT chat_id FROM roll_call_cards WHERE roll_call_id = :roll_call_id ORDER BY chat_id;

-- name: roll_call_cards_drop!
-- A card whose group has one under its new id already.
DELETE FROM roll_call_cards WHERE chat_id = :old
  AND roll_call_id IN (SELECT roll_call_id FROM roll_call_cards WHERE chat_id = :new);

-- name: roll_call_cards_move!
-- A group became a supergroup.
UPDATE roll_call_cards SET chat_id = :new WHERE chat_id = :old;

-- name: roll_call_panel_put!
-- Somebody has the panel, with the code or without.
INSERT INTO roll_call_panels (roll_call_id, user_id, shows_code) VALUES (:roll_call_id, :user_id, :shows_code)
ON CONFLICT (roll_call_id, user_id) DO UPDATE SET shows_code = excluded.shows_code;

-- name: roll_call_panels_of
-- Who has the panel.
SELECT user_id, shows_code FROM roll_call_panels WHERE roll_call_id = :roll_call_id ORDER BY user_id;

-- name: roll_call_miss_add!
-- A wrong code.
INSERT INTO roll_call_misses (user_id, at) VALUES (:user_id, :at);

-- name: roll_call_misses_forget!
-- Wrong codes that no longer count.
DELETE FROM roll_call_misses WHERE at <= :before;

-- name: roll_call_misses_since^
-- How many wrong codes somebody has sent lately.
SELECT count(*) AS misses FROM roll_call_misses WHERE user_id = :user_id AND at > :since;

-- name: session_leave_put$
-- Leave from one session is asked for; a declined one may be asked for again.
INSERT INTO session_leaves (session_id, person_id, reason, state, asked_at, decider)
VALUES (:session_id, :person_id, :reason, 'asked', :asked_at, '')
ON CONFLICT (session_id, person_id) DO UPDATE
SET reason = excluded.reason, state = 'asked', asked_at = excluded.asked_at, decided_at = NULL, decided_by = NULL,
    decider = ''
WHERE session_leaves.state = 'declined'
RETURNING id;

-- name: session_leave_get^
-- One request.
SELECT id, session_id, person_id, reason, state, asked_at, decided_at, decided_by, decider
FROM session_leaves WHERE id = :id;

-- name: session_leaves_of
-- The requests for one session.
SELECT id, session_id, person_id, reason, state, asked_at, decided_at, decided_by, decider
FROM session_leaves WHERE session_id = :session_id ORDER BY id;

-- name: session_leave_decide!
-- What became of a request that waits.
UPDATE session_leaves SET state = :state, decided_at = :decided_at, decided_by = :decided_by, decider = :decider
WHERE id = :id AND state = 'asked';

-- name: session_leave_notice_add!
-- Somebody was asked to decide.
INSERT INTO session_leave_notices (leave_id, user_id) VALUES (:leave_id, :user_id)
ON CONFLICT (leave_id, user_id) DO NOTHING;

-- name: session_leave_notices_of
-- Who was asked to decide.
SELECT user_id FROM session_leave_notices WHERE leave_id = :leave_id ORDER BY user_id;

-- name: attendance_warn!
-- A warning is given, once for each threshold and period.
INSERT INTO attendance_warnings (person_id, threshold, period, at) VALUES (:person_id, :threshold, :period, :at)
ON CONFLICT (person_id, threshold, period) DO NOTHING;

-- name: roll_call_extend!
-- It stays open longer, and nobody is late for it until then: the bot was away.
UPDATE roll_calls SET late_at = :until, closes_at = :until WHERE id = :id AND state = 'open';
