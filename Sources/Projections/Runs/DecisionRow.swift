internal import Events
internal import Racing

/// One decision; its position is in a column of its own. No padding.
struct DecisionRow: BitwiseCopyable, Sendable {
  var run: UInt32
  var nextOfRun = Link.none
  var nextOfPlayer = Link.none
  /// ms.
  var regret: Int32
  var lap: UInt8
  /// Kind in the low three bits, then three of the tyre and two of the pace, both with one added for "is there".
  var what: UInt8
  var isOptimal: UInt8
  var isErased: UInt8 = 0

  init(_ event: DecisionMade, run: UInt32) throws(PoisonReason) {
    self.run = run
    regret = try narrow(event.regret, "regret")
    lap = try narrow(event.lap, "lap")
    let tyre = event.compound.map { $0.rawValue + 1 } ?? 0
    let pace = event.pace.map { $0.rawValue + 1 } ?? 0
    what = event.kind.code | tyre << 3 | pace << 6
    isOptimal = event.isOptimal ? 1 : 0
  }

  /// A decision as a segment keeps it.
  init(_ event: PackedDecision, run: UInt32) {
    self.run = run
    regret = event.regret
    lap = event.lap
    what = event.what
    isOptimal = event.isOptimal ? 1 : 0
  }

  var kind: DecisionMade.Kind { DecisionMade.Kind(code: what & 7) }

  var compound: Compound? {
    let code = what >> 3 & 7
    return code == 0 ? nil : Compound(rawValue: code - 1)
  }

  var pace: PaceMode? {
    let code = what >> 6
    return code == 0 ? nil : PaceMode(rawValue: code - 1)
  }
}

extension DecisionMade.Kind {
  fileprivate var code: UInt8 {
    switch self {
    case .start: 0
    case .pit: 1
    case .pace: 2
    case .safetyCar: 3
    case .red: 4
    case .finish: 5
    }
  }

  fileprivate init(code: UInt8) {
    switch code {
    case 0: self = .start
    case 1: self = .pit
    case 2: self = .pace
    case 3: self = .safetyCar
    case 4: self = .red
    default: self = .finish
    }
  }
}
