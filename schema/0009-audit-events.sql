-- The log in reading order, for whoever has psql and nothing else.
SET LOCAL ROLE blame_owner;

CREATE VIEW audit.events AS
SELECT position, stream, version, type, actor, actor_version, command, recorded_at, data FROM log.events;

COMMENT ON VIEW audit.events IS 'Everything that happened, with the fields in the order of the line';
GRANT SELECT ON audit.events TO blame_app, blame_reader;
