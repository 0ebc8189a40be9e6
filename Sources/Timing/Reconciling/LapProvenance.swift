/// A field of a lap, under the name that it has in records.
public enum LapField: String, Sendable, CaseIterable {
  case lapTime = "lap_time_ms"
  case lapStart = "lap_start_ms"
  case lapEnd = "lap_end_ms"
  case sector1 = "s1_ms"
  case sector2 = "s2_ms"
  case sector3 = "s3_ms"
  case sector1End = "s1_at_ms"
  case sector2End = "s2_at_ms"
  case sector3End = "s3_at_ms"
  case stint
  case compound
  case tyreLife = "tyre_life"
  case freshTyre = "fresh_tyre"
  case tyreSet = "tyre_set"
  case position
  case personalBest = "personal_best"
  case deleted
  case deletedReason = "deleted_reason"
  case trackStatus = "track_status"
  case accurate

  /// The two laps have the same value there.
  func isEqual(_ left: SessionLap, _ right: SessionLap) -> Bool {
    switch self {
    case .lapTime: left.time == right.time
    case .lapStart: left.start == right.start
    case .lapEnd: left.end == right.end
    case .sector1: left.sector1 == right.sector1
    case .sector2: left.sector2 == right.sector2
    case .sector3: left.sector3 == right.sector3
    case .sector1End: left.sector1End == right.sector1End
    case .sector2End: left.sector2End == right.sector2End
    case .sector3End: left.sector3End == right.sector3End
    case .stint: left.stint == right.stint
    case .compound: left.compound == right.compound
    case .tyreLife: left.tyreLife == right.tyreLife
    case .freshTyre: left.isFreshTyre == right.isFreshTyre
    case .tyreSet: left.tyreSet == right.tyreSet
    case .position: left.position == right.position
    case .personalBest: left.isPersonalBest == right.isPersonalBest
    case .deleted: left.isDeleted == right.isDeleted
    case .deletedReason: left.deletionReason == right.deletionReason
    case .trackStatus: left.trackStatus == right.trackStatus
    case .accurate: left.isAccurate == right.isAccurate
    }
  }
}

/// Which correction gave a cell its value, for every cell that is not as FastF1 has it.
public struct LapProvenance: Sendable, Equatable {
  /// One cell.
  public struct Cell: Sendable, Hashable {
    /// The car's number.
    public var number: Int
    /// The lap.
    public var lap: Int
    /// The field.
    public var field: LapField

    /// That cell.
    public init(number: Int, lap: Int, field: LapField) {
      self.number = number
      self.lap = lap
      self.field = field
    }
  }

  /// `C1`, `C2`, … by cell; several joined by `+` where one correction built on another.
  public private(set) var rules: [Cell: String] = [:]

  /// Applies the corrections one after the other and notes what each of them changes.
  ///
  /// - Complexity: the laps are put together once for each correction.
  init(_ corrections: LapCorrections, laps: (LapCorrections) -> [[SessionLap]]) {
    var applied: LapCorrections = []
    var before = laps([])
    for (name, correction) in LapCorrections.named where corrections.contains(correction) {
      applied.insert(correction)
      let after = laps(applied)
      note(name, before, after)
      before = after
    }
  }

  private mutating func note(_ rule: String, _ before: [[SessionLap]], _ after: [[SessionLap]]) {
    var old: [LapDeletions.Key: SessionLap] = [:]
    for lap in before.joined() { old[LapDeletions.Key(lap)] = lap }
    for lap in after.joined() {
      guard let earlier = old[LapDeletions.Key(lap)], earlier != lap else { continue }
      for field in LapField.allCases where !field.isEqual(earlier, lap) {
        let cell = Cell(number: lap.number, lap: lap.lap, field: field)
        rules[cell] = rules[cell].map { "\($0)+\(rule)" } ?? rule
      }
    }
  }
}

extension LiveSession {
  /// Which correction gave each cell its value.
  public func provenance(_ corrections: LapCorrections = .all) -> LapProvenance {
    LapProvenance(corrections) { laps($0) }
  }
}

extension IntermediateTables {
  /// Which correction gave each cell its value.
  public func provenance(_ corrections: LapCorrections = .all) -> LapProvenance {
    LapProvenance(corrections) { laps($0) }
  }
}
