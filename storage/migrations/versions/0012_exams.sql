CREATE TABLE exams (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  title TEXT NOT NULL,
  bank TEXT NOT NULL,
  minutes INTEGER NOT NULL,
  points INTEGER NOT NULL,
  pass_percent INTEGER NOT NULL,
  at_once BOOLEAN NOT NULL,
  audience TEXT NOT NULL,
  unit_id INTEGER REFERENCES units (id),
  created_by BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  opens_at BIGINT NOT NULL,
  closes_at BIGINT NOT NULL,
  cancelled_at BIGINT,
  closed_at BIGINT
);

CREATE TABLE exam_questions (
  exam_id INTEGER NOT NULL REFERENCES exams (id),
  number INTEGER NOT NULL,
  item_id INTEGER NOT NULL REFERENCES bank_items (id),
  body TEXT NOT NULL,
  PRIMARY KEY (exam_id, number)
);

CREATE TABLE exam_people (
  exam_id INTEGER NOT NULL REFERENCES exams (id),
  person_id INTEGER NOT NULL REFERENCES people (id),
  told_at BIGINT,
  reminded_at BIGINT,
  PRIMARY KEY (exam_id, person_id)
);
CREATE INDEX exam_people_person ON exam_people (person_id);

CREATE TABLE exam_papers (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  exam_id INTEGER NOT NULL REFERENCES exams (id),
  person_id INTEGER NOT NULL REFERENCES people (id),
  layout TEXT NOT NULL,
  page INTEGER NOT NULL,
  message INTEGER NOT NULL,
  started_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  handed_in_at BIGINT,
  by_time BOOLEAN NOT NULL,
  right_count INTEGER,
  score INTEGER,
  UNIQUE (exam_id, person_id)
);

CREATE TABLE exam_answers (
  paper_id INTEGER NOT NULL REFERENCES exam_papers (id),
  number INTEGER NOT NULL,
  body TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (paper_id, number)
);
