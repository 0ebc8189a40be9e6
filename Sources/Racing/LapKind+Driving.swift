extension LapKind {
  /// Behind a safety car or a virtual safety car, where nobody may pass.
  @inlinable
  public var isNeutralised: Bool { self == .safetyCar || self == .virtualSafetyCar }

  /// At racing speed, where pushing and saving have an effect.
  @inlinable
  public var isRacing: Bool { self == .green || self == .yellow }

  /// Wear of one lap at that pace, in quarter laps. Pushing and saving count at racing speed only.
  @inlinable
  public func wearQuarters(_ mode: PaceMode = .normal) -> Int {
    switch self {
    case .green, .yellow:
      switch mode {
      case .normal: 4
      case .push: 7
      case .save: 2
      }
    case .virtualSafetyCar: 2
    case .safetyCar: 1
    case .red: 0
    }
  }
}

extension PaceMode {
  /// What the pace adds to a lap at racing speed, in ms.
  @inlinable
  public var lapMilliseconds: Int64 {
    switch self {
    case .normal: 0
    case .push: -250
    case .save: 300
    }
  }
}
