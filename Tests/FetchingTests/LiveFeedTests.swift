import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Fetching

/// The live feed, told by a hub on this machine.
@Suite struct LiveFeedTests {
  private static let state = #"{"type":3,"invocationId":"0","result":{"Heartbeat":{"Utc":"2026-09-06T13:00:00Z"}}}"#

  private static func message(_ number: Int) -> String {
    #"{"type":1,"target":"feed","arguments":["Heartbeat",{"Utc":"2026-09-06T13:00:0\#(number)Z"},"2026-09-06T13:00:0\#(number).5Z"]}"#
  }

  /// Follows until that many records came.
  private func follow(_ feed: LiveFeed, records: Int) async throws -> (records: [String], events: [LiveFeed.Event]) {
    let box = Kept()
    try await feed.follow { event in
      box.add(event)
    } take: { (bytes) throws(FetchError.Reason) in
      box.add(bytes) < records
    }
    return box.all
  }

  @Test func `what the hub says comes in order, byte for byte, a record a line`() async throws {
    let hub = try StubHub([
      .init(frames: [
        .records(Self.state, Self.message(1)), .records(#"{"type":6}"#), .records(Self.message(2), Self.message(3)),
      ])
    ])
    let (records, events) = try await follow(try hub.feed(), records: 5)
    #expect(
      records == [Self.state, Self.message(1), #"{"type":6}"#, Self.message(2), Self.message(3)].map { $0 + "\n" })
    #expect(events == [.connected])
    #expect(
      hub.heard.prefix(2) == [
        #"{"protocol":"json","version":1}"#,
        #"{"type":1,"invocationId":"0","target":"Subscribe","arguments":[["Heartbeat","TimingData"]]}"#,
      ])
    let asked = hub.stub.requests.map { "\($0.method) \($0.target)" }
    #expect(
      asked == [
        "OPTIONS /signalrcore/negotiate?negotiateVersion=1", "POST /signalrcore/negotiate?negotiateVersion=1",
        "GET /signalrcore?id=to%2Fken%2B",
      ])
    #expect(hub.stub.requests.dropFirst().allSatisfy { $0.headers["cookie"] == "AWSALBCORS=left" })
  }

  @Test func `a record in pieces is one record, and a ping is answered`() async throws {
    let bytes = Array((Self.state + "\u{1E}" + Self.message(1) + "\u{1E}").utf8)
    let hub = try StubHub([
      .init(
        frames: [
          .init(isLast: false, payload: Array(bytes[..<20])), .init(opcode: 9, payload: [1, 2]),
          .init(opcode: 0, isLast: false, payload: Array(bytes[20..<50])),
          .init(opcode: 0, payload: Array(bytes[50..<110])),
          .init(payload: Array(bytes[110...])),
        ], ending: .staysSilent)
    ])
    let (records, _) = try await follow(try hub.feed(), records: 2)
    #expect(records == [Self.state + "\n", Self.message(1) + "\n"])
    // The hub reads the answer in its own time.
    for _ in 0..<1000 where hub.pongs == 0 { try await Task.sleep(for: .milliseconds(5)) }
    #expect(hub.pongs == 1)
  }

