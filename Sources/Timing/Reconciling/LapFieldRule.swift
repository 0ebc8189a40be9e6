import Racing

/// How one field of a lap is compared and taken over.
struct LapFieldRule: Sendable {
  let name: String
  /// Whom to believe for a lap with that number.
  let order: @Sendable (_ lap: Int) -> [RaceSource]
  /// The value as text; nil when unknown.
  let text: @Sendable (Lap) -> String?
  /// The value where it is a number.
  let number: @Sendable (Lap) -> Int64?
  /// How far values of these two sources may lie apart without a word.
  let tolerance: @Sendable (_ left: RaceSource, _ right: RaceSource, _ lap: Int) -> Int64
  let copy: @Sendable (_ from: Lap, _ to: inout Lap) -> Void
  var severity = Disagreement.Severity.warning
  /// The value was worked out from others: it loses against one that was measured, and a difference matters less.
  var isDerived: @Sendable (Lap) -> Bool = { _ in false }

  /// The two laps tell the same, or one tells nothing.
  func agree(_ left: Lap, _ leftSource: RaceSource, _ right: Lap, _ rightSource: RaceSource) -> Bool {
    guard let leftText = text(left), let rightText = text(right) else { return true }
    guard let one = number(left), let other = number(right) else { return leftText == rightText }
    return abs(one - other) <= tolerance(leftSource, rightSource, left.number)
  }
}

extension LapFieldRule {
  /// A field that is a number.
  private static func number(
    _ name: String, _ path: any WritableKeyPath<Lap, Int64?> & Sendable,
    order: @escaping @Sendable (Int) -> [RaceSource] = { _ in Trust.timing },
    tolerance: @escaping @Sendable (RaceSource, RaceSource, Int) -> Int64
  ) -> LapFieldRule {
    LapFieldRule(
      name: name, order: order, text: { $0[keyPath: path].map(String.init) }, number: { $0[keyPath: path] },
      tolerance: tolerance, copy: { $1[keyPath: path] = $0[keyPath: path] })
  }

  /// A count or a word, which is equal or not.
  private static func word<Value: Equatable & Sendable>(
    _ name: String, _ path: any WritableKeyPath<Lap, Value?> & Sendable, severity: Disagreement.Severity = .warning
  ) -> LapFieldRule {
    LapFieldRule(
      name: name, order: { _ in Trust.timing }, text: { $0[keyPath: path].map { "\($0)" } }, number: { _ in nil },
      tolerance: { _, _, _ in 0 }, copy: { $1[keyPath: path] = $0[keyPath: path] }, severity: severity)
  }

  private static func sector(_ index: Int) -> LapFieldRule {
    LapFieldRule(
      name: "s\(index + 1)_ms", order: { _ in Trust.timing }, text: { $0.sector(index).map(String.init) },
      number: { $0.sector(index) }, tolerance: { left, right, _ in left == .openF1 || right == .openF1 ? 1 : 0 },
      copy: { from, to in
        while to.sectorMilliseconds.count <= index { to.sectorMilliseconds.append(nil) }
        to.sectorMilliseconds[index] = from.sector(index)
      })
  }

  /// Lap times. One may be only the difference of two ends.
  private static let time = LapFieldRule(
    name: "lap_time_ms", order: { $0 == 1 ? Trust.firstLap : Trust.timing },
    text: { $0.timeMilliseconds.map(String.init) }, number: { $0.timeMilliseconds },
    tolerance: { left, right, lap in
      let isApproximate = left == .openF1 || right == .openF1
      return lap == 1 ? (isApproximate ? 1_000 : 1) : (isApproximate ? 1 : 0)
    },
    copy: { from, to in
      to.timeMilliseconds = from.timeMilliseconds
      to.timeSource = from.timeSource
    }, isDerived: { $0.timeSource == .derived })

  private static func clockTolerance(_ left: RaceSource, _ right: RaceSource, _ lap: Int) -> Int64 {
    left == .openF1 || right == .openF1 ? 1_500 : 5
  }

  private static let trackStatus = LapFieldRule(
    name: "track_status", order: { _ in Trust.timing },
    text: { $0.trackStatus.isEmpty ? nil : String($0.trackStatus.sorted()) }, number: { _ in nil },
    tolerance: { _, _, _ in 0 }, copy: { $1.trackStatus = $0.trackStatus }, severity: .info)

  /// Every field of a lap that several sources tell.
  static let all: [LapFieldRule] = [
    time, sector(0), sector(1), sector(2),
    number("lap_end_ms", \.elapsedMilliseconds, tolerance: clockTolerance),
    number("pit_in_ms", \.pitInElapsedMilliseconds, tolerance: clockTolerance),
    number("pit_out_ms", \.pitOutElapsedMilliseconds, tolerance: clockTolerance),
    word("compound", \.compound), word("tyre_life", \.tyreLife), word("stint", \.stint, severity: .info),
    word("position", \.position), trackStatus,
  ]
}

extension Lap {
  fileprivate func sector(_ index: Int) -> Int64? {
    index < sectorMilliseconds.count ? sectorMilliseconds[index] : nil
  }
}
