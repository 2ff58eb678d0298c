-- Tasks with a deadline and what is handed in for them: reflections and assignments.
-- "key" names what there may be only one of (a prompt of the schedule, a week of free reflections).
CREATE TABLE tasks (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  template TEXT NOT NULL,
  key TEXT UNIQUE,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  files TEXT NOT NULL,
  least INTEGER NOT NULL,
  unit_id INTEGER REFERENCES units (id),
  audience TEXT NOT NULL,
  created_by BIGINT,
  created_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  closes_at BIGINT,
  closed_by BIGINT
);
CREATE INDEX tasks_due ON tasks (due_at);

-- One a person and task; "draft" is what is being written, the versions are what was handed in.
CREATE TABLE submissions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  task_id INTEGER NOT NULL REFERENCES tasks (id),
  person_id INTEGER NOT NULL REFERENCES people (id),
  state TEXT NOT NULL CHECK (state IN ('draft', 'handed_in', 'returned', 'accepted')),
  received INTEGER NOT NULL,
  draft TEXT NOT NULL,
  draft_files TEXT NOT NULL,
  text TEXT NOT NULL,
  files TEXT NOT NULL,
  version INTEGER NOT NULL,
  handed_in_at BIGINT,
  late INTEGER NOT NULL,
  reviewer TEXT,
  reviewed_at BIGINT,
  reason TEXT NOT NULL,
  commended INTEGER NOT NULL,
  consent TEXT NOT NULL CHECK (consent IN ('none', 'asked', 'named', 'anonymous', 'refused')),
  published_at BIGINT,
  reminded_on TEXT,
  card INTEGER NOT NULL,
  album TEXT NOT NULL,
  UNIQUE (task_id, person_id)
);
CREATE INDEX submissions_person ON submissions (person_id);

-- Everything that happened to a submission, with its author (a Telegram user) and time; versions of the text included.
CREATE TABLE submission_events (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  submission_id INTEGER NOT NULL REFERENCES submissions (id),
  at BIGINT NOT NULL,
  author BIGINT NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX submission_events_of ON submission_events (submission_id, id);

-- The groups that have a card of a task; "moved" as long as a group that became a supergroup has no new one.
CREATE TABLE task_cards (
  task_id INTEGER NOT NULL REFERENCES tasks (id),
  chat_id BIGINT NOT NULL,
  moved INTEGER NOT NULL,
  PRIMARY KEY (task_id, chat_id)
);
CREATE INDEX task_cards_chat ON task_cards (chat_id);
