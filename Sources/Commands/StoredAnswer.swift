internal import Events
internal import Racing

/// What is kept in the log with an accepted command, so that whoever repeats it gets the same answer.
///
/// The view is not stored: it follows from the simulation's stream up to `version`.
struct StoredAnswer: Equatable {
  /// Tells the command from any other under the same id.
  var fingerprint: String
  /// nil for accounts and races.
  var simulation: StreamID?
  /// Version of the stream after the command.
  var version: Version
  var interruption: Interruption?
}

extension StoredAnswer {
  /// Canonical JSON: one flat object, keys in this order, no spaces.
  var bytes: [UInt8] {
    let simulation = simulation.map { "\"\($0)\"" } ?? "null"
    let lap = interruption.map { String($0.lap) } ?? "null"
    let reason = interruption.map { "\"\($0.reason.word)\"" } ?? "null"
    let text =
      "{\"command\":\"\(fingerprint)\",\"simulation\":\(simulation),\"version\":\(version.rawValue),"
      + "\"interruptedBeforeLap\":\(lap),\"interruptedBy\":\(reason)}"
    return Array(text.utf8)
  }

  /// The answer in such an object; nil when the bytes are something else.
  init?(bytes: [UInt8]) {
    guard let fields = Self.fields(of: String(decoding: bytes, as: UTF8.self)), let fingerprint = fields["command"],
      let number = fields["version"].flatMap({ Int32($0) })
    else { return nil }
    self.fingerprint = fingerprint
    version = Version(rawValue: number)
    if let text = fields["simulation"], text != "null" {
      guard let id = StreamID(text) else { return nil }
      simulation = id
    }
    if let lap = fields["interruptedBeforeLap"].flatMap({ Int($0) }) {
      guard let reason = fields["interruptedBy"].flatMap({ Interruption.Reason(word: $0) }) else { return nil }
      interruption = Interruption(lap: lap, reason: reason)
    }
  }

  /// Values by key, quotes removed. No value of ours holds a comma, a colon, a quote or a backslash.
  private static func fields(of text: String) -> [Substring: String]? {
    guard text.first == "{", text.last == "}" else { return nil }
    var fields: [Substring: String] = [:]
    for pair in text.dropFirst().dropLast().split(separator: ",") {
      let parts = pair.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { return nil }
      let key = parts[0].drop { $0 == " " }.dropFirst().prefix { $0 != "\"" }
      let value = parts[1].drop { $0 == " " }
      fields[key] = value.first == "\"" ? String(value.dropFirst().prefix { $0 != "\"" }) : String(value)
    }
    return fields
  }
}

extension Interruption.Reason {
  fileprivate var word: String {
    switch self {
    case .trackStatus(.green): "green"
    case .trackStatus(.yellow): "yellow"
    case .trackStatus(.virtualSafetyCar): "virtualSafetyCar"
    case .trackStatus(.safetyCar): "safetyCar"
    case .trackStatus(.red): "red"
    case .mustStop: "mustStop"
    case .notPossible: "notPossible"
    case .rivalStop(let driver): "rivalStop \(driver)"
    case .rainTyres(let driver): "rainTyres \(driver)"
    case .place(let place): "place \(place)"
    }
  }

  fileprivate init?(word: String) {
    let reasons: [Self] = LapKind.allCases.map { .trackStatus($0) } + [.mustStop, .notPossible]
    guard let reason = reasons.first(where: { $0.word == word }) ?? Self.signal(word) else { return nil }
    self = reason
  }

  /// A signal with what it says of the car.
  private static func signal(_ words: String) -> Self? {
    let parts = words.split(separator: " ")
    guard parts.count == 2, let signal = StopSignal(rawValue: String(parts[0])) else { return nil }
    return switch signal {
    case .rivalStop: DriverCode(String(parts[1])).map { .rivalStop($0) }
    case .rainTyres: DriverCode(String(parts[1])).map { .rainTyres($0) }
    case .place: Int(parts[1]).map { .place($0) }
    }
  }
}
