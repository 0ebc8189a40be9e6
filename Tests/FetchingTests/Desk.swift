import Foundation
import Synchronization
import TestSupport

@testable import Fetching

/// A clock that goes on only while somebody sleeps, and keeps what was slept.
final class SleepyClock: Sendable {
  private let state: Mutex<(now: Duration, slept: [Duration])>

  init(at now: Duration = .seconds(1_700_000_000)) { state = Mutex((now, [])) }

  var now: Duration { state.withLock { $0.now } }
  var slept: [Duration] { state.withLock { $0.slept } }

  func advance(by duration: Duration) { state.withLock { $0.now += duration } }

  /// Time and chance as fetching sees them; chance is always the middle.
  var timepiece: Timepiece {
    var time = Timepiece()
    time.now = { self.now }
    time.sleep = { duration in
      try Task.checkCancellation()
      self.state.withLock { state in
        state.now += duration
        state.slept.append(duration)
      }
    }
    time.chance = { 0.5 }
    return time
  }
}

/// A stub server, a cache of its own and a clock, for one test.
final class Desk: Sendable {
  let stub: StubServer
  let clock = SleepyClock()
  let folder: String
  let base: BaseAddress

  init(_ answer: @escaping @Sendable (StubServer.Request) -> StubServer.Reply) throws {
    stub = try StubServer(answer)
    folder = FileManager.default.temporaryDirectory.path + "/fetching-\(UUID().uuidString)"
    guard let base = BaseAddress(stub.url) else { throw StubServer.Failure(what: stub.url) }
    self.base = base
  }

  deinit {
    stub.stop()
    try? FileManager.default.removeItem(atPath: folder)
  }

  var archive: BodyArchive { BodyArchive(directory: folder) }

  func configuration(_ change: (inout Fetcher.Configuration) -> Void = { _ in }) -> Fetcher.Configuration {
    var configuration = Fetcher.Configuration(archive: archive)
    configuration.time = clock.timepiece
    configuration.limits.connect = .seconds(5)
    configuration.limits.idle = .seconds(20)
    change(&configuration)
    return configuration
  }

  func request(_ path: String, _ expectation: Expectation = .json(), token: SourceToken? = nil) -> BodyRequest {
    BodyRequest(base: base, path: path, expectation: expectation, pace: Pace(perSecond: 1000), token: token)
  }

  /// Fetches one body with a fetcher of its own.
  func fetch(
    _ path: String = "body", _ expectation: Expectation = .json(), token: SourceToken? = nil,
    _ change: (inout Fetcher.Configuration) -> Void = { _ in }
  ) async throws -> Fetched {
    let request = request(path, expectation, token: token)
    return try await Fetcher.with(configuration(change)) { try await $0.fetch(request) }
  }

  /// The error that fetching ends with; nil when a body comes.
  func failure(
    _ path: String = "body", _ expectation: Expectation = .json(),
    _ change: (inout Fetcher.Configuration) -> Void = { _ in }
  ) async -> FetchError? {
    do {
      _ = try await fetch(path, expectation, change)
      return nil
    } catch {
      return error as? FetchError
    }
  }
}

/// Answers one after the other; the last one again and again.
final class Script: Sendable {
  private let replies: Mutex<[StubServer.Reply]>

  init(_ replies: [StubServer.Reply]) { self.replies = Mutex(replies) }

  func next() -> StubServer.Reply { replies.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] } }
}
