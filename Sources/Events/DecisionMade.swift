public import Racing

/// One decision, with what it cost. Stream: the simulation; the actor is the player.
public struct DecisionMade: Sendable, Equatable {
  /// What was decided about.
  public enum Kind: String, Sendable, CaseIterable {
    /// The tyre for the start.
    case start
    /// A stop, on whatever lap but a red one.
    case pit
    /// How hard to drive.
    case pace
    /// Staying out under a safety car or virtual safety car, said aloud.
    case safetyCar
    /// Tyres under a red flag, changed or kept.
    case red
    /// The regret of everything left undecided, charged at the end.
    case finish
  }

  /// The lap at whose end (pit, safetyCar, red) or on which (pace) it takes effect; the start lap for `start`.
  public var lap: Int32
  /// What was decided about.
  public var kind: Kind
  /// The tyre fitted; nil for pace decisions and for staying out.
  public var compound: Compound?
  /// The pace from this lap on; nil unless a pace decision.
  public var pace: PaceMode?
  /// What this decision cost against the best from the same state, ms; at least 0.
  public var regret: Int64
  /// The regret counts as none.
  public var isOptimal: Bool
  /// Elapsed ms at the end of the last lap driven when the decision was made.
  public var elapsed: Int64

  /// A decision and its price.
  public init(
    lap: Int32, kind: Kind, compound: Compound?, pace: PaceMode?, regret: Int64, isOptimal: Bool, elapsed: Int64
  ) {
    self.lap = lap
    self.kind = kind
    self.compound = compound
    self.pace = pace
    self.regret = regret
    self.isOptimal = isOptimal
    self.elapsed = elapsed
  }
}
