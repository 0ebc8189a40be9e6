import Synchronization

/// How often a host may be asked.
public struct Pace: Sendable, Hashable {
  /// Requests in a second, evenly spread.
  public var perSecond: Int
  /// Requests in any hour; nil sets no bound.
  public var perHour: Int?

  /// A pace.
  public init(perSecond: Int, perHour: Int? = nil) {
    precondition(perSecond > 0, "a pace of \(perSecond) requests a second lets nothing through")
    self.perSecond = perSecond
    self.perHour = perHour
  }
}

/// Keeps requests to each host apart. One for the whole process: the allowance belongs to the machine, not to a race.
public final class Pacer: Sendable {
  private let hosts = Mutex<[String: PacerMachine]>([:])

  /// Nothing has been asked yet.
  public init() {}

  /// Takes the next moment at which a host may be asked, unless it is further away than `longest`.
  /// - Returns: how long to wait for it; nothing was taken where that is more than `longest`.
  func wait(for origin: String, _ pace: Pace, now: Duration, longest: Duration) -> Duration {
    hosts.withLock { $0[origin, default: PacerMachine()].take(pace, now: now, longest: longest) - now }
  }

  /// A host asked us to come back later: nobody asks it before.
  func hold(_ origin: String, until: Duration) {
    hosts.withLock { $0[origin, default: PacerMachine()].hold(until: until) }
  }
}

/// When one host may be asked; times count from 1970.
struct PacerMachine: Sendable, Equatable {
  private var next: Duration = .zero
  /// Moments given out within the last hour, ascending.
  private var given: [Duration] = []

  /// The next moment; given out only where it is not further away than `longest`.
  mutating func take(_ pace: Pace, now: Duration, longest: Duration) -> Duration {
    var moment = max(now, next)
    if let perHour = pace.perHour {
      given.removeAll { $0 <= now - .seconds(3600) }
      if given.count >= perHour { moment = max(moment, given[given.count - perHour] + .seconds(3600)) }
    }
    guard moment - now <= longest else { return moment }
    if pace.perHour != nil { given.append(moment) }
    next = moment + .seconds(1) / pace.perSecond
    return moment
  }

  /// Nothing is given out before that moment.
  mutating func hold(until: Duration) { next = max(next, until) }
}
