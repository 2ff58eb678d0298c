-- The library of daily materials. content is a file of Telegram's as JSON, picture the bytes that came with an import,
-- question one of a bank's as JSON. A material taken off the list (retired_at) keeps what was read of it.
CREATE TABLE materials (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  series TEXT NOT NULL,
  title TEXT NOT NULL,
  topic TEXT NOT NULL,
  text TEXT NOT NULL,
  link TEXT NOT NULL,
  tags TEXT NOT NULL,
  content TEXT NOT NULL,
  picture BLOB,
  question TEXT,
  position INTEGER NOT NULL,
  changed_at BIGINT NOT NULL,
  retired_at BIGINT,
  UNIQUE (series, title)
);
CREATE INDEX materials_order ON materials (position, id) WHERE retired_at IS NULL;

-- A group's own schedule in place of the configuration's; days as words, at as HH:MM, series empty for all.
CREATE TABLE material_plans (
  chat_id BIGINT PRIMARY KEY,
  is_on INTEGER NOT NULL,
  days TEXT NOT NULL,
  at TEXT NOT NULL,
  series TEXT NOT NULL
);

-- What each group has had: its way through the list. A material that is pushed again moves to the newer day. paced_at is
-- the account of the card's edits (see study.checkin_rules.Pace).
CREATE TABLE material_posts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  material_id INTEGER NOT NULL REFERENCES materials (id),
  chat_id BIGINT NOT NULL,
  unit_id INTEGER NOT NULL REFERENCES units (id),
  day TEXT NOT NULL,
  by_schedule INTEGER NOT NULL,
  posted_at BIGINT NOT NULL,
  paced_at BIGINT NOT NULL,
  UNIQUE (chat_id, material_id)
);
CREATE INDEX material_posts_day ON material_posts (day, chat_id);
CREATE INDEX material_posts_material ON material_posts (material_id);

-- Each person reads a material once, wherever; day is that of the message whose button was pressed.
CREATE TABLE material_reads (
  material_id INTEGER NOT NULL REFERENCES materials (id),
  person_id INTEGER NOT NULL REFERENCES people (id),
  day TEXT NOT NULL,
  read_at BIGINT NOT NULL,
  PRIMARY KEY (material_id, person_id)
);
CREATE INDEX material_reads_person ON material_reads (person_id, read_at);

-- The one answer of each person, as letters.
CREATE TABLE material_answers (
  material_id INTEGER NOT NULL REFERENCES materials (id),
  person_id INTEGER NOT NULL REFERENCES people (id),
  chosen TEXT NOT NULL,
  is_right INTEGER NOT NULL,
  answered_at BIGINT NOT NULL,
  PRIMARY KEY (material_id, person_id)
);

-- What is marked so far of a question with several answers, a bit an option.
CREATE TABLE material_marks (
  material_id INTEGER NOT NULL REFERENCES materials (id),
  person_id INTEGER NOT NULL REFERENCES people (id),
  marked INTEGER NOT NULL,
  PRIMARY KEY (material_id, person_id)
);

-- Who was reminded of unread material on a day: at most once.
CREATE TABLE material_reminders (
  material_id INTEGER NOT NULL REFERENCES materials (id),
  person_id INTEGER NOT NULL REFERENCES people (id),
  day TEXT NOT NULL,
  PRIMARY KEY (person_id, day)
);

-- What the organisers were told about the schedule: a day that the bot missed, a picture or file that Telegram would not
-- take, or the end of the list (post_id: the last that the group had, so that it is told once for each time the list ends).
CREATE TABLE material_troubles (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  what TEXT NOT NULL CHECK (what IN ('missed', 'exhausted', 'file')),
  chat_id BIGINT NOT NULL,
  unit_id INTEGER NOT NULL REFERENCES units (id),
  day TEXT NOT NULL,
  post_id INTEGER,
  title TEXT NOT NULL,
  noted_at BIGINT NOT NULL
);
CREATE INDEX material_troubles_noted ON material_troubles (noted_at);
CREATE INDEX material_troubles_group ON material_troubles (chat_id, what);
