-- Where each run of a batch begins: the versions of its stream and of its actor before it, given the log and the runs
-- before it in the batch. Conditions on streams that their command does not write are lines of run 0; base is then
-- the version found. The last version of a stream or an actor is the last entry of the index that keeps it unique: no
-- counter can ever disagree with the log.
SET LOCAL ROLE blame_owner;

CREATE FUNCTION log.numbered(
  actors uuid[], run_commands integer[], run_streams uuid[], run_starts integer[], run_expected integer[],
  events integer,
  other_commands integer[], other_streams uuid[], other_expected integer[]
)
RETURNS TABLE (
  run bigint, command integer, stream uuid, start integer, count integer,
  base integer, actor_base integer, expected integer
)
LANGUAGE sql STABLE AS $$
  SELECT l.run, l.command, l.stream, l.start, l.count,
         (coalesce(s.version, 0) + coalesce(sum(l.count) OVER (
           PARTITION BY l.stream ORDER BY l.command, l.run
           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))::integer,
         CASE WHEN l.actor IS NOT NULL THEN
           (coalesce(a.version, 0) + coalesce(sum(l.count) OVER (
             PARTITION BY l.actor ORDER BY l.command, l.run
             ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))::integer
         END,
         l.expected
    FROM (SELECT r.run, r.command, r.stream, actors[r.command] AS actor, r.start,
                 coalesce(r.next, events + 1) - r.start AS count, r.expected
            FROM unnest(run_commands, run_streams, run_starts, run_starts[2:], run_expected) WITH ORDINALITY
              AS r(command, stream, start, next, expected, run)
           UNION ALL
          SELECT 0, o.command, o.stream, NULL, 0, 0, o.expected
            FROM unnest(other_commands, other_streams, other_expected) AS o(command, stream, expected)) l
    LEFT JOIN LATERAL (SELECT e.version FROM log.events e WHERE e.stream = l.stream
                        ORDER BY e.version DESC LIMIT 1) s ON true
    LEFT JOIN LATERAL (SELECT e.actor_version AS version FROM log.events e WHERE e.actor = l.actor
                        ORDER BY e.actor_version DESC LIMIT 1) a ON true
$$;
REVOKE ALL ON FUNCTION log.numbered FROM PUBLIC;
