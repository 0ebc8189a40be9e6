-- The line of each event, its one external form, and the Merkle leaf over it: SHA-256 of a zero byte and the line.
SET LOCAL ROLE blame_owner;

CREATE VIEW audit.leaf AS
SELECT l.position, l.line, sha256('\x00'::bytea || convert_to(l.line, 'UTF8')) AS hash
  FROM (SELECT e.position,
               format('{"position":%s,"stream":"%s","version":%s,"type":"%s","actor":%s,"actorVersion":%s,'
                 '"command":"%s","recordedAt":"%s","data":%s}',
                 e.position, e.stream, e.version, e.type, coalesce('"' || e.actor || '"', 'null'),
                 coalesce(e.actor_version::text, 'null'), e.command,
                 to_char(e.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e.data) AS line
          FROM log.events e) l;

COMMENT ON VIEW audit.leaf IS 'The line of each event as exported, and the Merkle leaf hash over it';
GRANT SELECT ON audit.leaf TO blame_app, blame_sealer, blame_reader;
GRANT USAGE ON SCHEMA audit TO blame_sealer;
