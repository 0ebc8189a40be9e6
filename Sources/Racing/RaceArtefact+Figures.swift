extension RaceArtefact {
  /// Figures of the field for one lap.
  public struct FieldLap: Sendable, Equatable {
    /// Multiplier of pace, in millionths, already inside the pace tables: 1,000,000 on a green lap.
    public let paceMillionths: Int64
    /// The pace behind the safety car; used where the lap's kind is `safetyCar`.
    public let safetyCarMilliseconds: Int64
    /// Earliest elapsed time of any car at the end of the lap; nobody ends a safety-car lap before it.
    public let floorMilliseconds: Int64
    /// Median duration of the lap over cars neither entering nor leaving the pits.
    public let medianDurationMilliseconds: Int64

    /// Figures of one lap.
    package init(
      paceMillionths: Int64, safetyCarMilliseconds: Int64, floorMilliseconds: Int64, medianDurationMilliseconds: Int64
    ) {
      self.paceMillionths = paceMillionths
      self.safetyCarMilliseconds = safetyCarMilliseconds
      self.floorMilliseconds = floorMilliseconds
      self.medianDurationMilliseconds = medianDurationMilliseconds
    }
  }

  /// Time lost by a stop, split at the line.
  public struct PitLoss: Sendable, Equatable {
    /// Lost on the in-lap; may be negative where the line lies before the box.
    public let inMilliseconds: Int64
    /// Lost on the out-lap.
    public let outMilliseconds: Int64
    /// 10 % quantile of the lane time of the race.
    public let laneBestMilliseconds: Int64
    /// Median lane time of the race.
    public let laneMedianMilliseconds: Int64
    /// How much of it is lost under a flag.
    public let shares: Shares

    /// Shares of a stop's loss that count on neutralised laps, percent.
    public struct Shares: Sendable, Equatable {
      /// Behind the safety car.
      public let safetyCarPercent: Int64
      /// Under the virtual safety car.
      public let virtualSafetyCarPercent: Int64

      /// Shares of the loss on a green lap.
      package init(safetyCarPercent: Int64, virtualSafetyCarPercent: Int64) {
        self.safetyCarPercent = safetyCarPercent
        self.virtualSafetyCarPercent = virtualSafetyCarPercent
      }

      /// What artefacts mean that do not write them down.
      static let unwritten = Shares(safetyCarPercent: 62, virtualSafetyCarPercent: 80)
    }

    /// The parts of a stop.
    package init(
      inMilliseconds: Int64, outMilliseconds: Int64, laneBestMilliseconds: Int64, laneMedianMilliseconds: Int64,
      shares: Shares
    ) {
      self.inMilliseconds = inMilliseconds
      self.outMilliseconds = outMilliseconds
      self.laneBestMilliseconds = laneBestMilliseconds
      self.laneMedianMilliseconds = laneMedianMilliseconds
      self.shares = shares
    }

    /// Lost on an in-lap of that kind, ms; nothing on a red one.
    public func onInLap(_ kind: LapKind) -> Int64 { part(inMilliseconds, kind) }

    /// Lost on an out-lap of that kind, ms; nothing on a red one.
    public func onOutLap(_ kind: LapKind) -> Int64 { part(outMilliseconds, kind) }

    private func part(_ milliseconds: Int64, _ kind: LapKind) -> Int64 {
      switch kind {
      case .green, .yellow: milliseconds
      case .virtualSafetyCar: floorDiv(shares.virtualSafetyCarPercent * milliseconds, 100)
      case .safetyCar: floorDiv(shares.safetyCarPercent * milliseconds, 100)
      case .red: 0
      }
    }
  }

  /// The monotone follow map: gap at the line as a function of clean-air advantage.
  public struct FollowMap: Sendable, Equatable {
    /// An advantage of at least this much passes.
    public let thetaMilliseconds: Int64
    /// Advantage at each knot, ascending.
    public let knotDeltas: [Int64]
    /// Gap at each knot.
    public let knotGaps: [Int64]

    /// A map with parallel knots.
    package init(thetaMilliseconds: Int64, knotDeltas: [Int64], knotGaps: [Int64]) {
      self.thetaMilliseconds = thetaMilliseconds
      self.knotDeltas = knotDeltas
      self.knotGaps = knotGaps
    }
  }

  /// A named number of the fit.
  public struct Parameter: Sendable, Equatable {
    /// Such as `phi`, `team.Red Bull Racing`, `scale`.
    public let name: String
    /// In millionths of a second.
    public let microseconds: Int64

    /// A number of the fit.
    package init(name: String, microseconds: Int64) {
      self.name = name
      self.microseconds = microseconds
    }
  }
}
