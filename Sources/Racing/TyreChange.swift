/// How tyres may be changed at the end of a lap.
enum TyreChange: Sendable {
  /// Not at all: on lap 1, at the flag, and at the end of a second red lap, when the field is under way again.
  case none
  /// In a pit stop.
  case stop
  /// Free of time, because the race stands still. It is no stop.
  case free

  /// What is possible at the end of a lap of a car that drives `lapCount` laps of those kinds (index 0 unused). O(1).
  init(kinds: [LapKind], lap: Int, lapCount: Int) {
    self =
      if kinds[lap] == .red {
        lap > 1 && kinds[lap - 1] == .red ? .none : .free
      } else {
        lap >= 2 && lap < lapCount ? .stop : .none
      }
  }
}

extension SimulationWorld {
  /// How tyres may be changed at the end of a lap. O(1).
  func tyreChange(atEndOf lap: Int) -> TyreChange { TyreChange(kinds: kinds, lap: lap, lapCount: lapCount) }
}
