CREATE TABLE contests (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  chat_id BIGINT NOT NULL,
  preset TEXT NOT NULL,
  bank TEXT NOT NULL,
  host_id BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('lobby', 'running', 'paused', 'finished', 'aborted')),
  opened_at BIGINT NOT NULL,
  ended_at BIGINT
);
CREATE INDEX contests_live ON contests (chat_id) WHERE state IN ('lobby', 'running', 'paused');

CREATE TABLE contest_events (
  contest_id INTEGER NOT NULL REFERENCES contests (id),
  number INTEGER NOT NULL,
  at BIGINT NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (contest_id, number)
);
