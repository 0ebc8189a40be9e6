-- What the crowd says: one line for each circuit, year, number of stops and stop.
SET LOCAL ROLE blame_owner;

CREATE TABLE read.optimal_strategy_models (
  circuit       text    NOT NULL,
  season        integer NOT NULL,
  stop_count    integer NOT NULL CHECK (stop_count BETWEEN 0 AND 4),
  stop          integer NOT NULL CHECK (stop BETWEEN 1 AND 4),
  first_lap     integer NOT NULL,
  last_lap      integer NOT NULL CHECK (last_lap >= first_lap),
  confidence    integer,
  compound      text,
  compound_confidence integer,
  undercut_ms   bigint,
  plan_share    integer NOT NULL,
  users         integer NOT NULL,
  simulations   integer NOT NULL,
  accepted      integer NOT NULL,
  is_split      boolean NOT NULL,
  PRIMARY KEY (circuit, season, stop_count, stop)
);

COMMENT ON TABLE read.optimal_strategy_models IS 'Crowdsourced pit windows; derived from the log';
COMMENT ON COLUMN read.optimal_strategy_models.confidence IS
  'Percent; null while the window is the model''s prior alone';
COMMENT ON COLUMN read.optimal_strategy_models.compound_confidence IS 'Percent that no other compound is more popular';
COMMENT ON COLUMN read.optimal_strategy_models.plan_share IS 'Millionths of the crowd that stop this often';
GRANT SELECT ON read.optimal_strategy_models TO blame_app, blame_reader;
GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON read.optimal_strategy_models TO blame_projector;
