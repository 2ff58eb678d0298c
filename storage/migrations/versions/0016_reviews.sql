CREATE TABLE question_tallies (
  contest_id INTEGER NOT NULL REFERENCES contests (id),
  question_id TEXT NOT NULL,
  bank TEXT NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  state TEXT NOT NULL,
  answered INTEGER NOT NULL,
  right_answers INTEGER NOT NULL,
  wrong_answers INTEGER NOT NULL,
  took_ms BIGINT NOT NULL,
  closed_at BIGINT NOT NULL,
  PRIMARY KEY (contest_id, question_id)
);
CREATE INDEX question_tallies_questions ON question_tallies (question_id);

CREATE TABLE contest_players (
  user_id BIGINT NOT NULL,
  contest_id INTEGER NOT NULL REFERENCES contests (id),
  PRIMARY KEY (user_id, contest_id)
);
