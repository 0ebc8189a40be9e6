internal import Events
internal import Racing

/// What one number of a user's contribution is about, in sixteen bits.
struct ShareKey: BitwiseCopyable, Sendable, Equatable {
  enum Kind: UInt16 { case lap, tyre, plan, gainWeight, gain, gainSquares }

  /// Numbers that are capped together: each stop, the number of stops, undercuts.
  static let planGroup = StopSlot.count
  static let gainGroup = StopSlot.count + 1
  static let groupCount = StopSlot.count + 2

  /// Kind in the top four bits, slot in the next four, the rest below.
  let raw: UInt16

  init(_ kind: Kind, slot: Int = 0, detail: Int = 0) {
    raw = kind.rawValue << 12 | UInt16(slot) << 8 | UInt16(detail)
  }

  var kind: Kind { Kind(rawValue: raw >> 12) ?? .lap }
  var slot: Int { Int(raw >> 8 & 15) }
  var detail: Int { Int(raw & 255) }

  var group: Int {
    switch kind {
    case .lap, .tyre: slot
    case .plan: Self.planGroup
    case .gainWeight, .gain, .gainSquares: Self.gainGroup
    }
  }

  /// The group's total is the sum of numbers like this one.
  var isMeasure: Bool {
    switch kind {
    case .lap, .plan, .gainWeight: true
    case .tyre, .gain, .gainSquares: false
    }
  }
}

/// What a run of weight one adds.
struct RunShare {
  /// An undercut cannot reasonably win or lose more, ms.
  static let gainMax: Int64 = 30_000

  let stops: [SimulationFinished.Stop]
  let stopCount: Int
  let gain: Int64?

  init(_ result: ResultRow) {
    stops = result.stops
    stopCount = Int(result.stopCount)
    gain =
      result.undercutGain == .min
      ? nil : min(max(Int64(result.undercutGain), -Self.gainMax), Self.gainMax)
  }

  /// Calls back with each number and what it grows by for a weight.
  func forEach(weight: Int64, _ body: (ShareKey, Int64) -> Void) {
    if stopCount <= StopSlot.stopCountMax {
      body(ShareKey(.plan, detail: stopCount), weight)
      for (index, stop) in stops.enumerated() {
        let slot = StopSlot.first(of: stopCount) + index
        body(ShareKey(.lap, slot: slot, detail: Int(stop.lap)), weight)
        body(ShareKey(.tyre, slot: slot, detail: Int(stop.compound.rawValue)), weight)
      }
    }
    if let gain {
      body(ShareKey(.gainWeight), weight)
      body(ShareKey(.gain), weight * gain)
      body(ShareKey(.gainSquares), weight * (gain * gain / 1000))
    }
  }
}
