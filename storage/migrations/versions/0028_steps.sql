-- How many people have so many points in a period ('all', YYYY, YYYY-MM), kept in the transaction of each entry: a place in
-- the ranking of everybody is a sum over its steps, and a page of it is found without walking through those before it.
CREATE TABLE ledger_steps (
  period TEXT NOT NULL,
  points INTEGER NOT NULL,
  people INTEGER NOT NULL,
  PRIMARY KEY (period, points)
);
INSERT INTO ledger_steps (period, points, people) SELECT period, points, count(*) FROM ledger_totals GROUP BY period, points;
