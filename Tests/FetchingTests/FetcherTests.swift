import Foundation
import TestSupport
import Testing

@testable import Fetching

@Suite struct FetchingOneBodyTests {
  private let answer = Array(#"{"a":1}"#.utf8)

  @Test func `a body comes whole and lies under its digest`() async throws {
    let desk = try Desk { [answer] _ in .init(200, answer, headers: ["ETag": "\"v1\""]) }
    let fetched = try await desk.fetch()
    #expect(fetched.origin == .network)
    #expect(fetched.body.size == answer.count)
    #expect(fetched.body.etag == "\"v1\"")
    #expect(fetched.body.digest == "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862")
    #expect(try Data(contentsOf: URL(filePath: desk.archive.path(ofDigest: fetched.body.digest))) == Data(answer))
    #expect(desk.archive.body(at: desk.stub.url + "/body") == fetched.body)
    #expect(desk.stub.requests.map(\.target) == ["/body"])
  }

  @Test(arguments: [429, 500, 502, 503, 504]) func `a failure that passes is tried again, later and later`(
    _ status: Int
  ) async throws {
    let script = Script([.init(status, ""), .init(status, ""), .init(status, ""), .init(200, answer)])
    let desk = try Desk { _ in script.next() }
    #expect(try await desk.fetch().origin == .network)
    // Half of each pause is certain, of the other half chance took the middle.
    #expect(desk.clock.slept == [.milliseconds(375), .milliseconds(750), .milliseconds(1500)])
    #expect(desk.stub.requests.count == 4)
  }

  @Test(arguments: [400, 401, 403, 404, 410]) func `a refusal is not tried again`(_ status: Int) async throws {
    let desk = try Desk { _ in .init(status, "no") }
    let failure = try #require(await desk.failure())
    #expect(
      failure == FetchError(url: desk.stub.url + "/body", reason: .status(status, retryAfterSeconds: nil), attempts: 1))
    #expect(desk.stub.requests.count == 1)
    #expect("\(failure)".contains("\(desk.stub.url)/body: answered \(status)"))
  }

  @Test func `tries are bounded`() async throws {
    let desk = try Desk { _ in .init(503, "") }
    let failure = await desk.failure { $0.limits.attempts = 3 }
    #expect(failure?.reason == .status(503, retryAfterSeconds: nil))
    #expect(failure?.attempts == 3 && desk.stub.requests.count == 3)
  }

  @Test func `Retry-After is obeyed, in seconds and as a date`() async throws {
    // The clock begins at Tue, 14 Nov 2023 22:13:20 GMT.
    let script = Script([
      .init(429, "", headers: ["Retry-After": "7"]),
      .init(503, "", headers: ["Retry-After": "Tue, 14 Nov 2023 22:13:40 GMT"]), .init(200, answer),
    ])
    let desk = try Desk { _ in script.next() }
    _ = try await desk.fetch()
    #expect(desk.clock.slept == [.seconds(7), .seconds(13)])
  }

  @Test func `a wait that is too long ends the request and says when to come back`() async throws {
    let desk = try Desk { _ in .init(429, "", headers: ["Retry-After": "1800"]) }
    let failure = try #require(await desk.failure())
    #expect(failure.reason == .status(429, retryAfterSeconds: 1800))
    #expect("\(failure)".contains("Try again in 1800 s"))
    #expect(desk.clock.slept.isEmpty)
  }

  @Test func `a body that ends early is never kept`() async throws {
    let script = Script([.init(200, answer, fault: .cutAfter(4)), .init(200, answer)])
    let desk = try Desk { _ in script.next() }
    #expect(try await desk.fetch().body.size == answer.count)
    let cut = try Desk { [answer] _ in .init(200, answer, fault: .cutAfter(4)) }
    let failure = await cut.failure { $0.limits.attempts = 2 }
    #expect(failure?.reason == .truncated(expectedBytes: 7, receivedBytes: 4))
    #expect(cut.archive.body(at: cut.stub.url + "/body") == nil)
    #expect(cut.leftovers == [])
  }

  @Test func `half an answer of unannounced length is refused`() async throws {
    let desk = try Desk { _ in .init(200, #"{"a":[1,2"#, fault: .unannounced) }
    guard case .unexpectedContent(let what) = await desk.failure()?.reason else { Issue.record("no objection"); return }
    #expect(what.contains("no whole JSON document"))
  }

  @Test func `a connection that breaks before the answer is tried again`() async throws {
    let script = Script([.init(200, "", fault: .hangUp), .init(200, answer)])
    let desk = try Desk { _ in script.next() }
    #expect(try await desk.fetch().origin == .network)
    #expect(desk.clock.slept.count == 1)
  }

  @Test func `a body without end is stopped at the limit`() async throws {
    let block = [UInt8](repeating: UInt8(ascii: "{"), count: 4096)
    let desk = try Desk { _ in .init(200, block, fault: .endless) }
    let failure = await desk.failure("body", Expectation(limitBytes: 100_000) { _ in nil })
    #expect(failure?.reason == .tooLarge(limitBytes: 100_000))
    #expect(desk.leftovers == [])
  }

  @Test func `a body that says it is too large is not read`() async throws {
    let desk = try Desk { _ in .init(200, [UInt8](repeating: 0x7b, count: 50_000), fault: .stallAfter(10)) }
    let failure = await desk.failure("body", Expectation(limitBytes: 40_000) { _ in nil })
    #expect(failure?.reason == .tooLarge(limitBytes: 40_000))
  }

  @Test func `a server that says nothing is left`() async throws {
    let desk = try Desk { _ in .init(200, "", fault: .silence) }
    let failure = await desk.failure {
      $0.limits.idle = .milliseconds(50)
      $0.limits.attempts = 2
    }
    guard case .timedOut(let what) = failure?.reason else { Issue.record("\(String(describing: failure))"); return }
    #expect(what.contains("nothing came"))
    #expect(failure?.attempts == 2)
  }

  @Test func `a body that never gets done is left`() async throws {
    let desk = try Desk { [answer] _ in .init(200, answer, fault: .stallAfter(3)) }
    let failure = await desk.failure {
      $0.limits.whole = .milliseconds(100)
      $0.limits.attempts = 1
    }
    guard case .timedOut = failure?.reason else { Issue.record("\(String(describing: failure))"); return }
  }

  @Test func `nobody listening is said plainly`() async throws {
    let desk = try Desk { _ in .init(200, "") }
    desk.stub.stop()
    let failure = try #require(
      await desk.failure {
        $0.limits.connect = .milliseconds(200)
        $0.limits.attempts = 1
      })
    switch failure.reason {
    case .unreachable, .timedOut: break
    default: Issue.record("\(failure)")
    }
    #expect("\(failure)".contains("--from"))
  }

  @Test(arguments: ["<!DOCTYPE html><html>Sign in</html>", "\u{feff}  <html>", "Internal error", ""])
  func `an error page with status 200 is never taken for data`(_ page: String) async throws {
    let desk = try Desk { _ in .init(200, page) }
    for expectation in [Expectation.json(), .stream] {
      guard case .unexpectedContent = await desk.failure("page", expectation)?.reason else {
        Issue.record("\(page) was taken")
        return
      }
    }
    #expect(desk.archive.body(at: desk.stub.url + "/page") == nil)
  }
}

extension Desk {
  /// Unfinished files in the cache.
  var leftovers: [String] {
    (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".new") }
  }
}
