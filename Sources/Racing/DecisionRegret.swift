/// What a decision cost, charged to the three parts of a strategy. Each millisecond is charged once.
public struct Charges: Sendable, Hashable {
  /// Start tyre, tyre fitted, pace, free change, ms.
  public var tyre: Int64
  /// Stopping or staying under a safety car or up to two laps after it, ms.
  public var safetyCar: Int64
  /// Stopping or staying on every other lap, ms.
  public var pit: Int64

  /// Nothing, unless said otherwise.
  public init(tyre: Int64 = 0, safetyCar: Int64 = 0, pit: Int64 = 0) {
    self.tyre = tyre
    self.safetyCar = safetyCar
    self.pit = pit
  }

  /// All three, ms.
  public var total: Int64 { tyre + safetyCar + pit }

  static func += (left: inout Self, right: Self) {
    left.tyre += right.tyre
    left.safetyCar += right.safetyCar
    left.pit += right.pit
  }
}

/// One decision of a run, with its cost against the best from the same state.
public struct DecisionRegret: Sendable, Hashable {
  /// What was decided.
  public enum Kind: String, Sendable, Hashable {
    /// The tyre for the start.
    case start
    /// A stop.
    case pit
    /// Another pace.
    case pace
    /// Staying out under a safety car or a virtual safety car, said aloud.
    case safetyCar
    /// Fitting or keeping tyres under a red flag.
    case red
    /// Everything left undecided, charged at the flag.
    case finish
  }

  /// The lap at whose end, for a pace the lap on which, it takes effect; the given lap for the start, the last for the finish.
  public var lap: Int
  /// What was decided.
  public var kind: Kind
  /// The tyre fitted; nil for a pace, for staying and for the finish.
  public var compound: Compound?
  /// The pace; nil for everything else.
  public var mode: PaceMode?
  /// Its cost by part; what staying out cost since the last stop is in the stop's row.
  public var charges: Charges
  /// Elapsed ms at the end of the last lap driven when it was made.
  public var elapsed: Int64

  /// The cost, ms; at least 0.
  public var regret: Int64 { charges.total }
  /// So cheap that it counts as optimal.
  public var isOptimal: Bool { regret <= Self.optimalMilliseconds }

  /// A decision that costs no more is optimal, ms.
  public static let optimalMilliseconds: Int64 = 200
  /// Stop laps that cost no more than this beyond the best form the optimal window, ms.
  public static let windowMilliseconds: Int64 = 1000
}
