-- Every run of the simulator as far as it has come. Scores are hundredths, times milliseconds.
SET LOCAL ROLE blame_owner;

CREATE TABLE read.simulations (
  simulation      uuid    NOT NULL PRIMARY KEY,
  account         uuid    NOT NULL,
  season          integer NOT NULL,
  round           integer NOT NULL,
  driver          text    NOT NULL,
  mode            text    NOT NULL,
  status          text    NOT NULL CHECK (status IN ('running', 'finished', 'abandoned')),
  is_ranked       boolean NOT NULL,
  attempt         integer,
  lap             integer NOT NULL,
  pit_timing      integer,
  tyre_efficiency integer,
  safety_car_reaction integer,
  race_outcome    integer,
  iq              integer,
  total_ms        bigint,
  to_optimum_ms   bigint,
  to_real_ms      bigint,
  place           integer,
  fork_of         uuid,
  started_position  bigint NOT NULL,
  finished_position bigint
);
CREATE INDEX simulations_by_account ON read.simulations (account, started_position);
CREATE INDEX simulations_by_race ON read.simulations (season, round, iq DESC);

COMMENT ON TABLE read.simulations IS 'Every run of the simulator; derived from the log';
GRANT SELECT ON read.simulations TO blame_app, blame_reader;
GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON read.simulations TO blame_projector;
