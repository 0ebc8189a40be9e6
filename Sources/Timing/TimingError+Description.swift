extension TimingError.Place: CustomStringConvertible {
  /// `laps.csv:12, column LapTime`.
  public var description: String {
    column.isEmpty ? "\(file):\(line)" : "\(file):\(line), column \(column)"
  }
}

extension TimingError: CustomStringConvertible {
  /// What was wrong, with what value, and what to do.
  public var description: String {
    switch self {
    case .notFound, .unreadable, .tooLarge, .emptyFile, .truncatedGzip, .corruptGzip, .invalidUTF8: fileDescription
    case .missingColumn, .repeatedColumn, .wrongCellCount, .truncatedLine, .unclosedQuote, .strayQuote, .cellTooLarge,
      .tooMany:
      shapeDescription
    default: contentDescription
    }
  }

  private var fileDescription: String {
    switch self {
    case .notFound(let path, let lookedFor):
      "\(path): no race found. Looked for: \(lookedFor.joined(separator: "; "))."
    case .unreadable(let file, let reason):
      "\(file): cannot be read: \(reason). Check the path and its permissions."
    case .tooLarge(let file, let limit):
      "\(file): larger than the limit of \(limit) bytes. Split it, or raise the limit."
    case .emptyFile(let file):
      "\(file): the file is empty. Export or download it again."
    case .truncatedGzip(let file):
      "\(file): the gzip data ends too early. Copy or download the file again."
    case .corruptGzip(let file, let reason):
      "\(file): the gzip data is damaged (\(reason)). Copy or download the file again."
    case .invalidUTF8(let file, let line, let offset):
      "\(file):\(line): not UTF-8 at byte \(offset). Save the file as UTF-8."
    default: ""
    }
  }

  private var shapeDescription: String {
    switch self {
    case .missingColumn(let file, let column, let found):
      "\(file): column \(column) is missing; found \(found.joined(separator: ", ")). Export it with all columns."
    case .repeatedColumn(let file, let column):
      "\(file): column \(column) stands twice in the header. Keep one."
    case .wrongCellCount(let place, let expected, let found):
      "\(place): \(found) cells where the header has \(expected). Mend or remove the row."
    case .truncatedLine(let place, let expected, let found):
      "\(place): the last line is cut off after \(found) of \(expected) cells. Copy or export the file again."
    case .unclosedQuote(let place):
      "\(place): a quoted cell is not closed. Close it, or copy the file again."
    case .strayQuote(let place):
      "\(place): a quote in the wrong place. Quote the whole cell and double the quotes inside it."
    case .cellTooLarge(let place, let limit):
      "\(place): a cell is larger than \(limit) bytes. Is this a CSV file?"
    case .tooMany(let place, let what, let limit):
      "\(place): more than \(limit) \(what). Is this the right file?"
    default: ""
    }
  }

  private var contentDescription: String {
    switch self {
    case .badValue(let place, let value, let expected):
      "\(place): '\(value.prefix(80))' is not \(expected)."
    case .missingValue(let place, let expected):
      "\(place): empty, but \(expected) is needed."
    case .duplicateLap(let place, let driver, let lap, let firstLine):
      "\(place): lap \(lap) of \(driver) stands already on line \(firstLine). Remove one of the two rows."
    case .duplicateDriver(let place, let driver, let firstLine):
      "\(place): \(driver) stands already on line \(firstLine). Remove one of the two rows."
    case .duplicateRace(let place, let race, let firstLine):
      "\(place): race \(race) stands already on line \(firstLine). Remove one of the two rows."
    case .unknownRace(let source, let race, let held):
      "\(source): no race \(race). It holds \(TimingError.list(held))."
    case .raceNotChosen(let source, let held):
      "\(source): several races; say which. It holds \(TimingError.list(held))."
    case .factNotGiven(let source, let fact, let remedy):
      "\(source): the \(fact) is not in the source. \(remedy)"
    case .noLaps(let source):
      "\(source): no laps of the race. Is this the race session?"
    default: ""
    }
  }

  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(30).joined(separator: ", ")
    return names.isEmpty ? "none" : names.count > 30 ? "\(shown) and \(names.count - 30) more" : shown
  }
}
