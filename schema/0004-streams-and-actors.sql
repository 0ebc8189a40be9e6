-- How far each stream and each actor has come. Views, so that they cannot disagree with the log: the last entry of an
-- index each.
SET LOCAL ROLE blame_owner;

CREATE VIEW log.streams AS
SELECT stream, max(version) AS version, max(position) AS position FROM log.events GROUP BY stream;
COMMENT ON VIEW log.streams IS 'Version and position of the last event of each stream';

CREATE VIEW log.actors AS
SELECT actor, max(actor_version) AS version, max(position) AS position
  FROM log.events WHERE actor IS NOT NULL GROUP BY actor;
COMMENT ON VIEW log.actors IS 'How many events each account has caused, and the position of the last';

GRANT SELECT ON log.streams, log.actors TO blame_app, blame_projector, blame_sealer;
