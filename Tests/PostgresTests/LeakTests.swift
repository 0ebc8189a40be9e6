import Foundation
import Postgres
import TestSupport
import Testing

/// Counts this process's threads and descriptors, so nothing else may run beside it: a cluster of its own, and
/// threads are told by their name.
@Suite(.timeLimit(.minutes(2)), .serialized)
struct NothingLeaks {
  @Test func `sessions closed, dropped or killed leave neither connection nor thread`() async throws {
    let cluster = try PrivateCluster()
    let configuration = PostgresConfiguration(cluster.connectionString(), applicationName: "leak")
    let observer = try await Session.connect(PostgresConfiguration(cluster.connectionString()))
    for round in 0..<20 {
      let session = try await Session.connect(configuration)
      try await session.expectToAnswer()
      if round % 3 == 0 { await session.close() }
      if round % 3 == 1 {
        _ = try await observer.query(Statement(unnamed: "SELECT pg_terminate_backend(\(session.info.backendPID))"))
      }
    }
    let pool = Pool(configuration)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<50 { group.addTask { _ = try await pool.query(Statement("nap", "SELECT pg_sleep(0.01)")) } }
      try await group.waitForAll()
    }
    await pool.close()
    #expect(
      try await Database.eventually {
        try await observer.value("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'leak'", as: Int.self)
          == 0
      })
    #expect(try await Database.eventually { Self.descriptors(of: cluster) <= 1 })
    await observer.close()
    #expect(try await Database.eventually { Self.descriptors(of: cluster) == 0 })
  }

  /// Sockets to the cluster that this process has open, by the kernel's table.
  private static func descriptors(of cluster: PrivateCluster) -> Int {
    let table = (try? String(contentsOfFile: "/proc/net/unix", encoding: .utf8)) ?? ""
    return table.split(separator: "\n").count { $0.contains(cluster.folder) && !$0.contains("00010000") }
  }
}
