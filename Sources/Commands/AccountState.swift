public import Events

/// What an account's stream says of it.
public struct AccountState: Sendable, Equatable {
  /// What sort of account it is; nil when it does not exist or was erased.
  public private(set) var kind: UserRegistered.Kind?
  /// It may read Pro reports.
  public private(set) var isPro = false
  /// It may do what operators do.
  public private(set) var isOperator = false
  /// Its ranked runs count.
  public private(set) var isRanked = true
  /// The last event of the stream.
  public private(set) var version = Version.zero

  /// The state after a stream's events.
  public init(_ events: [RecordedEvent]) {
    for event in events { apply(event) }
  }

  private mutating func apply(_ recorded: RecordedEvent) {
    version = recorded.version
    switch recorded.event {
    case .userRegistered(let registered): kind = registered.kind
    case .guestRegistered: if kind == .guest { kind = .registered }
    case .userErased: (kind, isPro, isOperator) = (nil, false, false)
    case .proGranted: isPro = kind != nil
    case .proRevoked: isPro = false
    case .operatorGranted: isOperator = kind != nil
    case .operatorRevoked: isOperator = false
    case .rankingRevoked: isRanked = false
    case .rankingGranted: isRanked = true
    default: break
    }
  }
}
