import Postgres
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2)))
struct ListeningSurvives {
  @Test func `notifications arrive in order with payload and sender`() async throws {
    try await Database.withSession { session in
      var events = session.listen("pit \"wall\"").makeAsyncIterator()
      #expect(try await events.next() == .listening)
      for number in 0..<100 { try await session.notify("pit \"wall\"", "\(number)") }
      for number in 0..<100 {
        let expected = Notification(channel: "pit \"wall\"", payload: "\(number)", backendPID: session.info.backendPID)
        #expect(try await events.next() == .notification(expected))
      }
    }
  }

  @Test func `a lost connection is made again and said`() async throws {
    try await Database.withSession { session in
      var events = session.listen("boxes").makeAsyncIterator()
      #expect(try await events.next() == .listening)
      _ = try await session.query(
        Statement(unnamed: "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN \"boxes\"'"))
      #expect(try await events.next() == .reconnected)
      try await session.notify("boxes", "again")
      guard case .notification(let notification) = try await events.next() else { throw Unexpected() }
      #expect(notification.payload == "again")
    }
  }

  @Test func `a restart of the server is survived`() async throws {
    let cluster = try PrivateCluster()
    let listener = Listener(PostgresConfiguration(cluster.connectionString()), channels: ["a", "b"])
    var events = listener.makeAsyncIterator()
    #expect(try await events.next() == .listening)
    try cluster.stop(.immediate)
    let restart = Task {
      try await Task.sleep(for: .milliseconds(300))
      try cluster.start()
    }
    #expect(try await events.next() == .reconnected)
    try await restart.value
    let session = try await Session.connect(PostgresConfiguration(cluster.connectionString()))
    try await session.notify("b", "after")
    guard case .notification(let notification) = try await events.next() else { throw Unexpected() }
    #expect(notification.channel == "b")
    await session.close()
  }

  @Test func `cancelling ends the waiting`() async throws {
    let listener = Listener(try Database.configuration(), channels: ["quiet"])
    let task = Task { for try await _ in listener {} }
    try await Task.sleep(for: .milliseconds(100))
    task.cancel()
    #expect(await postgresError { try await task.value }?.code == .cancelled)
  }

  @Test func `a database that does not exist is an error, not an endless attempt`() async throws {
    let listener = Listener(
      PostgresConfiguration(try PrivateCluster.shared.connectionString(database: "nowhere")), channels: ["a"])
    var events = listener.makeAsyncIterator()
    let error = await postgresError { _ = try await events.next() }
    #expect(error?.code == .connectionFailed)
  }

  private struct Unexpected: Error {}
}
