/// The world of one car laid out for speed: what each lap costs and who is in the way.
///
/// Plain arrays in lap order; nothing is looked up by name while a lap is driven.
struct Course: Sendable {
  /// What holds for everybody on one lap.
  struct LapFacts: Sendable {
    var kind: LapKind
    /// Lost on an out-lap, on an in-lap, in ms.
    var outPart: Int64
    var inPart: Int64
    /// Nobody ends the lap earlier; very small where nothing binds.
    var floor: Int64
    /// Advantage at which a pass comes off, in ms.
    var theta: Int64
    /// The lap's cars in `starts` and `obstacles`, or in `redStarts` and `redEnds`.
    var first: Int
    var count: Int
    var redEndCount: Int
    var redEndFirst: Int
  }

  /// A car that may be in the way on one lap. Ordered by the time it began the lap.
  struct Obstacle: Sendable {
    /// When it ends the lap.
    var end: Int32
    /// The latest end among it and the cars that began before it.
    var latestEnd: Int32
    /// The same without cars that left the pits on this lap; very small when there is none.
    var latestSolidEnd: Int32
  }

  /// By lap; index 0 is unused.
  var laps: [LapFacts]
  var slotCount: Int
  var wearCount: Int
  /// Clean-air lap times: lap, then tyre, then wear.
  var pace: [Int32]
  var starts: [Int32]
  var obstacles: [Obstacle]
  /// Times at which rivals began a red lap, and at which everybody ended it, ascending by lap.
  var redStarts: [Int32]
  var redEnds: [Int32]
  var follow: FollowTable

  /// Nobody passes under a safety car; this gap is kept, in ms.
  static let neutralisedGap: Int64 = 800
  /// Passing needs so many times the usual advantage on the first laps after a restart, when nobody may use the
  /// overtaking aid.
  static let restartTheta: Int64 = 3
  /// How many laps that is.
  static let restartLaps = 2
  /// A pass costs at most this, in ms.
  static let passCost: Int64 = 400
  /// A pass that does not come off at once leaves the car this close behind at least, in ms.
  static let passMargin: Int64 = 200
}

/// The follow map as a table: one gap for every whole millisecond of advantage.
struct FollowTable: Sendable {
  var theta: Int64
  /// Advantages below have the first gap, advantages from `range` on are free.
  var low: Int64
  var range: Int64
  var gaps: [Int32]

  /// Tabulates a map. Nil when the map would break monotonicity: advantages must rise, gaps must not fall nor rise
  /// faster than the advantage, and the last gap is the last advantage.
  init?(_ map: RaceArtefact.FollowMap) {
    let deltas = map.knotDeltas
    let values = map.knotGaps
    guard deltas.count == values.count, deltas.count >= 2, map.thetaMilliseconds >= 0, values[0] >= 0,
      deltas.last == values.last, deltas.last! - deltas[0] <= 1 << 20
    else { return nil }
    theta = map.thetaMilliseconds
    low = deltas[0]
    range = deltas.last!
    gaps = []
    for knot in 1..<deltas.count {
      let run = deltas[knot] - deltas[knot - 1]
      let rise = values[knot] - values[knot - 1]
      guard run > 0, rise >= 0, rise <= run else { return nil }
      for step in 0..<run { gaps.append(Int32(values[knot - 1] + rise * step / run)) }
    }
    gaps.append(Int32(values.last!))
  }

  /// The gap at the line for an advantage below `range`.
  @inline(__always)
  func gap(_ advantage: Int64) -> Int64 {
    Int64(gaps[Int(max(advantage, low) - low)])
  }
}