  @Test(arguments: [StubHub.Script.Ending.closes, .hangsUp, .staysSilent])
  func `a connection that ends comes again`(ending: StubHub.Script.Ending) async throws {
    let hub = try StubHub([
      .init(frames: [.records(Self.state, Self.message(1))], ending: ending),
      .init(frames: [.records(Self.state, Self.message(2))]),
    ])
    let clock = SleepyClock()
    let feed = try hub.feed(clock: clock) {
      $0.attempts = 20
      if ending == .staysSilent { $0.idle = .seconds(2) }
    }
    let (records, events) = try await follow(feed, records: 4)
    #expect(records == [Self.state, Self.message(1), Self.state, Self.message(2)].map { $0 + "\n" })
    let connections = events.count { $0 == .connected }
    #expect(events.last == .connected && connections == 2)
    #expect(!clock.slept.isEmpty && clock.slept.count == events.count - 2)
    let reasons = events.compactMap { event -> FetchError.Reason? in
      guard case .lost(let reason, _) = event else { return nil }
      return reason
    }
    // On a busy machine a silence may also end the connection before it is up.
    let allPass = reasons.allSatisfy { $0.isPassing }
    #expect(allPass, "\(reasons)")
    if ending == .staysSilent { #expect(reasons.first == .timedOut("nothing came for 2.0 seconds"), "\(reasons)") }
  }

  @Test func `what does not pass by itself ends the feed at once`() async throws {
    let refused = try StubHub([.init()], negotiation: StubServer.Reply(403, "{}"))
    let feed = try refused.feed()
    let error = await #expect(throws: FetchError.self) { try await follow(feed, records: 1) }
    #expect(error?.reason == .status(403, retryAfterSeconds: nil) && error?.attempts == 1)

    let unfriendly = try StubHub([.init(greeting: #"{"error":"too old"}"#)])
    let second = try unfriendly.feed()
    let refusal = await #expect(throws: FetchError.self) { try await follow(second, records: 1) }
    #expect(refusal?.reason == .unexpectedContent("the hub refuses: too old"))

    let page = try StubHub([.init()], negotiation: StubServer.Reply(200, "<html>"))
    let third = try page.feed()
    let noJSON = await #expect(throws: FetchError.self) { try await follow(third, records: 1) }
    #expect(noJSON?.reason == .unexpectedContent("the answer to the negotiation is not JSON"))
  }

  @Test func `tries end, and say how many there were`() async throws {
    let hub = try StubHub([.init()], negotiation: StubServer.Reply(503, "{}"))
    let clock = SleepyClock()
    let feed = try hub.feed(clock: clock)
    let error = await #expect(throws: FetchError.self) { try await follow(feed, records: 1) }
    #expect(error?.attempts == 4 && clock.slept.count == 3)
    #expect(zip(clock.slept, clock.slept.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test func `what is no record of the protocol is said plainly`() async throws {
    let hub = try StubHub([.init(frames: [.records("<html>")])])
    let feed = try hub.feed()
    let error = await #expect(throws: FetchError.self) { try await follow(feed, records: 1) }
    #expect(error?.reason == .unexpectedContent("the feed sends what is no record of SignalR"))
  }

  @Test func `a secret goes into a header and nowhere else`() async throws {
    let hub = try StubHub([.init(frames: [.records(Self.state)])])
    let feed = try hub.feed(account: SourceToken("s3cret"))
    _ = try await follow(feed, records: 1)
    #expect(
      hub.stub.requests.allSatisfy { $0.headers["authorization"] == "Bearer s3cret" && !$0.target.contains("s3cret") })
  }

  @Test func `whoever stops listening is let go`() async throws {
    let hub = try StubHub([.init(frames: [.records(Self.state)], ending: .staysSilent)])
    let feed = try hub.feed()
    let (connected, tell) = AsyncStream.makeStream(of: Void.self)
    let listening = Task {
      try await feed.follow { _ in
        tell.yield()
      } take: { _ in
        true
      }
    }
    for await _ in connected { break }
    listening.cancel()
    let outcome = await listening.result
    #expect(throws: FetchError(url: hub.stub.url + "/signalrcore", reason: .cancelled, attempts: 1)) {
      try outcome.get()
    }
  }
}

/// What came and what happened.
private final class Kept: Sendable {
  private let state = Mutex<(records: [String], events: [LiveFeed.Event])>(([], []))

  var all: (records: [String], events: [LiveFeed.Event]) { state.withLock { $0 } }
  func add(_ event: LiveFeed.Event) { state.withLock { $0.events.append(event) } }

  /// How many there are now.
  func add(_ record: [UInt8]) -> Int {
    state.withLock { state in
      state.records.append(String(decoding: record, as: UTF8.self))
      return state.records.count
    }
  }
}
