-- Requests to join, and the roster's imports.
CREATE TABLE join_requests (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  unit_id INTEGER NOT NULL REFERENCES units (id),
  state TEXT NOT NULL CHECK (state IN ('open', 'approved', 'refused', 'settled')),
  asked_at BIGINT NOT NULL,
  decided_at BIGINT,
  decider TEXT
);
CREATE UNIQUE INDEX join_requests_open ON join_requests (user_id) WHERE state = 'open';

CREATE TABLE join_cards (
  request_id INTEGER NOT NULL REFERENCES join_requests (id),
  user_id BIGINT NOT NULL,
  PRIMARY KEY (request_id, user_id)
);

CREATE TABLE code_misses (
  user_id BIGINT NOT NULL,
  missed_at BIGINT NOT NULL
);
CREATE INDEX code_misses_user ON code_misses (user_id, missed_at);

CREATE TABLE unit_wishes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  chat_id BIGINT NOT NULL,
  path TEXT NOT NULL,
  wished_at BIGINT NOT NULL
);

CREATE TABLE greeted_groups (
  chat_id BIGINT PRIMARY KEY
);

CREATE TABLE roster_drafts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id BIGINT NOT NULL,
  body TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'taken', 'dropped')),
  made_at BIGINT NOT NULL
);

CREATE TABLE roster_history (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person_id INTEGER NOT NULL REFERENCES people (id),
  what TEXT NOT NULL,
  detail TEXT NOT NULL,
  by_user BIGINT,
  at BIGINT NOT NULL
);
CREATE INDEX roster_history_person ON roster_history (person_id, at);

CREATE INDEX people_code ON people (lower(code));
