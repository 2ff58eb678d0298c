-- Works: what a person, a team or a unit moves through stages. The events are the truth; the columns are what lists need.
-- "plan" is the kind as it was when the work was begun: a programme that changes in mid-year does not move what is under way.
-- "opined" has the Telegram ids of those whose opinion at the present stage is there, as JSON.
-- "key" names what there may be only one of (a unit's plan of a period).
CREATE TABLE works (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT UNIQUE,
  kind TEXT NOT NULL,
  plan TEXT NOT NULL,
  period TEXT NOT NULL,
  unit_id INTEGER NOT NULL REFERENCES units (id),
  author_id INTEGER NOT NULL REFERENCES people (id),
  title TEXT NOT NULL,
  phase TEXT NOT NULL CHECK (phase IN ('writing', 'review', 'accepted', 'rejected', 'withdrawn')),
  stage INTEGER NOT NULL,
  opined TEXT NOT NULL,
  version INTEGER NOT NULL,
  returned INTEGER NOT NULL,
  rating TEXT NOT NULL,
  score INTEGER,
  due_at BIGINT,
  begun_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  accepted_on TEXT,
  shortlisted INTEGER NOT NULL,
  consent TEXT NOT NULL CHECK (consent IN ('none', 'asked', 'named', 'anonymous', 'refused')),
  published_at BIGINT
);
CREATE INDEX works_kind ON works (kind, period);
CREATE INDEX works_phase ON works (phase);
CREATE INDEX works_author ON works (author_id);

-- Who takes part in a work besides its author.
CREATE TABLE work_members (
  work_id INTEGER NOT NULL REFERENCES works (id),
  person_id INTEGER NOT NULL REFERENCES people (id),
  PRIMARY KEY (work_id, person_id)
);
CREATE INDEX work_members_person ON work_members (person_id);

-- Everything that happened to a work, with its author (a Telegram user; 0: the bot itself); versions included.
CREATE TABLE work_events (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  work_id INTEGER NOT NULL REFERENCES works (id),
  number INTEGER NOT NULL,
  at BIGINT NOT NULL,
  author BIGINT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  UNIQUE (work_id, number)
);

-- How far an accepted plan has come, as it was reported.
CREATE TABLE work_reports (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  work_id INTEGER NOT NULL REFERENCES works (id),
  day TEXT NOT NULL,
  value TEXT NOT NULL,
  reported_by BIGINT NOT NULL,
  reported_at BIGINT NOT NULL
);
CREATE INDEX work_reports_work ON work_reports (work_id, day, id);
