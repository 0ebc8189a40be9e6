import Racing

/// Every lap of a race, or of one car, as a table.
struct LapTable {
  private let entrants: [Entrant]

  private static let columns = [
    "lap", "timeMilliseconds", "sector1Milliseconds", "sector2Milliseconds", "sector3Milliseconds",
    "elapsedMilliseconds", "compound", "tyreLaps", "stint", "place", "trackStatus", "pitInMilliseconds",
    "pitOutMilliseconds", "counted", "deleted", "generated",
  ]

  /// The laps of a record; with a code those of one car only.
  init(_ record: RaceRecord, only: DriverCode?) {
    entrants = record.entrants.filter { only == nil || $0.code == only }
  }

  private enum Cell {
    case number(Int64?)
    case text(String?)
  }

  private static func cells(_ lap: Lap) -> [Cell] {
    func sector(_ index: Int) -> Int64? {
      lap.sectorMilliseconds.indices.contains(index) ? lap.sectorMilliseconds[index] : nil
    }
    return [
      .number(Int64(lap.number)), .number(lap.timeMilliseconds), .number(sector(0)), .number(sector(1)),
      .number(sector(2)), .number(lap.elapsedMilliseconds), .text(lap.compound?.name),
      .number(lap.tyreLife.map { Int64($0) }), .number(lap.stint.map { Int64($0) }),
      .number(lap.position.map { Int64($0) }), .text(lap.trackStatus), .number(lap.pitInElapsedMilliseconds),
      .number(lap.pitOutElapsedMilliseconds), .number(lap.isCounted ? 1 : 0), .number(lap.isDeleted ? 1 : 0),
      .number(lap.isGenerated ? 1 : 0),
    ]
  }

  /// Names of the columns once, then rows of plain values by driver: a quarter of the size of objects.
  func write(to json: inout JSONWriter) {
    json.array("columns", Self.columns) { $0.value($1) }
    json.array("drivers", entrants) { json, entrant in
      json.object { json in
        json.field("code", entrant.code.description)
        json.array("laps", entrant.laps) { json, lap in
          json.array(Self.cells(lap)) { json, cell in
            switch cell {
            case .number(let number): json.value(number)
            case .text(let text): if let text { json.value(text) } else { json.value(nil as Int64?) }
            }
          }
        }
      }
    }
  }

  /// RFC 4180 with a header line; unknown values are empty.
  var csv: [UInt8] {
    var text = "driver,\(Self.columns.joined(separator: ","))\r\n"
    for entrant in entrants {
      for lap in entrant.laps {
        let cells = Self.cells(lap).map { cell in
          switch cell {
          case .number(let number): number.map { String($0) } ?? ""
          case .text(let value): value ?? ""
          }
        }
        text += "\(entrant.code),\(cells.joined(separator: ","))\r\n"
      }
    }
    return Array(text.utf8)
  }
}
