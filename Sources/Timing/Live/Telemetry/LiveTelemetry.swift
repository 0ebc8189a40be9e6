/// The packed topics of a session: what cars' sensors said and where cars were.
public struct LiveTelemetry: Sendable, Equatable {
  /// Samples by car number, ascending.
  public private(set) var cars: [Int: [CarSample]] = [:]
  /// Places by car number, ascending.
  public private(set) var positions: [Int: [PositionSample]] = [:]
  /// Messages that were unpacked.
  public private(set) var messages = 0
  /// Messages that could not be unpacked or read.
  public private(set) var damaged = 0
  /// UTC of session time 0, in milliseconds since 1970.
  public private(set) var utcOrigin: Int?

  /// Topics that are read.
  public static let topics = ["CarData.z", "Position.z"]

  /// Nothing yet. Without an origin, time counts as the heads of the lines tell it.
  public init(utcOrigin: Int? = nil) {
    self.utcOrigin = utcOrigin
  }

  /// The packed topics among those files: the bytes of each `.jsonStream` by the topic's name.
  public init(topics files: [String: [UInt8]], utcOrigin: Int? = nil) {
    var lines: [(topic: String, time: Int, text: [UInt8])] = []
    for topic in LiveTelemetry.topics {
      guard let bytes = files[topic] else { continue }
      var stream = StreamLines(input: topic)
      let read = { (time: Int, object: inout JSONScanner) -> Bool in
        guard object.peek() == JSONByte.quote, let text = object.string() else { return false }
        lines.append((topic, time, object.unescaped(text)))
        return true
      }
      stream.take(bytes, read: read)
      stream.finish(read: read)
      damaged += stream.report.skipped
    }
    // A message comes after what it tells of: the latest one that came at once shows where UTC stands.
    self.utcOrigin = utcOrigin ?? LiveTelemetry.origin(lines)
    for line in lines { read(line.topic, line.text) }
    settle()
  }

  /// The packed topics of recordings.
  public init(recorded bytes: [[UInt8]], utcOrigin: Int) {
    self.utcOrigin = utcOrigin
    for recording in bytes.map({ Recording($0, input: "recording") }) {
      for message in recording.states + recording.messages where LiveTelemetry.topics.contains(message.topic) {
        read(message.topic, message.payload)
      }
    }
    settle()
  }

  /// The laps with what was recorded during each. Laps without a beginning or an end have none.
  public func traces(_ laps: [SessionLap]) -> [LapTrace] {
    laps.compactMap { lap in
      guard let start = lap.start, let end = lap.end, start < end else { return nil }
      return LapTrace(
        number: lap.number, lap: lap.lap, samples: (cars[lap.number] ?? []).between(start, end, \.time),
        positions: (positions[lap.number] ?? []).between(start, end, \.time))
    }
  }

  /// Unpacks one message; false, and it is counted, where it is damaged.
  private mutating func read(_ topic: String, _ text: [UInt8]) {
    guard let json = PackedTopic.unpacked(text), let value = JSONValue(json) else {
      damaged += 1
      return
    }
    messages += 1
    if topic == "CarData.z" { takeCars(value) } else { takePositions(value) }
  }

  private mutating func takeCars(_ value: JSONValue) {
    for (_, entry) in value["Entries"]?.indexed ?? [] {
      guard let time = time(entry["Utc"]) else { continue }
      for (key, car) in entry["Cars"]?.members ?? [:] {
        guard let number = Int(key), let channels = car["Channels"] else { continue }
        cars[number, default: []].append(
          CarSample(
            time: time, rpm: channels["0"]?.whole, speed: channels["2"]?.whole, gear: channels["3"]?.whole,
            throttle: channels["4"]?.whole, isBraking: channels["5"]?.whole.map { $0 > 0 }, drs: channels["45"]?.whole))
      }
    }
  }

  private mutating func takePositions(_ value: JSONValue) {
    for (_, entry) in value["Position"]?.indexed ?? [] {
      guard let time = time(entry["Timestamp"]) else { continue }
      for (key, car) in entry["Entries"]?.members ?? [:] {
        guard let number = Int(key), let x = car["X"]?.whole, let y = car["Y"]?.whole else { continue }
        positions[number, default: []].append(
          PositionSample(
            time: time, isOnTrack: LiveTelemetry.isOnTrack(car["Status"]), x: x, y: y, z: car["Z"]?.whole ?? 0))
      }
    }
  }

  private func time(_ stamp: JSONValue?) -> Int? {
    stamp?.string.flatMap(UTCText.instant).map { $0 - (utcOrigin ?? 0) }
  }

  private mutating func settle() {
    for key in cars.keys { cars[key]?.sort { $0.time < $1.time } }
    for key in positions.keys { positions[key]?.sort { $0.time < $1.time } }
  }

  /// The largest difference between UTC and session time.
  private static func origin(_ lines: [(topic: String, time: Int, text: [UInt8])]) -> Int? {
    var origin: Int?
    for line in lines {
      guard let value = PackedTopic.unpacked(line.text).flatMap({ JSONValue($0) }) else { continue }
      let entries = (value["Entries"] ?? value["Position"])?.indexed ?? []
      for (_, entry) in entries {
        guard let utc = (entry["Utc"] ?? entry["Timestamp"])?.string.flatMap(UTCText.instant) else { continue }
        origin = max(origin ?? .min, utc - line.time)
      }
    }
    return origin
  }

  /// `OnTrack`, `OffTrack`, or the number that stood for them.
  private static func isOnTrack(_ status: JSONValue?) -> Bool? {
    switch status {
    case .text("OnTrack"): true
    case .text("OffTrack"): false
    case .number(let number), .text(let number): Int(number).map { $0 == 0 }
    default: nil
    }
  }
}

extension Array {
  /// The elements of an ascending array whose time lies in that span.
  fileprivate func between(_ start: Int, _ end: Int, _ time: (Element) -> Int) -> [Element] {
    Array(drop { time($0) < start }.prefix { time($0) <= end })
  }
}
