import Crypto

/// The stored form of a race: UTF-8 text, one fact a line, fields divided by tabs, an empty field for an unknown value.
///
/// ```
/// blame-race 1
/// race     season round slug name circuit date laps scheduled synthetic quality note start
/// rules    minimumDryCompounds minimumStops maximumStintLaps
/// period   kind start end startLap endLap
/// source   part source location digest
/// car      code number name team colour grid position status laps time penalty
/// penalty  lap length
/// stop     lap lane tyresChanged
/// lap      number time timeSource sectors elapsed compound life stint in out status position flags
/// end      lines before this one
/// ```
/// Lines of a car follow its `car` line. Cars stand by code, laps, stops and penalties by lap. Sectors are divided by
/// commas; flags are the letters g (generated), u (does not count), d (deleted). In texts a tab is `\t`, a line feed
/// `\n`, a carriage return `\r`, a backslash `\\`.
extension RaceRecord {
  /// The canonical bytes: equal races have equal bytes. O(laps).
  public var canonicalBytes: [UInt8] {
    var writer = RecordWriter()
    writer.line("blame-race 1")
    writer.line(
      "race", key.season, key.round, slug, name, circuit, date, lapCount, scheduledLapCount, isSynthetic ? 1 : 0,
      quality.rawValue, qualityNote, startSessionMilliseconds)
    writer.line("rules", rules.minimumDryCompounds, rules.minimumStops, rules.maximumStintLaps)
    for period in neutralisations {
      writer.line(
        "period", period.kind.rawValue, period.startElapsedMilliseconds, period.endElapsedMilliseconds,
        period.startLap, period.endLap)
    }
    for part in provenance { writer.line("source", part.part, part.source, part.location, part.digest) }
    for entrant in entrants.sorted(by: { $0.code < $1.code }) { writer.write(entrant) }
    writer.line("end", writer.lineCount)
    return writer.bytes
  }

  /// SHA-256 of the canonical bytes in lower-case hexadecimal. O(laps).
  public var digest: String { hexadecimal(SHA256.hash(data: canonicalBytes)) }
}

/// Appends lines of fields.
private struct RecordWriter {
  var bytes: [UInt8] = []
  var lineCount = 0

  mutating func line(_ fields: (any RecordField)?...) {
    for (index, field) in fields.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: "\t")) }
      field?.append(to: &bytes)
    }
    bytes.append(UInt8(ascii: "\n"))
    lineCount += 1
  }

  mutating func write(_ entrant: Entrant) {
    let grid: (any RecordField)? =
      switch entrant.grid {
      case .slot(let slot): slot
      case .pitLane: "PL"
      case nil: nil
      }
    let result = entrant.result
    line(
      "car", entrant.code.description, entrant.number, entrant.name, entrant.team, entrant.teamColour, grid,
      result.position, result.status, result.laps, result.timeMilliseconds, result.penaltyMilliseconds)
    for penalty in entrant.penalties.sorted(by: { ($0.lap, $0.milliseconds) < ($1.lap, $1.milliseconds) }) {
      line("penalty", penalty.lap, penalty.milliseconds)
    }
    for stop in entrant.pitStops.sorted(by: { $0.lap < $1.lap }) {
      line("stop", stop.lap, stop.laneMilliseconds, stop.tyresChanged.map { $0 ? 1 : 0 })
    }
    for lap in entrant.laps.sorted(by: { $0.number < $1.number }) { write(lap) }
  }

  private mutating func write(_ lap: Lap) {
    let sectors = lap.sectorMilliseconds.map { $0.map { String($0) } ?? "" }.joined(separator: ",")
    let flags = (lap.isGenerated ? "g" : "") + (lap.isCounted ? "" : "u") + (lap.isDeleted ? "d" : "")
    line(
      "lap", lap.number, lap.timeMilliseconds, lap.timeSource.rawValue, sectors, lap.elapsedMilliseconds,
      lap.compound?.name, lap.tyreLife, lap.stint, lap.pitInElapsedMilliseconds, lap.pitOutElapsedMilliseconds,
      lap.trackStatus, lap.position, flags)
  }
}

/// A value that a line can hold.
private protocol RecordField {
  func append(to bytes: inout [UInt8])
}

extension RecordField where Self: BinaryInteger {
  fileprivate func append(to bytes: inout [UInt8]) { bytes.append(contentsOf: String(self).utf8) }
}

extension Int: RecordField {}
extension Int16: RecordField {}
extension Int64: RecordField {}

extension String: RecordField {
  fileprivate func append(to bytes: inout [UInt8]) {
    for byte in utf8 {
      switch byte {
      case UInt8(ascii: "\t"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
      case UInt8(ascii: "\n"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
      case UInt8(ascii: "\r"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
      case UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "\\")]
      default: bytes.append(byte)
      }
    }
  }
}
