import FoundationEssentials

/// A directory whose files are found by name, packed (`.gz`) or not.
struct Folder: Sendable {
  /// The directory's path.
  let path: String
  /// What reading its files may cost.
  let limits: ReadingLimits

  /// The file with that name, or with `.gz` after it.
  ///
  /// - Throws: `unreadable` where there is neither, and the errors of reading.
  func file(_ name: String) throws(TimingError) -> InputFile {
    if let file = try optionalFile(name) { return file }
    throw .unreadable(file: location(name), reason: "no such file, with or without .gz")
  }

  /// The file with that name, or with `.gz` after it; nil where there is neither.
  func optionalFile(_ name: String) throws(TimingError) -> InputFile? {
    for candidate in [name, name + ".gz"] where FileManager.default.fileExists(atPath: location(candidate)) {
      return try InputFile(path: location(candidate), name: candidate, limits: limits)
    }
    return nil
  }

  /// There is a file with that name, or with `.gz` after it.
  func has(_ name: String) -> Bool {
    [name, name + ".gz"].contains { FileManager.default.fileExists(atPath: location($0)) }
  }

  /// The names of its files, sorted, packed ones without `.gz`.
  var names: [String] {
    let stored = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return Set(stored.map { $0.hasSuffix(".gz") ? String($0.dropLast(3)) : $0 }).sorted()
  }

  /// The path of a name in the directory.
  func location(_ name: String) -> String {
    path.hasSuffix("/") ? path + name : "\(path)/\(name)"
  }
}
