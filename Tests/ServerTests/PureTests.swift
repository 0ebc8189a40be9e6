import Events
import HTTPTypes
import Testing

@testable import Server

struct RoutingTests {
  private let table = RouteTable()

  @Test func `parameters are decoded`() {
    guard
      case .found(let endpoint, let parameters) = table.match(method: "GET", path: "/api/v1/races/2023/s%C3%A3o-paulo")
    else { return #expect(Bool(false), "not found") }
    #expect(endpoint == .race)
    #expect(parameters == ["2023", "são-paulo"])
  }

  @Test func `a wrong method names the right ones`() {
    guard case .wrongMethod(let allow) = table.match(method: "DELETE", path: "/api/v1/leaderboard") else {
      return #expect(Bool(false))
    }
    #expect(allow == "GET, HEAD")
  }

  @Test func `every route leads to its endpoint`() {
    for route in Endpoint.routes {
      let path = route.path.replacing(#/\{[a-z]+\}/#, with: "7")
      guard case .found(let endpoint, _) = table.match(method: route.method, path: path[...]) else {
        #expect(Bool(false), "\(route.path)")
        continue
      }
      #expect(endpoint == route.endpoint)
    }
    #expect(Set(Endpoint.routes.map(\.endpoint)) == Set(Endpoint.allCases))
  }
}

struct RateLimiterTests {
  @Test func `a burst is let through, then one token an interval`() {
    let limiter = RateLimiter(perHour: 3600, burst: 3)
    let start = ContinuousClock.now
    for _ in 0..<3 { #expect(limiter.take("a", now: start) == nil) }
    #expect(limiter.take("a", now: start) == 2)
    #expect(limiter.take("b", now: start) == nil)
    #expect(limiter.take("a", now: start + .milliseconds(999)) != nil)
    #expect(limiter.take("a", now: start + .milliseconds(2000)) == nil)
  }

  @Test func `memory stays bounded`() {
    let limiter = RateLimiter(perHour: 1, burst: 1, capacity: 100)
    let now = ContinuousClock.now
    for client in 0..<1000 { #expect(limiter.take("\(client)", now: now) == nil) }
  }
}

struct PositionWaitersTests {
  @Test func `everybody due is woken once, and nobody else`() {
    var waiters = PositionWaiters<String>()
    _ = waiters.add("five", for: Position(rawValue: 5))
    let nine = waiters.add("nine", for: Position(rawValue: 9))
    #expect(waiters.reached(Position(rawValue: 4)) == [])
    #expect(waiters.reached(Position(rawValue: 5)) == ["five"])
    #expect(waiters.giveUp(nine) == "nine")
    #expect(waiters.giveUp(nine) == nil)
    #expect(waiters.count == 0)
  }
}

struct ETagTests {
  @Test(arguments: [
    (#"W/"abc""#, true), (#""abc""#, true), ("*", true), (#"W/"x", W/"abc""#, true), (#"W/"abcd""#, false), ("", false),
  ])
  func `a client's validators are compared weakly`(_ sent: String, _ matches: Bool) {
    #expect(ETag.matches(#"W/"abc""#, [.ifNoneMatch: sent]) == matches)
  }
}

struct TimestampTests {
  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00.000000Z"), (1_685_275_200_000_001, "2023-05-28T12:00:00.000001Z"),
      (-1, "1969-12-31T23:59:59.999999Z"), (951_782_400_000_000, "2000-02-29T00:00:00.000000Z"),
    ] as [(Int64, String)])
  func `instants are written in UTC`(_ microseconds: Int64, _ text: String) {
    #expect(Timestamp(microseconds: microseconds).text == text)
  }
}

struct BearerTokenTests {
  @Test func `tokens are long, differ, and read back`() {
    let tokens = (0..<100).map { _ in BearerToken() }
    #expect(Set(tokens.map(\.text)).count == 100)
    for token in tokens {
      #expect(token.text.hasPrefix("blame_") && token.text.utf8.count == 49)
      #expect(BearerToken(token.text[...])?.digest == token.digest)
    }
    #expect(BearerToken("blame_short") == nil)
    #expect(BearerToken(("blame_" + String(repeating: "!", count: 43))[...]) == nil)
  }
}
