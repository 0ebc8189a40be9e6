/// One stop of a plan: which of how many. Plans with more than four stops have no windows.
public struct StopSlot: Sendable, Hashable {
  /// Most stops of a plan that has windows.
  public static let stopCountMax = 4
  /// How many slots there are.
  static let count = 10

  /// Stops of the plan, 1...4.
  public let stopCount: Int
  /// Which of them, from 1.
  public let stop: Int

  /// The slot; nil when there is none.
  public init?(stopCount: Int, stop: Int) {
    guard (1...Self.stopCountMax).contains(stopCount), (1...stopCount).contains(stop) else { return nil }
    self.stopCount = stopCount
    self.stop = stop
  }

  /// 0 for the only stop of one, 1 and 2 for the stops of two, and so on.
  public var index: Int { Self.first(of: stopCount) + stop - 1 }

  /// Index of the first stop of a plan.
  static func first(of stopCount: Int) -> Int { stopCount * (stopCount - 1) / 2 }
}
