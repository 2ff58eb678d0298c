-- Who was reminded on which day; one message has everything that they owe.
CREATE TABLE reminders (
  person_id INTEGER NOT NULL REFERENCES people (id),
  day TEXT NOT NULL,
  PRIMARY KEY (person_id, day)
);

-- Tasks are part of the day's reminder now; what was planned for each of them would come twice.
UPDATE alarms SET state = 'cancelled' WHERE kind = 'task.remind' AND state = 'waiting';
