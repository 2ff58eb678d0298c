-- name: screen_add<!
-- A link to a big screen.
INSERT INTO screens (digest, token, join_key, subject, subject_id, made_by, made_at)
VALUES (:digest, :token, :join_key, :subject, :subject_id, :made_by, :made_at);

-- name: screen_in_use^
-- The link of a group, or of a tournament, that was not revoked.
SELECT id, token, join_key, subject, subject_id, made_by, made_at FROM screens
WHERE subject = :subject AND subject_id = :subject_id AND revoked_at IS NULL;

-- name: screen_by_digest^
-- The screen that a token opens; looked up by the token's digest, so that how long it takes says nothing about the token.
SELECT id, token, join_key, subject, subject_id, made_by, made_at FROM screens
WHERE digest = :digest AND revoked_at IS NULL;

-- name: screen_by_join_key^
-- The screen whose picture code was scanned.
SELECT id, token, join_key, subject, subject_id, made_by, made_at FROM screens
WHERE join_key = :join_key AND revoked_at IS NULL;

-- name: screen_revoke!
-- The link opens nothing any more.
UPDATE screens SET revoked_at = :now WHERE subject = :subject AND subject_id = :subject_id AND revoked_at IS NULL;

-- name: screens_move_chat!
-- A group became a supergroup.
UPDATE screens SET subject_id = :new WHERE subject = 'group' AND subject_id = :old;
