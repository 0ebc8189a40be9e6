import Foundation
import Glibc
import Postgres
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(3)))
struct FailuresAreTyped {
  @Test func `refused connections, unknown databases and users`() async throws {
    let nobody = await postgresError {
      _ = try await Session.connect(PostgresConfiguration("host=/tmp/nowhere-at-all dbname=x user=postgres"))
    }
    #expect(nobody?.code == .connectionFailed)
    let shared = try PrivateCluster.shared
    let database = await postgresError {
      _ = try await Session.connect(PostgresConfiguration(shared.connectionString(database: "nowhere")))
    }
    #expect(database?.code == .connectionFailed)
    #expect(database?.message.contains("does not exist") == true)
    let malformed = await postgresError { _ = try await Session.connect(PostgresConfiguration("speed=fast")) }
    #expect(malformed?.code == .connectionFailed)
  }

  @Test func `a wrong password is refused, and the pool does not make its callers wait`() async throws {
    let cluster = try PrivateCluster()
    let admin = try await Session.connect(PostgresConfiguration(cluster.connectionString()))
    _ = try await admin.execute("CREATE ROLE locked LOGIN PASSWORD 'right'")
    let rules = "local all locked scram-sha-256\nlocal all all trust\n"
    try rules.write(toFile: cluster.folder + "/data/pg_hba.conf", atomically: false, encoding: .utf8)
    _ = try await admin.execute("SELECT pg_reload_conf()")
    let base = "host=\(cluster.folder) dbname=postgres user=locked password="
    #expect(
      try await Database.eventually {
        await postgresError { _ = try await Session.connect(PostgresConfiguration(base + "wrong")) }?.code
          == .connectionFailed
      })
    let session = try await Session.connect(PostgresConfiguration(base + "right"))
    try await session.expectToAnswer()
    await session.close()
    let pool = Pool(PostgresConfiguration(base + "wrong", poolWaitTimeout: .seconds(600)))
    let error = await postgresError { _ = try await pool.query(Statement(unnamed: "SELECT 1")) }
    #expect(error?.code == .connectionFailed)
    #expect(error?.message.contains("password") == true)
    await pool.close()
    await admin.close()
  }

  @Test func `the next host of several is tried`() async throws {
    let shared = try PrivateCluster.shared
    let session = try await Session.connect(
      PostgresConfiguration("host=/tmp/nowhere-at-all,\(shared.folder) dbname=postgres user=postgres"))
    try await session.expectToAnswer()
    await session.close()
  }

  @Test func `a host that takes connections and never answers is passed over`() async throws {
    let silent = try SilentHost()
    defer { silent.close() }
    let folder = try PrivateCluster.shared.folder
    for hosts in [
      "host=127.0.0.1,\(folder) port=\(silent.port),5432", "host=\(folder),127.0.0.1 port=5432,\(silent.port)",
    ] {
      let session = try await Session.connect(
        PostgresConfiguration("\(hosts) dbname=postgres user=postgres", connectTimeout: .seconds(4)))
      try await session.expectToAnswer()
      await session.close()
    }
    let alone = await postgresError {
      _ = try await Session.connect(
        PostgresConfiguration("host=127.0.0.1 port=\(silent.port) user=postgres", connectTimeout: .milliseconds(300)))
    }
    #expect(alone?.code == .connectionFailed)
    #expect(alone?.isSafeToRetry == true)
  }

  @Test func `a terminated session tells everybody waiting, and stays broken`() async throws {
    try await Database.withSession { killer in
      let session = try await Session.connect(try Database.configuration())
      let running = Task { try await session.query(Statement("nap", "SELECT pg_sleep(60)")) }
      let queued = (0..<10).map { _ in Task { try await session.query(Statement("one", "SELECT 1")) } }
      try await Task.sleep(for: .milliseconds(100))
      _ = try await killer.query(Statement("kill", "SELECT pg_terminate_backend($1, 5000)"), [session.info.backendPID])
      let error = await postgresError { _ = try await running.value }
      #expect(error?.code == .connectionLost)
      #expect(error?.sqlState == "57P01")
      #expect(error?.statement == "nap")
      for task in queued { #expect(await postgresError { _ = try await task.value }?.code == .connectionLost) }
      let after = await postgresError { _ = try await session.query(Statement("one", "SELECT 1")) }
      #expect(after?.code == .connectionLost)
      #expect(after?.isSafeToRetry == true)
      #expect(!session.isOpen)
      await session.close()
    }
  }

  @Test func `an idle session notices that it was terminated`() async throws {
    try await Database.withSession { killer in
      let session = try await Session.connect(try Database.configuration())
      _ = try await killer.query(Statement("kill", "SELECT pg_terminate_backend($1, 5000)"), [session.info.backendPID])
      #expect(try await Database.eventually { !session.isOpen })
      #expect(session.failure?.code == .connectionLost)
      await session.close()
    }
  }

  @Test func `the server dying in mid-query, mid-COPY out and mid-COPY in is a typed error, and the pool recovers`()
    async throws
  {
    let cluster = try PrivateCluster()
    let configuration = PostgresConfiguration(cluster.connectionString(), poolSize: 4, poolWaitTimeout: .seconds(30))
    let pool = Pool(configuration)
    _ = try await pool.execute("CREATE TABLE t (a int)")
    let query = Task { try await pool.query(Statement("nap", "SELECT pg_sleep(60)")) }
    let out = Task {
      try await pool.withSession { session in
        for try await _ in session.copyOut("COPY (SELECT generate_series(1, 1000000000)) TO STDOUT") {}
      }
    }
    let copyIn = Task {
      try await pool.withSession { session in
        try await session.copyIn("COPY t FROM STDIN") { copy in
          while true { try await copy.write(Array("1\n".utf8)) }
        }
      }
    }
    let transaction = Task {
      try await pool.withTransaction { transaction in
        _ = try await transaction.execute("INSERT INTO t VALUES (7)")
        _ = try await transaction.query(Statement("nap", "SELECT pg_sleep(60)"))
      }
    }
    // On a busy machine connecting takes its time; when the COPY out begins is up to the scheduler.
    let watcher = try await Session.connect(configuration)
    let areAllUnderWay = try await Database.eventually {
      try await watcher.query(
        Statement(
          unnamed: """
            SELECT count(*) FROM pg_stat_activity
             WHERE state = 'active' AND backend_type = 'client backend' AND pid <> pg_backend_pid()
            """)
      ).decode(row: 0, column: 0, as: Int64.self) >= 3
    }
    #expect(areAllUnderWay)
    try await Task.sleep(for: .milliseconds(300))
    try cluster.stop(.immediate)
    #expect(await postgresError { _ = try await query.value }?.code == .connectionLost)
    #expect(await postgresError { try await out.value }?.code == .connectionLost)
    #expect(await postgresError { _ = try await copyIn.value }?.code == .connectionLost)
    #expect(await postgresError { try await transaction.value }?.code == .connectionLost)
    let waiting = Task { try await pool.query(Statement("count", "SELECT count(*) FROM t")) }
    try await Task.sleep(for: .milliseconds(300))
    try cluster.start()
    #expect(try await waiting.value[0].decode(0, as: Int.self) == 0)
    await pool.close()
  }

  @Test func `a server that is away makes callers of a pool wait, then fail with the reason`() async throws {
    let cluster = try PrivateCluster()
    try cluster.stop()
    let pool = Pool(PostgresConfiguration(cluster.connectionString(), poolWaitTimeout: .milliseconds(300)))
    let error = await postgresError { _ = try await pool.query(Statement(unnamed: "SELECT 1")) }
    #expect(error?.code == .connectionFailed)
    try cluster.start()
    let recovered = try await Database.eventually { (try? await pool.query(Statement(unnamed: "SELECT 1"))) != nil }
    #expect(recovered)
    await pool.close()
  }
}

/// A machine that is there and says nothing: connections end up in the kernel's queue and are never accepted.
private struct SilentHost {
  let port: UInt16
  private let socket: Int32

  init() throws {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(socket, address, length) == 0 && listen(socket, 16) == 0 && getsockname(socket, address, &length) == 0
      }
    }
    try #require(isListening)
    self.socket = socket
    port = UInt16(bigEndian: address.sin_port)
  }

  func close() { _ = Glibc.close(socket) }
}
