@testable import Timing

/// The lines of a made-up session as a client of the hub would have written them.
struct MadeUpRecording {
  enum Shape: String, CaseIterable, Sendable { case lists, hub, typed, core }

  /// UTC of session time 0 of the feed, in milliseconds since 1970.
  static let origin = 1_683_460_800_000

  var values: [String] = []
  /// What each value says.
  private(set) var lines: [(time: Int, topic: String, object: String)] = []

  init(_ files: [String: String], shape: Shape, isSnapshotFirst: Bool = false) {
    var lines: [(time: Int, topic: String, object: String)] = []
    for (name, text) in files.sorted(by: { $0.key < $1.key }) {
      let topic = String(name.dropLast(".jsonStream".count))
      for line in text.dropFirst().split(whereSeparator: \.isNewline) {
        let bytes = Array(line.utf8)
        lines.append((ClockText.stamp(bytes, at: 0, end: bytes.count) ?? 0, topic, String(line.dropFirst(12))))
      }
    }
    self.lines = lines.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(
      \.element)
    values = self.lines.map { line in
      Self.value(line.topic, line.object, UTCText.text(Self.origin + line.time), shape)
    }
  }

  var text: String { values.joined(separator: "\n") + "\n" }

  static func value(_ topic: String, _ object: String, _ stamp: String, _ shape: Shape) -> String {
    switch shape {
    case .lists: "['\(topic)', \(python(object)), '\(stamp)']"
    case .hub: "{\"H\":\"Streaming\",\"M\":\"feed\",\"A\":[\"\(topic)\",\(object),\"\(stamp)\"]}"
    case .core: "{\"type\":1,\"target\":\"feed\",\"arguments\":[\"\(topic)\",\(object),\"\(stamp)\"]}"
    case .typed: "{\"Type\":\"\(topic)\",\"Json\":\(object),\"DateTime\":\"\(stamp.dropLast())+00:00\"}"
    }
  }

  /// The object as Python prints it.
  static func python(_ object: String) -> String {
    var text = ""
    var isInside = false
    var word = ""
    for character in object {
      if character == "\"" { isInside.toggle() }
      if !isInside, character.isLetter {
        word.append(character)
        continue
      }
      text += ["true": "True", "false": "False", "null": "None"][word] ?? word
      word = ""
      text.append(character == "\"" ? "'" : character)
    }
    return text
  }
}
