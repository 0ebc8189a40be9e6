import Racing

/// `drivers.csv` and `constructors.csv`: identifiers in words. Both may be absent.
struct TidyNames: Sendable {
  /// Where the names came from.
  private(set) var provenance: [Provenance] = []
  private var drivers: [String: String] = [:]
  private var constructors: [String: String] = [:]

  init(folder: Folder) throws(TimingError) {
    drivers = try read(folder, "drivers.csv", key: "driver_id", part: "drivers")
    constructors = try read(folder, "constructors.csv", key: "constructor_id", part: "constructors")
  }

  /// The driver's name, or nil.
  func driver(_ identifier: String) -> String? { drivers[identifier] }

  /// The constructor's name, or nil.
  func constructor(_ identifier: String) -> String? { constructors[identifier] }

  private mutating func read(
    _ folder: Folder, _ name: String, key: String, part: String
  ) throws(TimingError) -> [String: String] {
    guard let file = try folder.optionalFile(name) else { return [:] }
    var reader = try CSVReader(file, limits: folder.limits)
    let identifier = try reader.column(key)
    let words = try reader.column("name")
    var found: [String: String] = [:]
    while try reader.next() { found[reader.text(identifier)] = reader.text(words) }
    provenance.append(file.provenance(part: part, source: tidySource))
    return found
  }
}
