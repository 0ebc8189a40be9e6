/// What the model knows of a race before anybody has played it. The caller makes it from the race's artefact.
public struct CrowdReference: Sendable, Equatable {
  /// What the model knows of one stop.
  public struct Slot: Sendable, Equatable {
    /// Per lap from 0: best finish with the stop on that lap minus best finish with as many stops, ms, averaged over the
    /// real first ten; nil where no legal finish has it.
    public var regrets: [Int64?]
    /// Share of each compound, by raw value, among the optimal plans of the real first ten, millionths.
    public var tyreShares: [Int64]

    /// A stop; without regrets every lap is as good as any other.
    public init(regrets: [Int64?] = [], tyreShares: [Int64] = [0, 0, 0, 0, 0]) {
      self.regrets = regrets
      self.tyreShares = tyreShares
    }
  }

  /// Laps of the race.
  public var lapCount: Int
  /// By ``StopSlot/index``.
  public var slots: [Slot]
  /// What an undercut by one lap wins, ms, per lap from 0.
  public var undercuts: [Int64]

  /// Knows only how long the race is, until more is given.
  public init(
    lapCount: Int, slots: [Slot] = [Slot](repeating: Slot(), count: 10), undercuts: [Int64] = []
  ) {
    precondition(slots.count == StopSlot.count, "there are ten stop slots")
    self.lapCount = lapCount
    self.slots = slots
    self.undercuts = undercuts
  }

  /// The prior density of a stop over laps 0...lapCount: a soft minimum of the regrets, smoothed by three laps.
  func prior(of slot: StopSlot) -> [Double] {
    let support = PitWindowSupport(lapCount: lapCount)
    let regrets = slots[slot.index].regrets
    var weights = [Double](repeating: 0, count: lapCount + 1)
    for lap in support.laps where lap < regrets.count {
      if let regret = regrets[lap] { weights[lap] = exponential(-Double(max(0, regret)) / 2000) }
    }
    if weights.allSatisfy({ $0 == 0 }) { return support.uniform }
    return support.smoothed(weights, bandwidth: 3)
  }
}
