-- A refresh token is used once: it gives a successor. A token that is used again after its successors came into use, or
-- long after it was used first, was copied by somebody: its session ends.
--
-- For a few seconds the token before may be used again, because answers get lost and two tabs ask at once. All tokens
-- of a generation are worth the same, and the first one used makes the others old, so a copy is still noticed.
SET LOCAL ROLE blame_owner;

CREATE FUNCTION app.rotate(presented bytea, successor bytea, grace_seconds float8, idle_seconds float8, life_seconds float8)
RETURNS TABLE (outcome text, account uuid, session uuid)
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
DECLARE
  token app.tokens;
  family app.sessions;
  at_this_moment timestamptz;
BEGIN
  SELECT t.* INTO token FROM app.tokens t WHERE t.hash = presented AND t.kind = 'refresh';
  IF NOT FOUND THEN
    RETURN QUERY SELECT 'unknown', NULL::uuid, NULL::uuid;
    RETURN;
  END IF;
  SELECT s.* INTO family FROM app.sessions s WHERE s.id = token.session FOR UPDATE;
  at_this_moment := clock_timestamp();
  IF NOT FOUND OR family.ended_at IS NOT NULL OR family.expires_at <= at_this_moment OR token.revoked_at IS NOT NULL THEN
    RETURN QUERY SELECT 'ended', token.account, token.session;
    RETURN;
  END IF;
  IF token.generation = family.generation THEN
    family.generation := family.generation + 1;
    family.rotated_at := at_this_moment;
  ELSIF token.generation <> family.generation - 1
    OR family.rotated_at <= at_this_moment - make_interval(secs => grace_seconds) THEN
    UPDATE app.sessions s SET ended_at = at_this_moment WHERE s.id = family.id;
    RETURN QUERY SELECT 'reused', token.account, token.session;
    RETURN;
  END IF;
  family.expires_at := least(
    family.created_at + make_interval(secs => life_seconds), at_this_moment + make_interval(secs => idle_seconds));
  UPDATE app.sessions s SET generation = family.generation, rotated_at = family.rotated_at, expires_at = family.expires_at
    WHERE s.id = family.id;
  INSERT INTO app.tokens (hash, account, kind, expires_at, session, generation)
    VALUES (successor, token.account, 'refresh', family.expires_at, family.id, family.generation);
  RETURN QUERY SELECT 'rotated', token.account, token.session;
END
$$;

REVOKE ALL ON FUNCTION app.rotate FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.rotate TO blame_app;
