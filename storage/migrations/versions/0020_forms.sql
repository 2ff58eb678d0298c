-- A form that certain people fill in about certain subjects until a time. "ref" names what there may be only one of;
-- "body" is the form as it was when it was opened, so that a changed programme changes nothing under way.
CREATE TABLE evaluations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  ref TEXT NOT NULL UNIQUE,
  form TEXT NOT NULL,
  body TEXT NOT NULL,
  anonymous INTEGER NOT NULL,
  purpose TEXT NOT NULL,
  about TEXT NOT NULL,
  unit_id INTEGER REFERENCES units (id),
  created_by BIGINT,
  opened_at BIGINT NOT NULL,
  closes_at BIGINT,
  closed_at BIGINT
);
CREATE INDEX evaluations_purpose ON evaluations (purpose, id);

-- What is rated: a person, a unit, or anything with a name. "key" is "person:12", "unit:3" or a name of the caller's.
CREATE TABLE evaluation_subjects (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  evaluation_id INTEGER NOT NULL REFERENCES evaluations (id),
  key TEXT NOT NULL,
  title TEXT NOT NULL,
  person_id INTEGER REFERENCES people (id),
  unit_id INTEGER REFERENCES units (id),
  UNIQUE (evaluation_id, key)
);

-- Who may answer about what, and whether they have; never when, and nothing here leads to what was answered.
CREATE TABLE evaluation_tickets (
  subject_id INTEGER NOT NULL REFERENCES evaluation_subjects (id),
  person_id INTEGER NOT NULL REFERENCES people (id),
  evaluation_id INTEGER NOT NULL REFERENCES evaluations (id),
  answered INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (subject_id, person_id)
) WITHOUT ROWID;
CREATE INDEX evaluation_tickets_person ON evaluation_tickets (person_id, evaluation_id);
CREATE INDEX evaluation_tickets_evaluation ON evaluation_tickets (evaluation_id, answered);

-- Open forms, each by its writer: the draft, and what was sent.
CREATE TABLE evaluation_sheets (
  subject_id INTEGER NOT NULL REFERENCES evaluation_subjects (id),
  person_id INTEGER NOT NULL REFERENCES people (id),
  evaluation_id INTEGER NOT NULL REFERENCES evaluations (id),
  draft TEXT NOT NULL,
  sent TEXT,
  sent_at BIGINT,
  PRIMARY KEY (subject_id, person_id)
);

-- Anonymous answers: each alone under a random id and stored in its order, without a writer, a time or a common key.
-- "answer" is what is counted (empty for a text), "words" what was written.
CREATE TABLE evaluation_marks (
  id TEXT PRIMARY KEY,
  evaluation_id INTEGER NOT NULL REFERENCES evaluations (id),
  subject_id INTEGER NOT NULL REFERENCES evaluation_subjects (id),
  item TEXT NOT NULL,
  answer TEXT NOT NULL,
  words TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX evaluation_marks_counts ON evaluation_marks (evaluation_id, subject_id, item, answer);

-- What has to be put right after a survey: for a low rank, or for a problem or suggestion that somebody wrote.
CREATE TABLE rectifications (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  evaluation_id INTEGER NOT NULL REFERENCES evaluations (id),
  subject_id INTEGER NOT NULL REFERENCES evaluation_subjects (id),
  cause TEXT NOT NULL,
  task_id INTEGER REFERENCES tasks (id),
  made_by BIGINT,
  UNIQUE (evaluation_id, subject_id, cause)
);
