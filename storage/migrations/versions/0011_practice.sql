CREATE TABLE practice_cards (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id BIGINT NOT NULL,
  item_id INTEGER NOT NULL REFERENCES bank_items (id),
  source TEXT NOT NULL CHECK (source IN ('contest', 'exam', 'practice')),
  memory TEXT NOT NULL,
  due_at BIGINT NOT NULL,
  reviewed_at BIGINT,
  added_at BIGINT NOT NULL,
  UNIQUE (user_id, item_id)
);
CREATE INDEX practice_cards_due ON practice_cards (user_id, due_at);

CREATE TABLE practice_answers (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id BIGINT NOT NULL,
  item_id INTEGER NOT NULL REFERENCES bank_items (id),
  day TEXT NOT NULL,
  at BIGINT NOT NULL,
  is_new BOOLEAN NOT NULL,
  is_right BOOLEAN NOT NULL,
  grade TEXT NOT NULL
);
CREATE INDEX practice_answers_day ON practice_answers (user_id, day);

CREATE TABLE practice_sittings (
  user_id BIGINT PRIMARY KEY,
  bank_id INTEGER REFERENCES banks (id),
  body TEXT NOT NULL
);

CREATE TABLE practice_harvests (
  contest_id INTEGER PRIMARY KEY REFERENCES contests (id),
  at BIGINT NOT NULL
);
