import Foundation
import TestSupport
import Testing

@testable import Fetching

@Suite struct CacheOfBodiesTests {
  private let answer = Array(#"{"a":1}"#.utf8)

  @Test func `what is fresh is not asked for again, what is old is asked whether it changed`() async throws {
    let desk = try Desk { [answer] request in
      if request.headers["if-none-match"] == "\"v1\"" { return .init(304, "") }
      return .init(200, answer, headers: ["ETag": "\"v1\"", "Last-Modified": "Sun, 28 May 2023 15:00:00 GMT"])
    }
    let first = try await desk.fetch()
    #expect(try await desk.fetch().origin == .cache)
    #expect(desk.stub.requests.count == 1)
    desk.clock.advance(by: .seconds(3601))
    let later = try await desk.fetch()
    #expect(later.origin == .unchanged && later.body.digest == first.body.digest)
    #expect(later.body.fetchedAtMilliseconds == first.body.fetchedAtMilliseconds)
    #expect(desk.stub.requests.last?.headers["if-modified-since"] == "Sun, 28 May 2023 15:00:00 GMT")
    #expect(try await desk.fetch().origin == .cache)
    #expect(try await desk.fetch { $0.isRefreshing = true }.origin == .unchanged)
    #expect(desk.stub.requests.count == 3)
  }

  @Test func `a body that changed takes the other's place, and the other stays under its digest`() async throws {
    let script = Script([.init(200, answer), .init(200, #"{"a":2}"#)])
    let desk = try Desk { _ in script.next() }
    let old = try await desk.fetch()
    let new = try await desk.fetch { $0.isRefreshing = true }
    #expect(new.origin == .network && new.body.digest != old.body.digest)
    #expect(try await desk.fetch().body == new.body)
    #expect(FileManager.default.fileExists(atPath: desk.archive.path(ofDigest: old.body.digest)))
  }

  @Test func `where asking again fails, what the cache has stays good; a refusal is believed`() async throws {
    let script = Script([.init(200, answer), .init(503, "")])
    let desk = try Desk { _ in script.next() }
    let first = try await desk.fetch()
    let kept = try await desk.fetch {
      $0.isRefreshing = true; $0.limits.attempts = 2
    }
    guard case .kept(let error) = kept.origin else { Issue.record("\(kept.origin)"); return }
    #expect(error.reason == .status(503, retryAfterSeconds: nil) && kept.body == first.body)
    let gone = Script([.init(200, answer), .init(404, "")])
    let other = try Desk { _ in gone.next() }
    _ = try await other.fetch()
    #expect(await other.failure { $0.isRefreshing = true }?.reason == .status(404, retryAfterSeconds: nil))
  }

  @Test func `offline nothing is connected to, whether the cache has it or not`() async throws {
    let desk = try Desk { [answer] _ in .init(200, answer) }
    #expect(await desk.failure { $0.isOffline = true }?.reason == .notCached)
    #expect(desk.stub.connections == 0)
    _ = try await desk.fetch()
    let connections = desk.stub.connections
    desk.clock.advance(by: .seconds(86_400 * 365))
    let fetched = try await desk.fetch {
      $0.isOffline = true; $0.isRefreshing = true
    }
    #expect(fetched.origin == .cache)
    #expect(desk.stub.connections == connections && desk.stub.requests.count == 1)
  }

  @Test func `a body that was damaged on disk is fetched again`() async throws {
    let desk = try Desk { [answer] _ in .init(200, answer) }
    let first = try await desk.fetch()
    try Data("{\"a\":3}".utf8).write(to: URL(filePath: desk.archive.path(ofDigest: first.body.digest)))
    #expect(desk.archive.body(at: first.body.url) == nil)
    let second = try await desk.fetch()
    #expect(second.origin == .network && second.body.digest == first.body.digest)
    #expect(desk.archive.body(at: first.body.url) != nil)
  }

  @Test func `a cache that cannot be written says so`() async throws {
    let desk = try Desk { [answer] _ in .init(200, answer) }
    try Data().write(to: URL(filePath: desk.folder))
    guard case .storage = await desk.failure()?.reason else { Issue.record("no objection"); return }
  }

  @Test func `many who fetch the same at once get the same`() async throws {
    let desk = try Desk { [answer] _ in .init(200, answer) }
    let digests = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<16 { group.addTask { try await desk.fetch().body.digest } }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(digests.count == 1)
    #expect(desk.archive.body(at: desk.stub.url + "/body")?.digest == digests.first)
    #expect(desk.leftovers == [])
  }
}
