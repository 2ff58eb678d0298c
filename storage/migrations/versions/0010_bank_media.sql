-- What a question shows beside its text. file_id is Telegram's, once it has the file.
CREATE TABLE bank_media (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  bank_id INTEGER NOT NULL REFERENCES banks (id),
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('photo', 'audio', 'voice')),
  content BLOB NOT NULL,
  file_id TEXT,
  UNIQUE (bank_id, name)
);
