-- Every decision of every run, by run and by user.
SET LOCAL ROLE blame_owner;

CREATE TABLE read.strategy_decisions (
  position   bigint  NOT NULL PRIMARY KEY,
  simulation uuid    NOT NULL,
  account    uuid    NOT NULL,
  lap        integer NOT NULL,
  kind       text    NOT NULL,
  value      text,
  regret_ms  bigint  NOT NULL,
  is_optimal boolean NOT NULL
);
CREATE INDEX strategy_decisions_by_simulation ON read.strategy_decisions (simulation, position);
CREATE INDEX strategy_decisions_by_account ON read.strategy_decisions (account, position);

COMMENT ON TABLE read.strategy_decisions IS 'Every decision with its regret; derived from the log';
GRANT SELECT ON read.strategy_decisions TO blame_app, blame_reader;
GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON read.strategy_decisions TO blame_projector;
