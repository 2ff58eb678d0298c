-- A roll call: of a session, for the people of a unit and those below it (NULL: of the programme).
-- "key" is the session and the unit, so that there is one of a kind however often it is asked for.
CREATE TABLE roll_calls (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  session_id INTEGER NOT NULL REFERENCES sessions (id),
  unit_id INTEGER REFERENCES units (id),
  way TEXT NOT NULL CHECK (way IN ('button', 'code')),
  secret TEXT NOT NULL,
  page TEXT NOT NULL UNIQUE,
  code_seconds INTEGER NOT NULL,
  opened_at BIGINT NOT NULL,
  late_at BIGINT NOT NULL,
  closes_at BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
  opened_by BIGINT NOT NULL,
  paced_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX roll_calls_session ON roll_calls (session_id);

-- The groups in which a roll call has its card.
CREATE TABLE roll_call_cards (
  roll_call_id INTEGER NOT NULL REFERENCES roll_calls (id),
  chat_id BIGINT NOT NULL,
  PRIMARY KEY (roll_call_id, chat_id)
);

-- Those who run a roll call and have its panel in private; "shows_code": the code is kept up to date in it.
CREATE TABLE roll_call_panels (
  roll_call_id INTEGER NOT NULL REFERENCES roll_calls (id),
  user_id BIGINT NOT NULL,
  shows_code INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (roll_call_id, user_id)
);

-- Wrong codes, so that nobody can try them all.
CREATE TABLE roll_call_misses (
  user_id BIGINT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX roll_call_misses_user ON roll_call_misses (user_id, at);

-- Leave asked for a single session, in advance.
CREATE TABLE session_leaves (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  session_id INTEGER NOT NULL REFERENCES sessions (id),
  person_id INTEGER NOT NULL REFERENCES people (id),
  reason TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('asked', 'approved', 'declined')),
  asked_at BIGINT NOT NULL,
  decided_at BIGINT,
  decided_by BIGINT,
  decider TEXT NOT NULL,
  UNIQUE (session_id, person_id)
);
CREATE TABLE session_leave_notices (
  leave_id INTEGER NOT NULL REFERENCES session_leaves (id),
  user_id BIGINT NOT NULL,
  PRIMARY KEY (leave_id, user_id)
);

-- Warnings that were given: once for each threshold and period.
CREATE TABLE attendance_warnings (
  person_id INTEGER NOT NULL REFERENCES people (id),
  threshold TEXT NOT NULL,
  period TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (person_id, threshold, period)
);

-- Make-up lessons: read, be tested, be signed off. "paper" is the test under way as JSON.
CREATE TABLE make_ups (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  session_id INTEGER NOT NULL REFERENCES sessions (id),
  person_id INTEGER NOT NULL REFERENCES people (id),
  state TEXT NOT NULL CHECK (state IN ('open', 'waiting', 'cleared', 'dropped')),
  opened_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  read_at BIGINT,
  paper TEXT NOT NULL DEFAULT '',
  tries INTEGER NOT NULL DEFAULT 0,
  percent INTEGER,
  handed_at BIGINT,
  reason TEXT NOT NULL DEFAULT '',
  signed_at BIGINT,
  signed_by BIGINT,
  signer TEXT NOT NULL DEFAULT '',
  UNIQUE (session_id, person_id)
);
CREATE INDEX make_ups_state ON make_ups (state, due_at);
CREATE TABLE make_up_notices (
  make_up_id INTEGER NOT NULL REFERENCES make_ups (id),
  round INTEGER NOT NULL,
  user_id BIGINT NOT NULL,
  PRIMARY KEY (make_up_id, round, user_id)
);

-- Study notes: one a person and session. "body" has the fields of the template as JSON, "file_id" a photo of the page.
CREATE TABLE notes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  session_id INTEGER NOT NULL REFERENCES sessions (id),
  person_id INTEGER NOT NULL REFERENCES people (id),
  unit_id INTEGER NOT NULL REFERENCES units (id),
  body TEXT NOT NULL,
  file_id TEXT,
  day TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  picked_at BIGINT,
  picked_by BIGINT,
  picker TEXT NOT NULL DEFAULT '',
  consent TEXT NOT NULL DEFAULT 'none' CHECK (consent IN ('none', 'asked', 'named', 'anonymous', 'refused')),
  posted_at BIGINT,
  UNIQUE (session_id, person_id)
);
CREATE INDEX notes_day ON notes (day);
