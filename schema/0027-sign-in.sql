-- Signing in with e-mail and password: sessions, and accounts as the log and the personal data say together.
SET LOCAL ROLE blame_owner;

CREATE TABLE app.sessions (
  id           uuid        NOT NULL PRIMARY KEY,
  account      uuid        NOT NULL REFERENCES app.users ON DELETE CASCADE,
  device       text        NOT NULL CHECK (length(device) <= 200),
  generation   integer     NOT NULL DEFAULT 1,
  created_at   timestamptz NOT NULL DEFAULT now(),
  rotated_at   timestamptz NOT NULL DEFAULT now(),
  expires_at   timestamptz NOT NULL,
  ended_at     timestamptz
);
CREATE INDEX sessions_by_account ON app.sessions (account);
CREATE INDEX sessions_by_expiry ON app.sessions (expires_at);
COMMENT ON TABLE app.sessions IS 'Devices that are signed in: each is a family of refresh tokens';
COMMENT ON COLUMN app.sessions.device IS 'What the device said it was, for its owner to recognise';
COMMENT ON COLUMN app.sessions.generation IS 'That of the refresh token which is to be used next';

ALTER TABLE app.tokens
  ADD COLUMN session uuid REFERENCES app.sessions ON DELETE CASCADE,
  ADD COLUMN generation integer,
  ADD CONSTRAINT tokens_of_sessions CHECK ((kind = 'refresh') = (session IS NOT NULL AND generation IS NOT NULL));
CREATE INDEX tokens_by_session ON app.tokens (session) WHERE session IS NOT NULL;

-- What an account may do is said by the log alone, so that there are no two truths.
ALTER TABLE app.users DROP COLUMN is_pro;

CREATE VIEW app.accounts AS
SELECT u.id, u.kind, u.name, u.email, u.created_at,
  coalesce((
    SELECT e.type = 'ProGranted' FROM log.events e
    WHERE e.stream = u.id AND e.type IN ('ProGranted', 'ProRevoked') ORDER BY e.version DESC LIMIT 1), false) AS is_pro,
  coalesce((
    SELECT e.type = 'OperatorGranted' FROM log.events e
    WHERE e.stream = u.id AND e.type IN ('OperatorGranted', 'OperatorRevoked') ORDER BY e.version DESC LIMIT 1), false)
    AS is_operator
FROM app.users u;
COMMENT ON VIEW app.accounts IS 'Accounts with the rights that the log gives them';

GRANT SELECT, INSERT, UPDATE, DELETE ON app.sessions TO blame_app;
GRANT SELECT ON app.accounts TO blame_app;
