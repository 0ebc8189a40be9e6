import Racing

/// A FastF1 laps file, split into events and cars. Every row was checked.
struct FastF1LapsTable: Sendable {
  /// The rows of one event; a file without `RoundNumber` and `EventName` is one event.
  struct Event: Sendable {
    let round: Int?
    let name: String
    var cars: [Car] = []

    /// What a name means depends on which others there are.
    fileprivate mutating func nameCompounds() {
      let names = CompoundNames(names: cars.flatMap { $0.rows.compactMap(\.compoundName) })
      for car in cars.indices {
        for row in cars[car].rows.indices {
          cars[car].rows[row].compound = cars[car].rows[row].compoundName.flatMap { names.compound($0) }
        }
      }
    }
  }

  /// One car's rows, by lap.
  struct Car: Sendable {
    let code: DriverCode
    let number: Int?
    let team: String
    var rows: [FastF1Row]
  }

  let file: InputFile
  private(set) var events: [Event] = []
  private(set) var notes: [ImportNote] = []

  private var eventIndices: [String: Int] = [:]
  private var carIndices: [[DriverCode: Int]] = []
  private var lines: [[DriverCode: [Int: Int]]] = []

  /// Reads the file. `codes` gives the code of a car number where the file lacks `Driver`.
  init(_ file: InputFile, codes: [Int: DriverCode] = [:], limits: ReadingLimits) throws(TimingError) {
    self.file = file
    var reader = try CSVReader(file, limits: limits)
    let columns = try FastF1Columns(reader)
    while try reader.next() { try read(reader, columns, codes) }
    if events.isEmpty { throw .noLaps(source: file.path) }
    for event in events.indices {
      for car in events[event].cars.indices { events[event].cars[car].rows.sort { $0.lapNumber < $1.lapNumber } }
      events[event].nameCompounds()
    }
  }

  private mutating func read(
    _ reader: CSVReader, _ columns: FastF1Columns, _ codes: [Int: DriverCode]
  ) throws(TimingError) {
    let row = try columns.row(reader)
    guard let code = row.code ?? row.number.flatMap({ codes[$0] }) else {
      throw .missingValue(reader.place(columns.driver), expected: "a driver's three-letter code")
    }
    let event = try eventIndex(reader, columns)
    guard row.lapNumber > 0 else {
      notes.append(ImportNote(.repair, driver: code, lap: 0, "a lap 0 before the start was left out"))
      return
    }
    if let first = lines[event][code, default: [:]].updateValue(row.line, forKey: row.lapNumber) {
      throw .duplicateLap(
        reader.place(columns.lapNumber), driver: "\(code)", lap: row.lapNumber, firstLine: first)
    }
    append(row, code, event)
  }

  private mutating func append(_ row: FastF1Row, _ code: DriverCode, _ event: Int) {
    if let car = carIndices[event][code] {
      events[event].cars[car].rows.append(row)
    } else {
      carIndices[event][code] = events[event].cars.count
      events[event].cars.append(Car(code: code, number: row.number, team: row.team, rows: [row]))
    }
  }

  private mutating func eventIndex(_ reader: CSVReader, _ columns: FastF1Columns) throws(TimingError) -> Int {
    let round = try reader.wholeOrDecimal(columns.round)
    let name = reader.spelledText(columns.event)
    let label = "\(round ?? 0) \(name)"
    if let known = eventIndices[label] { return known }
    eventIndices[label] = events.count
    events.append(Event(round: round, name: name))
    carIndices.append([:])
    lines.append([:])
    return events.count - 1
  }
}
