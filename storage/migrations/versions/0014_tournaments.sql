CREATE TABLE tournaments (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  title TEXT NOT NULL,
  preset TEXT NOT NULL,
  bank TEXT NOT NULL,
  chat_id BIGINT NOT NULL,
  unit_id INTEGER REFERENCES units (id),
  host_id BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('entering', 'running', 'finished', 'called_off')),
  opened_at BIGINT NOT NULL,
  ended_at BIGINT
);

CREATE TABLE tournament_events (
  tournament_id INTEGER NOT NULL REFERENCES tournaments (id),
  number INTEGER NOT NULL,
  at BIGINT NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (tournament_id, number)
);

CREATE TABLE tournament_contests (
  contest_id INTEGER PRIMARY KEY REFERENCES contests (id),
  tournament_id INTEGER NOT NULL REFERENCES tournaments (id),
  bout INTEGER NOT NULL
);
CREATE INDEX tournament_contests_of ON tournament_contests (tournament_id);
