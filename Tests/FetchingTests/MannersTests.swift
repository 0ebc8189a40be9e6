import Foundation
import TestSupport
import Testing

@testable import Fetching

@Suite(.timeLimit(.minutes(5))) struct MannersTests {
  private let answer = Array(#"{"a":1}"#.utf8)

  @Test func `a host is asked no faster than its pace`() {
    var machine = PacerMachine()
    let pace = Pace(perSecond: 4)
    let moments = (0..<4).map { _ in machine.take(pace, now: .seconds(100), longest: .seconds(10)) - .seconds(100) }
    #expect(moments == [.zero, .milliseconds(250), .milliseconds(500), .milliseconds(750)])
    #expect(machine.take(pace, now: .seconds(200), longest: .seconds(10)) == .seconds(200))
  }

  @Test func `what may be asked in an hour is not exceeded in any hour`() {
    var machine = PacerMachine()
    let pace = Pace(perSecond: 4, perHour: 500)
    var now = Duration.seconds(1_000_000)
    var given: [Duration] = []
    for _ in 0..<2000 {
      let moment = machine.take(pace, now: now, longest: .seconds(10_000))
      given.append(moment)
      now = max(now, moment)
    }
    for index in given.indices.dropFirst(500) { #expect(given[index] - given[index - 500] >= .seconds(3600)) }
    #expect(zip(given, given.dropFirst()).allSatisfy { $1 - $0 >= .milliseconds(250) })
  }

  @Test func `a moment that is too far away is not taken`() {
    var machine = PacerMachine()
    let pace = Pace(perSecond: 1000, perHour: 1)
    _ = machine.take(pace, now: .seconds(1), longest: .seconds(60))
    for _ in 0..<5 { #expect(machine.take(pace, now: .seconds(1), longest: .seconds(60)) == .seconds(3601)) }
    #expect(machine.take(pace, now: .seconds(3602), longest: .seconds(60)) == .seconds(3602))
  }

  @Test func `an allowance that is spent is an error with the time to come back`() async throws {
    let desk = try Desk { [answer] _ in .init(200, answer) }
    let requests = ["one", "two"].map {
      BodyRequest(base: desk.base, path: $0, expectation: .json(), pace: Pace(perSecond: 100, perHour: 1))
    }
    let failure = await #expect(throws: FetchError.self) {
      try await Fetcher.with(desk.configuration()) { fetcher in
        for request in requests { _ = try await fetcher.fetch(request) }
      }
    }
    #expect(failure?.reason == .allowanceSpent(retryAfterSeconds: 3601))
    #expect(desk.stub.requests.map(\.target) == ["/one"])
  }

  @Test func `who was asked to wait is not asked by anybody else meanwhile`() async throws {
    let script = Script([.init(429, "", headers: ["Retry-After": "30"]), .init(200, answer)])
    let desk = try Desk { _ in script.next() }
    let pacer = Pacer()
    _ = try await desk.fetch("one") { $0.pacer = pacer }
    #expect(desk.clock.slept == [.seconds(30)])
    #expect(
      pacer.wait(for: desk.base.origin, Pace(perSecond: 1), now: desk.clock.now - .seconds(10), longest: .seconds(60))
        >= .seconds(10))
  }

  @Test(arguments: [
    ("120", 120), ("0", 0), ("Tue, 14 Nov 2023 22:14:20 GMT", 60), ("Tue, 14 Nov 2023 22:00:00 GMT", 0),
    ("soon", nil), ("-5", nil), ("", nil), ("Tue, 99 Foo 2023 22:00:00 GMT", nil),
  ]) func `Retry-After says how long`(_ field: String, _ seconds: Int?) {
    #expect(RetryAfter.seconds(field, now: .seconds(1_700_000_000)) == seconds)
  }

  @Test func `redirections are followed within the host only, and not in circles`() async throws {
    let desk = try Desk { [answer] request in
      switch request.target {
      case "/moved": .init(301, "", headers: ["Location": "/here"])
      case "/round": .init(302, "", headers: ["Location": "/round"])
      case "/away": .init(302, "", headers: ["Location": "http://169.254.169.254/latest"])
      case "/slashes": .init(302, "", headers: ["Location": "//example.org/x"])
      default: .init(200, answer)
      }
    }
    #expect(try await desk.fetch("moved").body.url == desk.stub.url + "/moved")
    #expect(await desk.failure("away")?.reason == .redirected(to: "http://169.254.169.254/latest"))
    #expect(await desk.failure("slashes")?.reason == .redirected(to: "//example.org/x"))
    #expect(await desk.failure("round")?.reason == .redirected(to: desk.stub.url + "/round"))
    #expect(desk.stub.requests.filter { $0.target == "/round" }.count == 4)
  }

  @Test func `a token goes into its header and into no text`() async throws {
    let desk = try Desk { [answer] request in
      request.headers["authorization"] == "Bearer s3cret-t0ken" ? .init(200, answer) : .init(401, "")
    }
    let token = try #require(SourceToken("s3cret-t0ken"))
    #expect(try await desk.fetch(token: token).origin == .network)
    let request = desk.request("body", token: token)
    var dumped = ""
    dump(request, to: &dumped)
    for text in ["\(token)", "\(request)", String(reflecting: request), dumped] { #expect(!text.contains("s3cret")) }
    let kept = FileManager.default.enumerator(atPath: desk.folder)?.compactMap { $0 as? String } ?? []
    for name in kept {
      let text = FileManager.default.contents(atPath: desk.folder + "/" + name).map {
        String(decoding: $0, as: UTF8.self)
      }
      #expect(text?.contains("s3cret") != true)
    }
    #expect(SourceToken("") == nil && SourceToken("a\r\nX: y") == nil)
  }

  @Test(arguments: [
    "https://user:secret@example.org", "ftp://example.org", "example.org", "", "https://example.org/?key=1", "http://",
    "https://example.org/#x",
  ]) func `an address that is no plain web address is refused`(_ text: String) {
    #expect(BaseAddress(text) == nil)
  }

  @Test func `a cancelled fetch ends, and keeps nothing half`() async throws {
    let desk = try Desk { [answer] _ in .init(200, answer, fault: .stallAfter(3)) }
    let task = Task { await desk.failure() }
    while desk.stub.requests.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
    task.cancel()
    #expect(await task.value?.reason == .cancelled)
    #expect(desk.leftovers == [])
  }
}
