-- Recurring rounds of study, speech and evaluation: one a plan, unit and day by the rule. "body" is the plan as it was then.
CREATE TABLE rounds (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  plan TEXT NOT NULL,
  unit_id INTEGER NOT NULL REFERENCES units (id),
  nominal TEXT NOT NULL,
  starts_at BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('planned', 'announced', 'open', 'evaluating', 'closed', 'cancelled')),
  turn INTEGER NOT NULL,
  moved_by BIGINT,
  reminder TEXT NOT NULL,
  reading TEXT NOT NULL,
  body TEXT NOT NULL,
  seed TEXT NOT NULL,
  due_at BIGINT,
  created_at BIGINT NOT NULL
);
CREATE INDEX rounds_start ON rounds (starts_at);

-- Who is in which group of a unit, and the speaking order, kept from round to round.
CREATE TABLE round_places (
  plan TEXT NOT NULL,
  unit_id INTEGER NOT NULL REFERENCES units (id),
  person_id INTEGER NOT NULL REFERENCES people (id),
  number INTEGER NOT NULL,
  place INTEGER NOT NULL,
  PRIMARY KEY (plan, unit_id, person_id)
);

-- One group in one round. "step" counts what the host has done, so that a button pressed twice does nothing twice.
CREATE TABLE round_groups (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  round_id INTEGER NOT NULL REFERENCES rounds (id),
  number INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'open', 'done')),
  chat_id BIGINT,
  session_id INTEGER REFERENCES sessions (id),
  host_id BIGINT,
  host TEXT NOT NULL,
  speaker_id INTEGER REFERENCES people (id),
  called_at BIGINT,
  rung INTEGER NOT NULL,
  step INTEGER NOT NULL,
  undo TEXT NOT NULL,
  card INTEGER NOT NULL,
  opened_at BIGINT,
  ended_at BIGINT,
  words TEXT NOT NULL,
  words_by TEXT NOT NULL,
  UNIQUE (round_id, number)
);

-- Who is asked to a round, and how far they have come in it.
CREATE TABLE round_members (
  round_id INTEGER NOT NULL REFERENCES rounds (id),
  person_id INTEGER NOT NULL REFERENCES people (id),
  group_id INTEGER NOT NULL REFERENCES round_groups (id),
  unit_id INTEGER NOT NULL REFERENCES units (id),
  place INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('waiting', 'spoke', 'skipped', 'absent', 'leave')),
  read_at BIGINT,
  here_at BIGINT,
  PRIMARY KEY (round_id, person_id)
);
CREATE INDEX round_members_person ON round_members (person_id);

-- What observers have to say about a round.
CREATE TABLE round_comments (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  round_id INTEGER NOT NULL REFERENCES rounds (id),
  person_id INTEGER NOT NULL REFERENCES people (id),
  body TEXT NOT NULL,
  made_at BIGINT NOT NULL
);
CREATE INDEX round_comments_round ON round_comments (round_id);

-- The recurring duties of observers (daily touch-point, weekly meeting, monthly observation), as they were done.
CREATE TABLE round_duties (
  person_id INTEGER NOT NULL REFERENCES people (id),
  duty TEXT NOT NULL,
  period TEXT NOT NULL,
  evidence TEXT NOT NULL,
  done_at BIGINT NOT NULL,
  PRIMARY KEY (person_id, duty, period)
);

-- The question of a day, and who answered it.
CREATE TABLE daily_cards (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  plan TEXT NOT NULL,
  day TEXT NOT NULL,
  item_id INTEGER NOT NULL REFERENCES bank_items (id),
  number INTEGER NOT NULL,
  of_all INTEGER NOT NULL,
  shuffled TEXT NOT NULL,
  body TEXT NOT NULL,
  shown_at BIGINT NOT NULL,
  closed_at BIGINT,
  UNIQUE (plan, day)
);
CREATE TABLE daily_answers (
  card_id INTEGER NOT NULL REFERENCES daily_cards (id),
  person_id INTEGER NOT NULL REFERENCES people (id),
  outcome TEXT NOT NULL CHECK (outcome IN ('right', 'wrong', 'seen')),
  answer TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (card_id, person_id)
);
CREATE TABLE daily_places (
  card_id INTEGER NOT NULL REFERENCES daily_cards (id),
  chat_id BIGINT NOT NULL,
  PRIMARY KEY (card_id, chat_id)
);
