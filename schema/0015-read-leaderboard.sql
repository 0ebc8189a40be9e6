-- Ranks within each board: 'overall', 'season:2023', 'circuit:monaco'. Ratings are hundredths of a Strategy IQ.
SET LOCAL ROLE blame_owner;

CREATE TABLE read.leaderboard (
  board    text    NOT NULL,
  account  uuid    NOT NULL,
  rank     integer NOT NULL CHECK (rank > 0),
  rating   integer NOT NULL,
  interval integer NOT NULL,
  runs     integer NOT NULL CHECK (runs > 0),
  qualified_position bigint NOT NULL,
  PRIMARY KEY (board, account)
);
CREATE INDEX leaderboard_by_rank ON read.leaderboard (board, rank, account);

COMMENT ON TABLE read.leaderboard IS 'Who stands where; derived from the log';
COMMENT ON COLUMN read.leaderboard.interval IS 'Half of the interval shown around the rating, hundredths';
COMMENT ON COLUMN read.leaderboard.qualified_position IS
  'Position of the run that listed the account; earlier comes first';
GRANT SELECT ON read.leaderboard TO blame_app, blame_reader;
GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON read.leaderboard TO blame_projector;
