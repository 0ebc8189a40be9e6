internal import Events

/// What is known of an account. No padding: rows are written as they are.
struct PlayerRow: BitwiseCopyable, Sendable {
  var firstRun = Link.none
  var lastRun = Link.none
  var firstDecision = Link.none
  var lastDecision = Link.none
  /// Runs that count for the rating, in log order.
  var firstCounted = Link.none
  var lastCounted = Link.none
  /// Windows the player contributes to.
  var firstShare = Link.none
  var runCount: UInt32 = 0
  var decisionCount: UInt32 = 0
  var countedCount: UInt16 = 0
  /// 0 while unknown.
  var kind: UInt8 = 0
  var state = State.usual

  /// How an account stands.
  struct State: RawRepresentable, Equatable, BitwiseCopyable, Sendable {
    let rawValue: UInt8

    static let usual = State(rawValue: 0)
    static let erased = State(rawValue: 1)
    /// Its runs count for no rating and no window.
    static let banned = State(rawValue: 2)
  }
}

extension UserRegistered.Kind {
  var code: UInt8 {
    switch self {
    case .registered: 1
    case .guest: 2
    case .synthetic: 3
    }
  }

  init?(code: UInt8) {
    switch code {
    case 1: self = .registered
    case 2: self = .guest
    case 3: self = .synthetic
    default: return nil
    }
  }
}
