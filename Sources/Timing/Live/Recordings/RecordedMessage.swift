/// One message of a recording: a patch of a topic at a moment.
struct RecordedMessage: Sendable, Equatable {
  var topic: String
  /// The patch as it was written; the text of a packed topic without its quotes.
  var payload: [UInt8]
  /// Tenths of a microsecond since 1970; nil for the state that a recording begins with.
  var stamp: Int?
  /// The state of the topic, told again because the feed was away for a while.
  var isRejoining = false

  /// Milliseconds since 1970.
  var utc: Int? { stamp.map { ($0 >= 0 ? $0 : $0 - 9_999) / 10_000 } }
}

/// What one value of a recording holds.
enum RecordedValue: Sendable, Equatable {
  case message(RecordedMessage)
  /// The state of every topic.
  case snapshot([RecordedMessage])
  /// The state of every topic as the hub answers a subscription: at the beginning, or when the feed comes back.
  case answer([RecordedMessage])
  /// What the hub says about the connection and not about the session.
  case upkeep
  /// Nothing that can be used, and why.
  case bad(String)

  /// Reads a value in whichever of the five shapes it is.
  init(_ bytes: [UInt8], _ range: Range<Int>) {
    var scanner = JSONScanner(bytes, in: range)
    if scanner.peek() == JSONByte.openBracket {
      let message = RecordedValue.list(&scanner)
      self = scanner.isAtEnd() ? message : .bad("the list is damaged")
    } else {
      self = RecordedValue.object(&scanner)
    }
  }

  /// `["Topic", patch, "stamp"]`.
  private static func list(_ scanner: inout JSONScanner) -> RecordedValue {
    guard scanner.beginArray(), scanner.nextElement(), let topic = scanner.string() else {
      return .bad("the list does not begin with a topic")
    }
    guard scanner.nextElement(), let payload = payload(&scanner) else { return .bad("the list has no patch") }
    guard scanner.nextElement(), isQuote(scanner.peek()), let stamp = scanner.string() else {
      return .bad("the list has no time stamp")
    }
    guard !scanner.nextElement() else { return .bad("the list has more than topic, patch and time stamp") }
    return message(topic: scanner.text(topic), payload, scanner.text(stamp))
  }

  /// `{"A": […]}`, `{"Type", "Json", "DateTime"}`, topics with their states, or a record of the hub itself.
  private static func object(_ scanner: inout JSONScanner) -> RecordedValue {
    var found: RecordedValue?
    var parts: (topic: String?, payload: [UInt8]?, stamp: String?) = (nil, nil, nil)
    var states: [RecordedMessage] = []
    var isUpkeep: Bool?
    guard scanner.beginObject() else { return .bad("it is no object") }
    while let key = scanner.nextKey() {
      isUpkeep = isUpkeep ?? false
      if scanner.matches(key, "A") || scanner.matches(key, "arguments"), scanner.peek() == JSONByte.openBracket {
        found = list(&scanner)
      } else if scanner.matches(key, "result"), scanner.peek() == JSONByte.openBrace {
        found = answer(&scanner)
      } else if scanner.matches(key, "Type") || scanner.matches(key, "DateTime"), isQuote(scanner.peek()) {
        let text = scanner.string().map { scanner.text($0) }
        if scanner.matches(key, "Type") { parts.topic = text } else { parts.stamp = text }
      } else if scanner.matches(key, "type"), !isQuote(scanner.peek()) {
        isUpkeep = scanner.whole().map(upkeepTypes.contains) ?? false
        continue
      } else {
        let name = scanner.text(key)
        guard let state = payload(&scanner) else { continue }
        if name == "Json" {
          parts.payload = state
        } else {
          states.append(RecordedMessage(topic: name, payload: state, stamp: nil))
        }
      }
    }
    guard scanner.isAtEnd() else { return .bad("the object is damaged") }
    if let found { return found }
    if let topic = parts.topic, let payload = parts.payload {
      return message(topic: topic, payload, parts.stamp ?? "")
    }
    if states.contains(where: { LiveTopics.names.contains($0.topic) }) { return .snapshot(states) }
    // An empty object is the answer to the handshake.
    return isUpkeep ?? true ? .upkeep : .bad("the object is no message of the feed")
  }

  /// Kinds of records that keep a connection to the hub going: a ping, and its end.
  private static let upkeepTypes: Set = [6, 7]

  /// What the hub answers a subscription with.
  private static func answer(_ scanner: inout JSONScanner) -> RecordedValue? {
    guard scanner.beginObject() else { return nil }
    var states: [RecordedMessage] = []
    while let key = scanner.nextKey() {
      let name = scanner.text(key)
      if let state = payload(&scanner) { states.append(RecordedMessage(topic: name, payload: state, stamp: nil)) }
    }
    return .answer(states)
  }

  private static func message(topic: String, _ payload: [UInt8], _ stamp: String) -> RecordedValue {
    if stamp.isEmpty {
      // What a subscription is answered with has no stamp: it is how the recording begins.
      return payload.isEmpty ? .bad("the state is empty") : .snapshot([RecordedMessage(topic: topic, payload: payload)])
    }
    guard let ticks = RecordedStamp.ticks(stamp) else { return .bad("the time stamp cannot be read") }
    return .message(RecordedMessage(topic: topic, payload: payload, stamp: ticks))
  }

  /// An object as it is written, or a text without its quotes; anything else is stepped over and gives nil.
  private static func payload(_ scanner: inout JSONScanner) -> [UInt8]? {
    switch scanner.peek() {
    case JSONByte.openBrace:
      let start = scanner.position
      scanner.skipValue()
      return scanner.isBroken ? nil : Array(scanner.bytes[start..<scanner.position])
    case JSONByte.quote, JSONByte.apostrophe: return scanner.string().map { scanner.unescaped($0) }
    default:
      scanner.skipValue()
      return nil
    }
  }

  private static func isQuote(_ byte: UInt8) -> Bool { byte == JSONByte.quote || byte == JSONByte.apostrophe }
}

/// Time stamps of recordings, which tell up to seven decimals.
enum RecordedStamp {
  /// Tenths of a microsecond since 1970.
  static func ticks(_ text: String) -> Int? {
    guard let instant = UTCText.instant(text) else { return nil }
    let decimals = text.utf8.drop { $0 != UInt8(ascii: ".") }.dropFirst().prefix { $0 &- 0x30 < 10 }
    var finer = 0
    for index in 3..<7 {
      let digit = decimals.dropFirst(index).first.map { Int($0 &- 0x30) } ?? 0
      finer = finer * 10 + digit
    }
    return instant * 10_000 + finer
  }
}
