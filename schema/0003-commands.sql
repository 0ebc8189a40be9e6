-- What makes a command sent twice happen once. Narrow; written by log.append alone.
SET LOCAL ROLE blame_owner;

CREATE TABLE log.commands (
  first   bigint  NOT NULL,
  count   integer NOT NULL,
  command uuid    NOT NULL,
  answer  bytea   NOT NULL,
  CONSTRAINT commands_once PRIMARY KEY (command)
) WITH (
  autovacuum_vacuum_insert_scale_factor = 0.0,
  autovacuum_vacuum_insert_threshold = 200000,
  autovacuum_freeze_min_age = 0,
  autovacuum_analyze_scale_factor = 0.05
);

COMMENT ON TABLE log.commands IS 'First answer to each command, given again to whoever repeats it';
COMMENT ON COLUMN log.commands.first IS 'Position of its first event; the others follow without a gap';

GRANT SELECT ON log.commands TO blame_app, blame_projector, blame_sealer;
