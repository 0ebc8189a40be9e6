/// Laps of one driver as TracingInsights publishes them: FastF1's columns as arrays beside one another, seconds with
/// decimals, `"None"` for what is missing.
public struct ParallelLaps: Sendable {
  /// Laps in the order of the file.
  public private(set) var laps: [SessionLap] = []
  /// Laps read and left out.
  public private(set) var report: ReadingReport

  private let columns: [String: [JSONValue]]

  /// The laps in those bytes; nil where they are not of that layout. `number` and `code` stand in where the file has none.
  public init?(_ bytes: [UInt8], input: String, number: Int? = nil, code: String = "") {
    guard let file = JSONValue(bytes), case .array(let numbers) = file["lap"], case .array = file["time"] else {
      return nil
    }
    report = ReadingReport(input: input)
    columns = file.members.mapValues { $0.indexed.map(\.value) }
    for index in numbers.indices {
      report.lines += 1
      guard let lap = whole("lap", index), (1...mostLaps).contains(lap), let car = whole("dNum", index) ?? number else {
        report.skip(line: report.lines, byteOffset: 0, "the lap has no number, or no car")
        continue
      }
      laps.append(self.lap(index, lap: lap, number: car, code: text("drv", index) ?? code))
    }
    report.accepted = laps.count
  }

  private func lap(_ index: Int, lap: Int, number: Int, code: String) -> SessionLap {
    var own = SessionLap(number: number, lap: lap)
    own.code = code
    own.team = text("team", index) ?? ""
    (own.start, own.end, own.time) = (duration("lST", index), duration("sesT", index), duration("time", index))
    (own.sector1, own.sector2, own.sector3) = (duration("s1", index), duration("s2", index), duration("s3", index))
    (own.sector1End, own.sector2End) = (duration("s1T", index), duration("s2T", index))
    own.sector3End = duration("s3T", index)
    (own.speedI1, own.speedI2) = (whole("vi1", index), whole("vi2", index))
    (own.speedFL, own.speedST) = (whole("vfl", index), whole("vst", index))
    (own.pitIn, own.pitOut) = (duration("pin", index), duration("pout", index))
    (own.stint, own.tyreLife) = (whole("stint", index), whole("life", index))
    own.compound = text("compound", index).flatMap { ["UNKNOWN", "TEST_UNKNOWN"].contains($0) ? nil : $0 }
    own.isFreshTyre = truth("fresh", index)
    own.trackStatus = text("status", index) ?? ""
    own.position = whole("pos", index)
    own.isPersonalBest = truth("pb", index)
    own.isDeleted = truth("del", index)
    own.deletionReason = text("delR", index) ?? ""
    own.isGenerated = truth("ff1G", index) ?? false
    own.isAccurate = truth("iacc", index) ?? false
    return own
  }

  /// Nil where the array is too short, or says that there is nothing.
  private func value(_ column: String, _ index: Int) -> JSONValue? {
    guard let values = columns[column], index < values.count else { return nil }
    switch values[index] {
    case .text(let text) where ["None", "nan", "NaN", "NaT", ""].contains(text): return nil
    case .null: return nil
    case let value: return value
    }
  }

  private func text(_ column: String, _ index: Int) -> String? { value(column, index)?.string }
  private func whole(_ column: String, _ index: Int) -> Int? { value(column, index)?.wholeOrPointZero }
  private func duration(_ column: String, _ index: Int) -> Int? { value(column, index)?.milliseconds }

  private func truth(_ column: String, _ index: Int) -> Bool? {
    guard let value = value(column, index) else { return nil }
    return value.truth ?? value.decimal.map { $0 != 0 }
  }
}
