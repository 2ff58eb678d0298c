-- What observers saw in units; "duty" names the regular duty that the visit was, if it was one.
CREATE TABLE visits (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  update_id BIGINT UNIQUE,
  person_id INTEGER NOT NULL REFERENCES people (id),
  unit_id INTEGER NOT NULL REFERENCES units (id),
  day TEXT NOT NULL,
  duty TEXT NOT NULL,
  text TEXT NOT NULL,
  photo TEXT NOT NULL,
  made_at BIGINT NOT NULL
);
CREATE INDEX visits_unit ON visits (unit_id, id);
CREATE INDEX visits_person ON visits (person_id, id);
