-- name: idea_add^
-- A new idea; nothing if the same message brought it before.
INSERT INTO ideas (source, campaign, person_id, unit_id, text, category, state, reason, made_at)
VALUES (:source, :campaign, :person_id, :unit_id, :text, '', 'submitted', '', :made_at)
ON CONFLICT (source) DO NOTHING RETURNING id;

-- name: idea_get^
-- One idea with its votes.
SELECT a.id, a.campaign, a.person_id, p.name, p.user_id, a.unit_id, u.name AS unit, u.path AS unit_path, a.text, a.category,
  a.state, a.reason, a.item_id, a.made_at, a.ruled_at,
  (SELECT count(*) FROM idea_votes v WHERE v.idea_id = a.id) AS votes
FROM ideas a JOIN people p ON p.id = a.person_id JOIN units u ON u.id = a.unit_id
WHERE a.id = :id;

-- name: ideas_all
-- Every idea with its votes, the newest first.
SELECT a.id, a.campaign, a.person_id, p.name, p.user_id, a.unit_id, u.name AS unit, u.path AS unit_path, a.text, a.category,
  a.state, a.reason, a.item_id, a.made_at, a.ruled_at,
  (SELECT count(*) FROM idea_votes v WHERE v.idea_id = a.id) AS votes
FROM ideas a JOIN people p ON p.id = a.person_id JOIN units u ON u.id = a.unit_id
ORDER BY a.id DESC;

-- name: idea_category!
-- What an idea is about.
UPDATE ideas SET category = :category WHERE id = :id;

-- name: idea_rule!
-- What becomes of an idea.
UPDATE ideas SET state = :state, reason = :reason, ruled_at = :ruled_at WHERE id = :id;

-- name: idea_item!
-- An idea has become an item.
UPDATE ideas SET item_id = :item_id WHERE id = :id AND item_id IS NULL;

-- name: idea_vote^
-- One vote a person and idea.
INSERT INTO idea_votes (idea_id, person_id, at) VALUES (:idea_id, :person_id, :at)
ON CONFLICT (idea_id, person_id) DO NOTHING RETURNING idea_id;

-- name: idea_unvote!
-- A vote is withdrawn.
DELETE FROM idea_votes WHERE idea_id = :idea_id AND person_id = :person_id;

-- name: idea_votes_of
-- The ideas of a campaign for which somebody votes.
SELECT v.idea_id FROM idea_votes v JOIN ideas a ON a.id = v.idea_id
WHERE v.person_id = :person_id AND a.campaign = :campaign ORDER BY v.idea_id;

-- name: idea_step_add!
-- One more step in the log of an idea.
INSERT INTO idea_steps (idea_id, event, reason, author, at) VALUES (:idea_id, :event, :reason, :author, :at);

-- name: idea_step_count$
-- How often something was done with an idea.
SELECT count(*) FROM idea_steps WHERE idea_id = :idea_id AND event = :event;
