/// Reading the stored form of a race.
extension RaceRecord {
  /// The race with those canonical bytes. O(bytes).
  /// - Throws: `ModelError.malformedRecord` with the first line that cannot be understood.
  public init(canonicalBytes bytes: [UInt8]) throws(ModelError) {
    var reader = RecordReader(bytes)
    try reader.expect("blame-race 1", fields: 1)
    try reader.expect("race", fields: 13)
    let key = RaceKey(season: try reader.number(), round: try reader.number())
    self.init(
      key: key, slug: try reader.text(), name: try reader.text(), circuit: try reader.text(), date: try reader.text(),
      lapCount: try reader.number(), scheduledLapCount: try reader.optionalNumber(), isSynthetic: try reader.flag(),
      quality: try reader.choice(), qualityNote: try reader.text(),
      startSessionMilliseconds: try reader.optionalNumber(), entrants: [])
    try reader.expect("rules", fields: 4)
    rules = RaceRules(
      minimumDryCompounds: try reader.number(), minimumStops: try reader.number(),
      maximumStintLaps: try reader.optionalNumber())
    while try reader.next() {
      switch try reader.text() {
      case "period": neutralisations.append(try reader.period())
      case "source": provenance.append(try reader.source())
      case "car": entrants.append(try reader.car())
      case "penalty":
        try reader.inCar(&entrants) { (reader, car) throws(ModelError) in
          car.penalties.append(try reader.penalty())
        }
      case "stop":
        try reader.inCar(&entrants) { (reader, car) throws(ModelError) in
          car.pitStops.append(try reader.stop())
        }
      case "lap": try reader.inCar(&entrants) { (reader, car) throws(ModelError) in car.laps.append(try reader.lap()) }
      case "end":
        try reader.end()
        return
      case let other: throw reader.malformed("\"\(other)\" is no kind of line")
      }
    }
    throw reader.malformed("the record ends without its end line")
  }
}

/// Takes lines apart into fields.
private struct RecordReader {
  private let bytes: [UInt8]
  private var lineStart = 0
  private var fields: [Range<Int>] = []
  private var field = 0
  private(set) var line = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func malformed(_ reason: String) -> ModelError { .malformedRecord(line: line, reason: reason) }

  /// Goes to the next line; false at the end of the bytes.
  mutating func next() throws(ModelError) -> Bool {
    guard lineStart < bytes.count else { return false }
    line += 1
    fields.removeAll(keepingCapacity: true)
    field = 0
    var start = lineStart
    for index in lineStart..<bytes.count {
      let byte = bytes[index]
      guard byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n") else { continue }
      fields.append(start..<index)
      start = index + 1
      if byte == UInt8(ascii: "\n") {
        lineStart = start
        return true
      }
    }
    throw malformed("the line has no end")
  }

  mutating func expect(_ kind: String, fields count: Int) throws(ModelError) {
    guard try next() else { throw malformed("the record ends before its \"\(kind)\" line") }
    let found = try text()
    guard found == kind else { throw malformed("\"\(kind)\" is expected here, not \"\(found)\"") }
    try need(count)
  }

  /// Checks the number of fields of the line, its kind included.
  func need(_ count: Int) throws(ModelError) {
    guard fields.count == count else { throw malformed("\(count) fields are expected, not \(fields.count)") }
  }

  mutating func raw() throws(ModelError) -> ArraySlice<UInt8> {
    guard field < fields.count else { throw malformed("field \(field + 1) is missing") }
    defer { field += 1 }
    return bytes[fields[field]]
  }

  mutating func text() throws(ModelError) -> String {
    let raw = try raw()
    let plain = raw.contains(UInt8(ascii: "\\")) ? try unescape(raw) : Array(raw)
    guard let text = String(validating: plain, as: UTF8.self) else { throw malformed("field \(field) is not UTF-8") }
    return text
  }

  private func unescape(_ raw: ArraySlice<UInt8>) throws(ModelError) -> [UInt8] {
    var plain: [UInt8] = []
    var iterator = raw.makeIterator()
    while let byte = iterator.next() {
      guard byte == UInt8(ascii: "\\") else {
        plain.append(byte)
        continue
      }
      switch iterator.next() {
      case UInt8(ascii: "t"): plain.append(UInt8(ascii: "\t"))
      case UInt8(ascii: "n"): plain.append(UInt8(ascii: "\n"))
      case UInt8(ascii: "r"): plain.append(UInt8(ascii: "\r"))
      case UInt8(ascii: "\\"): plain.append(UInt8(ascii: "\\"))
      default: throw malformed("field \(field) has a backslash that escapes nothing")
      }
    }
    return plain
  }

  mutating func optionalNumber<Value: FixedWidthInteger>() throws(ModelError) -> Value? {
    let raw = try raw()
    return raw.isEmpty ? nil : try number(raw)
  }

  mutating func number<Value: FixedWidthInteger>() throws(ModelError) -> Value { try number(try raw()) }

