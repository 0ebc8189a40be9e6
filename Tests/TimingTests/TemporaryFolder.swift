import FoundationEssentials

@testable import Timing

/// A folder that is gone after `body`.
func withFolder<Result>(_ files: [String: String], _ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appending(path: "timing-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  for (name, text) in files {
    let file = folder.appending(path: name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }
  return try body(folder.path)
}

/// A file in memory.
func input(_ text: String, name: String = "test.csv") throws -> InputFile {
  try InputFile(path: name, stored: Array(text.utf8))
}

/// A reader over text.
func reader(_ text: String, limits: ReadingLimits = ReadingLimits()) throws -> CSVReader {
  try CSVReader(input(text), limits: limits)
}

/// The error that `body` throws; nil when it throws none of ours.
func timingError(_ body: () throws -> Void) -> TimingError? {
  do {
    try body()
    return nil
  } catch {
    return error as? TimingError
  }
}
