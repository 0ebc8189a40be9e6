-- Every decision with what it cost. Times are milliseconds.
SET LOCAL ROLE blame_owner;

CREATE VIEW audit.decisions AS
SELECT d.position,
       d.actor AS "user",
       d.actor_version,
       d.stream AS simulation,
       (s.data ->> 'season') || '-' || lpad(s.data ->> 'round', 2, '0') AS race,
       s.data ->> 'driver' AS driver,
       (d.data ->> 'lap')::integer AS lap,
       d.data ->> 'kind' AS kind,
       coalesce(d.data ->> 'compound', d.data ->> 'pace') AS value,
       (d.data ->> 'regret')::bigint AS regret,
       (d.data ->> 'optimal')::boolean AS optimal,
       d.recorded_at
  FROM log.events d
  JOIN log.events s ON s.stream = d.stream AND s.version = 1
 WHERE d.type = 'DecisionMade';

COMMENT ON VIEW audit.decisions IS
  'Every decision ever made: who, in which race and lap, what, and its regret in milliseconds';
GRANT SELECT ON audit.decisions TO blame_app, blame_reader;
