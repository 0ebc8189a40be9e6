import Events
import Postgres
import TestSupport
import Testing

@testable import EventStore

/// Every way around the append function that log stores have been known to leave open.
@Suite struct ImmutabilityTests {
  private func prepared() async throws -> Store {
    let store = try await Store()
    try await store.withLog { log in
      for number in 1...3 {
        _ = try await log.append(.one(CommandID(UInt64(number)), on: StreamID(1), by: UserID(1), lap: Int32(number)))
      }
    }
    return store
  }

  private func lines(_ store: Store) async throws -> [String] {
    let session = try await store.session()
    let rows = try await session.query(Statement(unnamed: "SELECT line FROM audit.leaf ORDER BY position"))
    await session.close()
    return try rows.map { try $0.decode(0, as: String.self) }
  }

  private static let insert = """
    INSERT INTO log.events (position, recorded_at, version, stream, command, type, data)
    VALUES (1000000, now(), 1, gen_random_uuid(), gen_random_uuid(), 'Forged', '{}')
    """

  @Test(arguments: [
    insert,
    insert.replacing("VALUES", with: "OVERRIDING SYSTEM VALUE VALUES"),
    "UPDATE log.events SET data = '{}' WHERE position = 1",
    "DELETE FROM log.events WHERE position = 3",
    "TRUNCATE log.events",
    "TRUNCATE log.events, log.commands CASCADE",
    "SET session_replication_role = replica",
    "ALTER TABLE log.events DISABLE TRIGGER ALL",
    "ALTER TABLE log.events DISABLE TRIGGER immutable",
    "DROP TRIGGER immutable ON log.events",
    "DROP TABLE log.events",
    "DROP SCHEMA log CASCADE",
    "CREATE RULE evil AS ON INSERT TO log.events DO INSTEAD NOTHING",
    "CREATE TRIGGER evil BEFORE INSERT ON log.events FOR EACH ROW EXECUTE FUNCTION log.refuse_change()",
    "ALTER TABLE log.events OWNER TO blame_app",
    "SET ROLE blame_owner",
    "GRANT INSERT ON log.events TO blame_app; \(insert)",
    "COPY log.events FROM PROGRAM 'true'",
    "COPY log.events FROM STDIN",
    "INSERT INTO log.commands VALUES (1, 1, gen_random_uuid(), '')",
    "UPDATE log.commands SET answer = 'x'",
    "DELETE FROM log.commands",
    "UPDATE audit.events SET type = 'Forged'",
    "DELETE FROM audit.events",
    "CREATE OR REPLACE FUNCTION log.append() RETURNS void LANGUAGE sql AS 'SELECT 1'",
    "CREATE FUNCTION log.evil() RETURNS void LANGUAGE sql AS 'SELECT 1'",
    "ALTER FUNCTION log.append SECURITY INVOKER",
    "DROP FUNCTION log.append",
    "SELECT * FROM log.append_in_part(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)",
    "SELECT log.refuse_change()",
    "CREATE INDEX evil ON log.events (type)",
    "MERGE INTO log.events e USING (SELECT 1) s ON e.position = 1 WHEN MATCHED THEN DELETE",
    "BEGIN; LOCK TABLE log.events IN ACCESS EXCLUSIVE MODE",
    "UPDATE read.leaderboard SET rank = 1",
  ])
  func `the application's role cannot`(_ attempt: String) async throws {
    let store = try await prepared()
    let before = try await lines(store)
    let session = try await Session.connect(try await store.login())
    let error = await #expect(throws: PostgresError.self) { try await session.execute(attempt) }
    #expect(error?.sqlState == "42501" || error?.sqlState == "0A000", "\(attempt): \(String(describing: error))")
    await session.close()
    #expect(try await lines(store) == before)
    #expect(before.count == 3)
  }

  @Test(arguments: [
    "UPDATE log.events SET data = '{}' WHERE position = 1",
    "DELETE FROM log.events",
    "TRUNCATE log.events",
    "TRUNCATE log.events CASCADE",
    "SET session_replication_role = replica; DELETE FROM log.events",
    "SET session_replication_role = replica; TRUNCATE log.events",
    "SET ROLE blame_owner; DELETE FROM log.events",
    "UPDATE log.commands SET count = 2",
    "TRUNCATE log.commands",
    "MERGE INTO log.events e USING (SELECT 1) s ON e.position = 1 WHEN MATCHED THEN DELETE",
  ])
  func `not even the superuser changes the log by mistake`(_ attempt: String) async throws {
    let store = try await prepared()
    let before = try await lines(store)
    let session = try await store.session()
    let error = await #expect(throws: PostgresError.self) { try await session.execute(attempt) }
    #expect(error?.message.contains("immutable") == true, "\(attempt): \(String(describing: error))")
    await session.close()
    #expect(try await lines(store) == before)
  }

  @Test func `tables of the same name in a temporary schema do not lead the append function astray`() async throws {
    let store = try await prepared()
    let session = try await Session.connect(store.app)
    _ = try await session.execute(
      "CREATE TEMP TABLE events (LIKE log.events); CREATE TEMP TABLE commands (LIKE log.commands);")
    _ = try await session.execute("SET search_path = pg_temp, log, public")
    let append = EncodedAppend(.one(CommandID(9), on: StreamID(1), by: UserID(1)))
    _ = try await session.query(
      AppendStatement.statement, AppendStatement.parameters(of: [append], isFlushedLater: false))
    let temporary = try await session.query(Statement(unnamed: "SELECT count(*) FROM pg_temp.events"))
    #expect(try temporary.decode(row: 0, column: 0, as: Int64.self) == 0)
    await session.close()
    #expect(try await lines(store).count == 4)
  }

  @Test(arguments: ["blame_reader", "blame_projector", "blame_sealer"])
  func `other roles cannot append`(_ role: String) async throws {
    let store = try await prepared()
    let session = try await store.session(as: role)
    let append = EncodedAppend(.one(CommandID(9), on: StreamID(1)))
    let error = await #expect(throws: PostgresError.self) {
      try await session.query(
        AppendStatement.statement, AppendStatement.parameters(of: [append], isFlushedLater: false))
    }
    #expect(error?.sqlState == "42501")
    await session.close()
  }
}
