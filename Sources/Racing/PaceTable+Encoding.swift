/// Pace tables of one race differ from each other by little more than a constant a lap. So the first is stored by its
/// steps and the others by what a constant a lap does not explain: mostly 0 or one millisecond of rounding, which takes
/// two bits a cell.
extension PaceTable {
  static func write(_ tables: [PaceTable?], to writer: inout BinaryWriter) {
    var reference: PaceTable?
    writer.list(tables) { writer, table in
      writer.flag(table != nil)
      guard let table else { return }
      table.write(against: reference, to: &writer)
      if reference == nil { reference = table }
    }
  }

  static func read(from reader: inout BinaryReader) throws(ModelError) -> [PaceTable?] {
    var reference: PaceTable?
    return try reader.list { (reader) throws(ModelError) in
      guard try reader.flag() else { return nil }
      let table = try PaceTable(against: reference, from: &reader)
      if reference == nil { reference = table }
      return table
    }
  }

  private func write(against reference: PaceTable?, to writer: inout BinaryWriter) {
    writer.list(compounds) { $0.integer($1.rawValue) }
    writer.integer(wearCount)
    writer.integer(lapCount)
    let reference = reference.flatMap { hasShape(of: $0) ? $0.values : nil }
    var packed = PackedSteps()
    for cell in values.indices {
      packed.append(values[cell] &- Self.expected(cell, row: lapCount + 1, in: values, reference: reference))
    }
    packed.write(to: &writer)
  }

  private init(against reference: PaceTable?, from reader: inout BinaryReader) throws(ModelError) {
    let compounds = try reader.list { (reader) throws(ModelError) in try reader.compound() }
    let wearCount = try reader.integer(as: Int.self)
    let lapCount = try reader.integer(as: Int.self)
    guard (1...10_000).contains(wearCount), (1...1_000).contains(lapCount) else {
      throw reader.malformed("a pace table of \(wearCount) wears and \(lapCount) laps is impossible")
    }
    let cells = compounds.count * wearCount * (lapCount + 1)
    let steps = try PackedSteps.read(cells, from: &reader)
    let shared = reference.flatMap {
      $0.compounds == compounds && $0.wearCount == wearCount && $0.lapCount == lapCount ? $0.values : nil
    }
    var values = [Int32](repeating: 0, count: cells)
    for cell in values.indices {
      values[cell] = steps[cell] &+ Self.expected(cell, row: lapCount + 1, in: values, reference: shared)
    }
    self.init(compounds: compounds, wearCount: wearCount, lapCount: lapCount, values: values)
  }

  private func hasShape(of other: PaceTable) -> Bool {
    compounds == other.compounds && wearCount == other.wearCount && lapCount == other.lapCount
  }

  /// What the cells before it and the reference say about a cell. The first row is told by the cell before it, all
  /// others by the reference moved by the difference of the first rows, or without one by the row above.
  private static func expected(_ cell: Int, row: Int, in values: [Int32], reference: [Int32]?) -> Int32 {
    let lap = cell % row
    if cell < row { return cell == 0 ? 0 : values[cell - 1] }
    guard let reference else { return values[cell - row] }
    return reference[cell] &+ (values[lap] &- reference[lap])
  }
}

/// Small signed numbers at two bits each; larger ones follow apart.
private struct PackedSteps {
  private var packed: [UInt8] = []
  private var large = BinaryWriter()
  private var count = 0

  mutating func append(_ step: Int32) {
    let symbol: UInt8 =
      switch step {
      case 0: 0
      case 1: 1
      case -1: 2
      default: 3
      }
    if count % 4 == 0 { packed.append(0) }
    packed[count / 4] |= symbol << UInt8(count % 4 * 2)
    count += 1
    if symbol == 3 { large.integer(step) }
  }

  func write(to writer: inout BinaryWriter) {
    writer.raw(packed)
    writer.raw(large.bytes)
  }

  static func read(_ count: Int, from reader: inout BinaryReader) throws(ModelError) -> [Int32] {
    let packed = try reader.raw()
    guard packed.count == (count + 3) / 4 else {
      throw reader.malformed("\(packed.count) bytes hold not \(count) cells")
    }
    var large = BinaryReader(try reader.raw())
    var steps = [Int32](repeating: 0, count: count)
    for cell in 0..<count {
      switch packed[cell / 4] >> UInt8(cell % 4 * 2) & 3 {
      case 0: break
      case 1: steps[cell] = 1
      case 2: steps[cell] = -1
      default: steps[cell] = try large.integer(as: Int32.self)
      }
    }
    guard large.isAtEnd else { throw reader.malformed("a pace table has more large steps than cells that want one") }
    return steps
  }
}
