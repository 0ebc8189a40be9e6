/// A FastF1 laps file as session laps, in every spelling that users write: all columns, of any kind of session.
///
/// A row that cannot be read is counted and left out; a cell that cannot be read is unknown, and counted.
public struct FastF1SessionLaps: Sendable {
  /// Laps in the order of the file; of several events all of them.
  public private(set) var laps: [SessionLap] = []
  /// The event of each lap: `RoundNumber`, or nil where the file has none.
  public private(set) var rounds: [Int?] = []
  /// Rows read and skipped.
  public private(set) var report: ReadingReport
  /// Cells that say something unreadable.
  public private(set) var oddCells = 0

  /// The laps of that file, packed or not.
  ///
  /// - Throws: `missingColumn` where there is no `LapNumber`, or neither `DriverNumber` nor `Driver`; errors of reading.
  public init(path: String, limits: ReadingLimits = ReadingLimits()) throws(TimingError) {
    let file = try InputFile(path: path, limits: limits)
    try self.init(file.bytes, input: path)
  }

  /// The laps in those bytes.
  ///
  /// - Throws: `missingColumn`.
  public init(_ bytes: [UInt8], input: String) throws(TimingError) {
    let table = LooseTable(bytes, input: input)
    report = table.report
    guard table.has("LapNumber") else { throw .missingColumn(file: input, column: "LapNumber", found: []) }
    guard table.has("DriverNumber") || table.has("Driver") else {
      throw .missingColumn(file: input, column: "DriverNumber or Driver", found: [])
    }
    var numbers = FastF1Numbers()
    for row in table.rows {
      var cells = FastF1Cells(table: table, row: row)
      guard let lap = cells.whole("LapNumber"), (1...mostLaps).contains(lap) else { continue }
      let code = cells.text("Driver") ?? ""
      guard let number = cells.whole("DriverNumber") ?? numbers.stand(in: code) else { continue }
      laps.append(cells.lap(number: number, lap: lap, code: code))
      rounds.append(cells.whole("RoundNumber"))
      oddCells += cells.odd
    }
    report.accepted = laps.count
  }

  /// An export of FastF1 before 3.9: many laps lack a time although all three sectors are there.
  public var isOldGeneration: Bool {
    let timed = laps.filter { !$0.isGenerated && $0.sectorSum != nil }
    return timed.count { $0.time == nil } * 20 > timed.count
  }

  /// Cars with their laps, in the order first named; with the lap times that the sectors bear out where an old FastF1
  /// dropped them (C1).
  public func cars(_ corrections: LapCorrections = .all) -> [[SessionLap]] {
    var order: [Int] = []
    var cars: [Int: [SessionLap]] = [:]
    for lap in laps {
      if cars[lap.number] == nil { order.append(lap.number) }
      cars[lap.number, default: []].append(lap)
    }
    return order.map { number in
      var own = (cars[number] ?? []).sorted { $0.lap < $1.lap }
      if corrections.contains(.longLaps) { _ = LapAssembly.acceptSectorSums(&own) }
      return own
    }
  }
}

/// Car numbers for files that name cars by their code alone.
private struct FastF1Numbers {
  private var numbers: [String: Int] = [:]

  /// Negative, so that it is nobody's number; nil for no code.
  mutating func stand(in code: String) -> Int? {
    if code.isEmpty { return nil }
    if let known = numbers[code] { return known }
    numbers[code] = -numbers.count - 1
    return numbers[code]
  }
}
