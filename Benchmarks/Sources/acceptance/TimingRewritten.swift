import Foundation
import Timing

/// A6: every session of files, written as a recording in each shape, has the same laps up to the origin of time.
func rewrittenFigures(_ data: TimingData) -> [TimingFigure] {
  var equal = 0
  var count = 0
  var notes: [String] = []
  for session in data.raw {
    let topics = session.topics()
    let live = LiveSession(topics: topics)
    let laps = live.laps()
    for shape in RewrittenSession.Shape.allCases {
      let origin = live.utcOrigin ?? RewrittenSession.origin
      let text = RewrittenSession.text(topics, shape, origin: origin)
      let recorded = LiveSession(recorded: [text], kind: live.kind)
      let shift = origin - (recorded.utcOrigin ?? 0)
      count += 1
      let own = byNumber(recorded.laps()).flatMap { $0 }
      let wanted = byNumber(laps).flatMap { $0.map { $0.moved(by: shift) } }
      if own == wanted {
        equal += 1
      } else if let first = zip(own, wanted).first(where: { $0 != $1 })?.1 {
        notes.append("\(session.name) as \(shape): car \(first.number) lap \(first.lap)")
      } else {
        notes.append("\(session.name) as \(shape): \(own.count) laps instead of \(wanted.count)")
      }
    }
  }
  return count == 0
    ? [] : [.all("a6.rewritten_sessions", equal, of: count, "sessions", note: notes.joined(separator: ", "))]
}

private func byNumber(_ laps: [[SessionLap]]) -> [[SessionLap]] {
  laps.sorted { ($0.first?.number ?? 0) < ($1.first?.number ?? 0) }
}

extension SessionLap {
  /// The lap with every instant that much later.
  fileprivate func moved(by shift: Int) -> SessionLap {
    var lap = self
    for instant in [\SessionLap.start, \.end, \.sector1End, \.sector2End, \.sector3End, \.pitIn, \.pitOut] {
      lap[keyPath: instant] = self[keyPath: instant].map { $0 + shift }
    }
    return lap
  }
}

/// The topics of a session as a client of the hub would have written them.
enum RewrittenSession {
  enum Shape: String, CaseIterable { case lists, hub, typed }

  /// UTC of session time 0 where the session does not tell it, in milliseconds since 1970.
  static let origin = 1_600_000_000_000

  static func text(_ topics: [String: [UInt8]], _ shape: Shape, origin: Int) -> [UInt8] {
    var lines: [(time: Int, topic: String, object: ArraySlice<UInt8>)] = []
    for (topic, bytes) in topics.sorted(by: { $0.key < $1.key }) {
      for line in bytes.split(whereSeparator: { $0 == 10 || $0 == 13 }) {
        let body = line.starts(with: [0xef, 0xbb, 0xbf]) ? line.dropFirst(3) : line
        guard body.count > 12, let time = milliseconds(String(decoding: body.prefix(12), as: UTF8.self)) else {
          continue
        }
        lines.append((time, topic, body.dropFirst(12)))
      }
    }
    let order = lines.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
    var text: [UInt8] = []
    for (_, line) in order { text += value(line.topic, line.object, stamp(origin + line.time), shape) + [10] }
    return text
  }

  private static func value(_ topic: String, _ object: ArraySlice<UInt8>, _ stamp: String, _ shape: Shape) -> [UInt8] {
    switch shape {
    case .lists: Array("['\(topic)', ".utf8) + python(object) + Array(", '\(stamp)Z']".utf8)
    case .hub:
      Array("{\"H\":\"Streaming\",\"M\":\"feed\",\"A\":[\"\(topic)\",".utf8) + object + Array(",\"\(stamp)Z\"]}".utf8)
    case .typed:
      Array("{\"Type\":\"\(topic)\",\"Json\":".utf8) + object + Array(",\"DateTime\":\"\(stamp)+00:00\"}".utf8)
    }
  }

  /// The words of JSON as Python has them.
  private static func python(_ object: ArraySlice<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    var isInside = false
    var before: UInt8 = 0
    for byte in object {
      if byte == UInt8(ascii: "\""), before != UInt8(ascii: "\\") { isInside.toggle() }
      let beginsWord = !isInside && !(before | 0x20 >= 0x61 && before | 0x20 <= 0x7a)
      switch byte {
      case UInt8(ascii: "t") where beginsWord, UInt8(ascii: "f") where beginsWord: text.append(byte & 0xdf)
      default: text.append(byte)
      }
      before = byte
    }
    return text
  }

  private static func milliseconds(_ stamp: String) -> Int? {
    let parts = stamp.split { $0 == ":" || $0 == "." }.compactMap { Int($0) }
    return parts.count == 4 ? ((parts[0] * 60 + parts[1]) * 60 + parts[2]) * 1_000 + parts[3] : nil
  }

  private static func stamp(_ instant: Int) -> String {
    let seconds = instant / 1_000
    var time = time_t(seconds)
    var parts = tm()
    gmtime_r(&time, &parts)
    let fields = [parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec].map { pad(Int($0), 2) }
    return "\(parts.tm_year + 1_900)-\(fields[0])-\(fields[1])T\(fields[2]):\(fields[3]):\(fields[4])."
      + pad(instant % 1_000, 3)
  }

  private static func pad(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
