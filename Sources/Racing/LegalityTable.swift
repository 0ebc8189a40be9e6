/// From which states a legal finish can still be reached: for every lap, tyre, obligation and age of the set the
/// greatest wear that leaves one.
///
/// Less wear is never worse, so one number replaces a table of truth values.
struct LegalityTable: Sendable {
  private let slotCount: Int
  private let stopRadix: Int
  private let ageRadix: Int
  private var greatestWear: [Int16]

  /// Laps that may be driven on a set; nil for no limit.
  let maximumStintLaps: Int?

  /// The backward pass over the laps. O(laps × tyres² × minimum stops × stint limit).
  init(lapCount: Int, kinds: [LapKind], caps: [Int], rules: RaceRules, allowsModes: Bool) {
    slotCount = caps.count
    stopRadix = rules.minimumStops + 1
    maximumStintLaps = rules.maximumStintLaps
    ageRadix = (rules.maximumStintLaps ?? 0) + 1
    greatestWear = Array(repeating: -1, count: (lapCount + 1) * caps.count * 2 * stopRadix * ageRadix)
    for slot in 0..<slotCount {
      for age in 0..<ageRadix {
        greatestWear[index(lapCount, slot, true, rules.minimumStops, age)] = Int16(4 * caps[slot])
      }
    }
    for lap in stride(from: lapCount, to: 1, by: -1) {
      let quarters = allowsModes ? kinds[lap].wearQuarters(.save) : kinds[lap].wearQuarters()
      let change = TyreChange(kinds: kinds, lap: lap, lapCount: lapCount)
      pass(lap: lap, change: change, caps: caps, quarters: quarters)
    }
  }

  private mutating func pass(lap: Int, change: TyreChange, caps: [Int], quarters: Int) {
    for slot in 0..<slotCount {
      for met in [false, true] {
        for stops in 0..<stopRadix {
          let next = change == .free ? stops : min(stops + 1, stopRadix - 1)
          let afterChange = change != .none && canChange(from: slot, met: met, stops: next, lap: lap)
          for age in 0..<ageRadix {
            guard maximumStintLaps == nil || age + 1 < ageRadix else { continue }
            let stay = greatest(lap: lap, slot: slot, met: met, stops: stops, age: age + 1)
            let limit = afterChange ? 4 * caps[slot] : min(stay, 4 * caps[slot])
            greatestWear[index(lap - 1, slot, met, stops, age)] = Int16(max(-1, limit - quarters))
          }
        }
      }
    }
  }

  private func canChange(from slot: Int, met: Bool, stops: Int, lap: Int) -> Bool {
    (0..<slotCount).contains { greatest(lap: lap, slot: $0, met: met || $0 != slot, stops: stops, age: 0) >= 0 }
  }

  @inline(__always)
  private func index(_ lap: Int, _ slot: Int, _ met: Bool, _ stops: Int, _ age: Int) -> Int {
    ((((lap * slotCount + slot) * 2 + (met ? 1 : 0)) * stopRadix + stops) * ageRadix) + age
  }

  /// The greatest wear at the end of a lap from which a legal finish exists; below 0 when there is none.
  @inline(__always)
  func greatest(lap: Int, slot: Int, met: Bool, stops: Int, age: Int) -> Int {
    guard maximumStintLaps != nil else { return Int(greatestWear[index(lap, slot, met, stops, 0)]) }
    return age < ageRadix ? Int(greatestWear[index(lap, slot, met, stops, age)]) : -1
  }
}
