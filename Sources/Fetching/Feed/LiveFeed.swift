/// The feed of a session that is under way: F1's live timing, told by its hub as it happens.
///
/// What it hands on is what the hub says, byte for byte, a record a line: written down, it is a recording.
public struct LiveFeed: Sendable {
  /// What is asked for: the topics that laps, places, tyres, stops and the track's status are made of.
  public static let topics = [
    "Heartbeat", "SessionInfo", "SessionData", "SessionStatus", "DriverList", "TimingData", "TimingAppData", "LapCount",
    "TrackStatus", "RaceControlMessages", "WeatherData", "PitLaneTimeCollection", "PitStopSeries",
  ]

  /// What happens to the connection.
  public enum Event: Sendable, Equatable {
    /// The hub answers: the state of every topic comes next.
    case connected
    /// Nothing comes any more, and the next try is after that pause.
    case lost(FetchError.Reason, nextTry: Duration)
  }

  private let hub: BaseAddress
  private let topics: [String]
  private let account: SourceToken?
  private let limits: FetchLimits
  private let time: Timepiece

  /// The feed at that address.
  /// - Parameter account: for a hub that wants to know who asks; it goes into a header and nowhere else.
  public init(
    _ hub: BaseAddress = LiveFeed.publicHub, topics: [String] = LiveFeed.topics, account: SourceToken? = nil,
    limits: FetchLimits = LiveFeed.usualLimits, time: Timepiece = Timepiece()
  ) {
    self.hub = hub
    self.topics = topics
    self.account = account
    self.limits = limits
    self.time = time
  }

  /// F1's own hub.
  public static let publicHub: BaseAddress = {
    let text = "https://livetiming.formula1.com/signalrcore"
    guard let address = BaseAddress(text) else { preconditionFailure("\(text) is no address") }
    return address
  }()

  /// A race lasts hours and a connection may be away for minutes: half an hour of tries, half a minute apart at most.
  public static let usualLimits: FetchLimits = {
    var limits = FetchLimits()
    limits.attempts = 60
    limits.longestPause = .seconds(30)
    return limits
  }()

  /// Connects, and connects again when the connection breaks, until `take` has enough.
  /// - Parameter tell: hears of the connection.
  /// - Parameter take: gets every record with a line end behind it, in order, pings too; false ends the feed.
  /// - Throws: what does not pass by itself, or did not pass in all tries; `cancelled`.
  public func follow(
    tell: @escaping @Sendable (Event) async -> Void = { _ in },
    take: @escaping @Sendable ([UInt8]) async throws(FetchError.Reason) -> Bool
  ) async throws(FetchError) {
    let client = WebClient(limits)
    let outcome = await tryAgain(client, tell, take)
    await client.close()
    if let outcome { throw outcome }
  }

  private func tryAgain(
    _ client: WebClient, _ tell: @escaping @Sendable (Event) async -> Void,
    _ take: @escaping @Sendable ([UInt8]) async throws(FetchError.Reason) -> Bool
  ) async -> FetchError? {
    let talk = HubTalk(hub: hub, topics: topics, account: account, limits: limits)
    let backOff = BackOff(limits)
    var failures = 0
    while true {
      let ending = await talk.run(client, connected: { await tell(.connected) }, take)
      guard case .lost(let reason, let didHear) = ending else { return nil }
      failures = didHear ? 1 : failures + 1
      guard reason.isPassing, failures < limits.attempts else {
        return FetchError(url: hub.description, reason: reason, attempts: failures)
      }
      let pause = backOff.pause(afterAttempt: failures, chance: time.chance())
      await tell(.lost(reason, nextTry: pause))
      do { try await time.sleep(pause) } catch {
        return FetchError(url: hub.description, reason: .cancelled, attempts: failures)
      }
    }
  }
}
