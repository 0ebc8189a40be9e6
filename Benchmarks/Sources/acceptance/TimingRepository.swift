import Foundation

/// A15: no file under version control has a line of the data, by the hash of every line of more than 40 bytes.
func repositoryFigures(_ data: TimingData) -> [TimingFigure] {
  let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent().path
  guard let listed = output("/usr/bin/git", ["-C", root, "ls-files", "-z"]) else { return [] }
  var lines: [Int: String] = [:]
  var files = 0
  for name in listed.split(separator: 0) {
    let path = "\(root)/\(String(decoding: name, as: UTF8.self))"
    guard let content = FileManager.default.contents(atPath: path) else { continue }
    files += 1
    LongLines.forEach(in: [UInt8](content), skippingHeader: false) { lines[$0.hashValue] = path }
  }
  var found: Set<String> = []
  var compared = 0
  for folder in [data.races, data.native, data.root] {
    for path in LongLines.files(in: folder) {
      guard let content = LongLines.content(path) else { continue }
      LongLines.forEach(in: content, skippingHeader: path.contains(".csv")) { line in
        compared += 1
        if let file = lines[line.hashValue] { found.insert(file.dropFirst(root.count + 1) + " has a line of " + path) }
      }
    }
  }
  guard compared > 0 else { return [] }
  return [
    TimingFigure(
      "a15.files_with_data", Double(found.count), "files", .exactly, 0, n: files,
      note: found.isEmpty ? "\(compared) lines of data" : found.sorted().prefix(5).joined(separator: "; "))
  ]
}

/// Lines of more than 40 bytes.
private enum LongLines {
  /// Every file below the folder that is text, or text packed. What describes the data is not the data.
  static func files(in folder: String) -> [String] {
    guard let walk = FileManager.default.enumerator(atPath: folder) else { return [] }
    return walk.compactMap { $0 as? String }.filter { name in
      ![".parquet", ".bin", ".md", "LICENSE.txt"].contains { name.hasSuffix($0) }
    }.map { "\(folder)/\($0)" }
  }

  static func content(_ path: String) -> [UInt8]? {
    if path.hasSuffix(".gz") { return output("/bin/gzip", ["-dc", path]) }
    return FileManager.default.contents(atPath: path).map { [UInt8]($0) }
  }

  /// The header of a table names columns and holds no data.
  static func forEach(in bytes: [UInt8], skippingHeader: Bool, _ body: (ArraySlice<UInt8>) -> Void) {
    var isHeader = skippingHeader
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      defer { isHeader = false }
      if isHeader { continue }
      guard let first = line.firstIndex(where: { $0 > 0x20 }), let last = line.lastIndex(where: { $0 > 0x20 }) else {
        continue
      }
      let text = line[first...last]
      if text.count > 40 { body(text) }
    }
  }
}

/// What a program prints; nil where it fails.
func output(_ program: String, _ arguments: [String]) -> [UInt8]? {
  let process = Process()
  process.executableURL = URL(filePath: program)
  process.arguments = arguments
  let pipe = Pipe()
  process.standardOutput = pipe
  process.standardError = FileHandle.nullDevice
  guard (try? process.run()) != nil else { return nil }
  let data = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return process.terminationStatus == 0 ? [UInt8](data) : nil
}
