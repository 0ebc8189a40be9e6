import Foundation
import Timing

/// A5: damage to any topic costs what was damaged and no more.
func damageFigures(_ data: TimingData, _ options: TimingOptions) -> [TimingFigure] {
  let rounds = options.isQuick ? 20 : 200
  var tally = DamageTally()
  var random = SeededRandom(seed: options.seed)
  for session in data.raw {
    FileHandle.standardError.write(Data("acceptance: damage to \(session.name)\n".utf8))
    let topics = session.topics()
    for name in topics.keys.sorted() {
      guard let bytes = topics[name] else { continue }
      let others = LiveSession(topics: topics.filter { $0.key != name })
      var base = others
      base.read(topic: name, bytes)
      let baseLaps = base.laps()
      for _ in 0..<rounds {
        let damage = Damage(bytes, using: &random)
        var session = others
        session.read(topic: name, damage.bytes)
        tally.take(damage, session, topic: name, before: baseLaps)
      }
    }
  }
  return tally.figures
}

/// What damage did.
private struct DamageTally {
  private var mutations = 0
  private var withoutLaps = 0
  private var tooManySkips = 0
  private var otherCars = 0
  private var note = ""

  mutating func take(_ damage: Damage, _ session: LiveSession, topic: String, before: [[SessionLap]]) {
    mutations += 1
    let laps = session.laps()
    if laps.isEmpty, !damage.isCut { withoutLaps += 1 }
    let skipped = session.reports.last?.skipped ?? 0
    if skipped > damage.lines {
      tooManySkips += 1
      note = "\(topic) \(damage.kind): \(skipped) skipped of \(damage.lines) damaged"
    }
    guard topic.hasPrefix("TimingData"), !damage.isCut else { return }
    for car in before where !damage.names(car[0].number) && !DamageTally.keepsOwnCells(car, laps) {
      otherCars += 1
      note = "\(topic) \(damage.kind): car \(car[0].number)"
    }
  }

  var figures: [TimingFigure] {
    [
      TimingFigure("a5.mutations", Double(mutations), "mutations", n: mutations),
      TimingFigure("a5.without_laps", Double(withoutLaps), "mutations", .atMost, 0, n: mutations, note: note),
      TimingFigure("a5.more_skipped_than_damaged", Double(tooManySkips), "mutations", .atMost, 0, n: mutations),
      TimingFigure("a5.other_cars_changed", Double(otherCars), "cars", .atMost, 0, n: mutations),
    ]
  }

  /// The car's own values are the same, and its clock differs by one constant.
  private static func keepsOwnCells(_ car: [SessionLap], _ laps: [[SessionLap]]) -> Bool {
    let driven = car.filter { !$0.isGenerated }
    guard !driven.isEmpty else { return true }
    let after = laps.first { $0.first?.number == driven[0].number }?.filter { !$0.isGenerated } ?? []
    guard after.count == driven.count else { return false }
    var shift: Int?
    return zip(driven, after).allSatisfy { old, new in
      guard let oldEnd = old.end, let newEnd = new.end else { return old.end == new.end }
      shift = shift ?? newEnd - oldEnd
      return newEnd - oldEnd == shift && old.time == new.time && old.sector1 == new.sector1
        && old.sector2 == new.sector2 && old.sector3 == new.sector3 && old.pitIn == new.pitIn && old.lap == new.lap
        && old.speedST == new.speedST
    }
  }
}

/// One seeded mutation of a file.
struct Damage {
  /// What can happen to a file.
  enum Kind: String, CaseIterable {
    case cutLine, deleteLine, doubleLine, swapLines, flipByte, otherType, insertNUL, insertInvalid, insertLong, cutFile
  }

  let kind: Kind
  private(set) var bytes: [UInt8]
  /// How many lines may be skipped for it.
  private(set) var lines = 1
  private var touched: [UInt8] = []

  /// The file ends early, which takes away more than a line.
  var isCut: Bool { kind == .cutFile }

  init(_ original: [UInt8], using random: inout SeededRandom) {
    kind = Kind.allCases.randomElement(using: &random) ?? .flipByte
    bytes = original
    let at = Int.random(in: 3..<max(4, original.count), using: &random)
    let line = Damage.line(original, at: min(at, original.count - 1))
    touched = Array(original[line])
    switch kind {
    case .cutLine: bytes.removeSubrange(min(at, line.upperBound - 2)..<line.upperBound - 2)
    case .deleteLine: bytes.removeSubrange(line)
    case .doubleLine: bytes.insert(contentsOf: touched, at: line.upperBound)
    case .swapLines: swapWithNext(line)
    case .flipByte: flip(min(at, original.count - 1), using: &random)
    case .otherType: replaceValue(line)
    case .insertNUL: bytes.insert(0, at: at)
    case .insertInvalid: bytes.insert(contentsOf: [0xff, 0xc3, 0x28], at: at)
    case .insertLong:
      bytes.insert(contentsOf: [UInt8](repeating: 0x78, count: 1 << 20) + [0x0d, 0x0a], at: line.lowerBound)
    case .cutFile: bytes.removeSubrange(at...)
    }
  }

  /// The damaged lines speak of that car.
  func names(_ number: Int) -> Bool {
    let key = Array("\"\(number)\":".utf8)
    return touched.indices.contains { touched[$0...].starts(with: key) }
  }

  private static func line(_ bytes: [UInt8], at position: Int) -> Range<Int> {
    let newline = UInt8(ascii: "\n")
    let start = bytes[..<position].lastIndex(of: newline).map { $0 + 1 } ?? min(3, position)
    let end = bytes[position...].firstIndex(of: newline).map { $0 + 1 } ?? bytes.count
    return start..<end
  }

  private mutating func swapWithNext(_ line: Range<Int>) {
    guard line.upperBound < bytes.count else { return }
    let next = Damage.line(bytes, at: line.upperBound)
    let swapped = Array(bytes[next]) + Array(bytes[line])
    touched = swapped
    bytes.replaceSubrange(line.lowerBound..<next.upperBound, with: swapped)
  }

  /// A flipped line end joins two lines, or makes two of one.
  private mutating func flip(_ at: Int, using random: inout SeededRandom) {
    let line = Damage.line(bytes, at: at)
    if line.upperBound < bytes.count { touched += bytes[Damage.line(bytes, at: line.upperBound)] }
    bytes[at] ^= UInt8(1) << UInt8.random(in: 0..<8, using: &random)
    touched += bytes[line]
    lines = 2
  }

  private mutating func replaceValue(_ line: Range<Int>) {
    guard let colon = bytes[line].dropFirst(12).firstIndex(of: UInt8(ascii: ":")) else { return }
    let kinds: [String] = ["null,\"x\":", "[1,{}],\"x\":", "{\"a\":1},\"x\":", "7e3,\"x\":", "true,\"x\":"]
    bytes.insert(contentsOf: Array(kinds[line.lowerBound % kinds.count].utf8), at: colon + 1)
  }
}