  func number<Value: FixedWidthInteger>(_ raw: ArraySlice<UInt8>) throws(ModelError) -> Value {
    let isNegative = raw.first == UInt8(ascii: "-")
    let digits = isNegative ? raw.dropFirst() : raw
    var value: Int64 = 0
    guard !digits.isEmpty, digits.count < 19, digits.count == 1 || digits.first != UInt8(ascii: "0") else {
      throw malformed("field \(field) is no number")
    }
    for digit in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else {
        throw malformed("field \(field) is no number")
      }
      value = value * 10 + Int64(digit - UInt8(ascii: "0"))
    }
    guard !isNegative || value > 0 else { throw malformed("field \(field) is a negative zero") }
    guard let fitting = Value(exactly: isNegative ? -value : value) else {
      throw malformed("field \(field) is out of range")
    }
    return fitting
  }

  mutating func flag() throws(ModelError) -> Bool {
    switch try number() as Int {
    case 0: false
    case 1: true
    case let other: throw malformed("field \(field) is \(other), neither 0 nor 1")
    }
  }

  mutating func choice<Value: RawRepresentable>() throws(ModelError) -> Value where Value.RawValue == String {
    let name = try text()
    guard let value = Value(rawValue: name) else { throw malformed("\"\(name)\" is no \(Value.self)") }
    return value
  }
}

extension RecordReader {
  mutating func period() throws(ModelError) -> Neutralisation {
    try need(6)
    return Neutralisation(
      kind: try choice(), startElapsedMilliseconds: try number(), endElapsedMilliseconds: try optionalNumber(),
      startLap: try optionalNumber(), endLap: try optionalNumber())
  }

  mutating func source() throws(ModelError) -> Provenance {
    try need(5)
    return Provenance(part: try text(), source: try text(), location: try text(), digest: try text())
  }

  mutating func car() throws(ModelError) -> Entrant {
    try need(12)
    let code = try text()
    guard let code = DriverCode(code) else { throw malformed("\"\(code)\" is no driver code") }
    return Entrant(
      code: code, number: try optionalNumber(), name: try text(), team: try text(), teamColour: try optionalText(),
      grid: try gridSlot(),
      result: Classification(
        position: try optionalNumber(), status: try text(), laps: try number(),
        timeMilliseconds: try optionalNumber(), penaltyMilliseconds: try number()),
      laps: [])
  }

  /// Adds the line to the car it follows.
  mutating func inCar(
    _ entrants: inout [Entrant], _ add: (inout RecordReader, inout Entrant) throws(ModelError) -> Void
  ) throws(ModelError) {
    guard let last = entrants.indices.last else { throw malformed("no car line comes before this one") }
    try add(&self, &entrants[last])
  }

  mutating func penalty() throws(ModelError) -> Penalty {
    try need(3)
    return Penalty(lap: try number(), milliseconds: try number())
  }

  mutating func stop() throws(ModelError) -> PitStop {
    try need(4)
    let lap: Int = try number()
    let lane: Int64? = try optionalNumber()
    let changed: Int? = try optionalNumber()
    return PitStop(lap: lap, laneMilliseconds: lane, tyresChanged: changed.map { $0 == 1 })
  }

  mutating func lap() throws(ModelError) -> Lap {
    try need(14)
    var lap = Lap(
      number: try number(), timeMilliseconds: try optionalNumber(), timeSource: try timeSource(),
      sectorMilliseconds: try sectors(), elapsedMilliseconds: try optionalNumber(), compound: try compound(),
      tyreLife: try optionalNumber(), stint: try optionalNumber(), pitInElapsedMilliseconds: try optionalNumber(),
      pitOutElapsedMilliseconds: try optionalNumber(), trackStatus: try text(), position: try optionalNumber())
    for flag in try raw() {
      switch flag {
      case UInt8(ascii: "g"): lap.isGenerated = true
      case UInt8(ascii: "u"): lap.isCounted = false
      case UInt8(ascii: "d"): lap.isDeleted = true
      default: throw malformed("field \(field) has a flag that means nothing")
      }
    }
    return lap
  }

  func end() throws(ModelError) {
    var reader = self
    try reader.need(2)
    let count: Int = try reader.number()
    guard count == line - 1 else { throw malformed("\(line - 1) lines came before the end, not \(count)") }
    guard try !reader.next() else { throw reader.malformed("a line follows the end") }
  }

  private mutating func optionalText() throws(ModelError) -> String? {
    let text = try text()
    return text.isEmpty ? nil : text
  }

  private mutating func gridSlot() throws(ModelError) -> Entrant.GridSlot? {
    let raw = try raw()
    if raw.isEmpty { return nil }
    return raw.elementsEqual("PL".utf8) ? .pitLane : .slot(try number(raw))
  }

  private mutating func timeSource() throws(ModelError) -> Lap.TimeSource {
    // Three names only, and one of them on nearly every lap.
    let raw = try raw()
    for source in [Lap.TimeSource.timing, .official, .derived] where raw.elementsEqual(source.rawValue.utf8) {
      return source
    }
    throw malformed("field \(field) is no source of lap times")
  }

  private mutating func compound() throws(ModelError) -> Compound? {
    let raw = try raw()
    if raw.isEmpty { return nil }
    guard let compound = Compound.allCases.first(where: { raw.elementsEqual($0.name.utf8) }) else {
      throw malformed("field \(field) is no compound")
    }
    return compound
  }

  private mutating func sectors() throws(ModelError) -> [Int64?] {
    let raw = try raw()
    guard !raw.isEmpty else { return [] }
    var sectors: [Int64?] = []
    for part in raw.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      sectors.append(part.isEmpty ? nil : try number(part))
    }
    return sectors
  }
}
