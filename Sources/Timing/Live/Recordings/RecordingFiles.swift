import FoundationEssentials

/// Files that look like recordings. Their names say nothing: what they begin with does.
enum RecordingFiles {
  private static let endings = [".txt", ".json", ".jsonl", ".log", ".rec"]
  /// Bytes in which the first message stands.
  private static let headBytes = 1 << 20

  /// The file is a recording.
  static func isRecording(_ path: String, limits: ReadingLimits) -> Bool {
    guard let file = try? InputFile(path: path, limits: limits) else { return false }
    return Recording.isRecording(file.bytes)
  }

  /// The recordings in a directory in the order recorded: those of states alone first, then by the first stamp.
  static func recordings(in directory: String, limits: ReadingLimits) -> [String] {
    let folder = Folder(path: directory, limits: limits)
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []).sorted()
    let found = names.compactMap { name -> (path: String, first: Int)? in
      let plain = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
      guard endings.contains(where: { plain.hasSuffix($0) }),
        let file = try? InputFile(path: folder.location(name), limits: limits), Recording.isRecording(file.bytes)
      else { return nil }
      let head = Recording(Array(file.bytes.prefix(headBytes)), input: name)
      return (folder.location(name), head.messages.first?.stamp ?? .min)
    }
    return found.sorted { ($0.first, $0.path) < ($1.first, $1.path) }.map(\.path)
  }
}
