extension EventRow {
  /// The event's one external form: a JSON line, without the newline. Its bytes are the leaf of the Merkle tree.
  public var line: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(data.count + 320)
    appendLine(to: &bytes)
    return bytes
  }

  /// Appends the line to bytes that are already there.
  public func appendLine(to bytes: inout [UInt8]) {
    DataWriter.append(to: &bytes, capacity: DataWriter.fixedCapacity + data.count) { writer in
      writer.field("position", position.rawValue)
      writer.field("stream", Optional(stream))
      writer.field("version", version.rawValue)
      writer.field("type", type)
      writer.field("actor", actor)
      writer.field("actorVersion", actorVersion?.rawValue)
      writer.field("command", Optional(command))
      writer.key("recordedAt")
      writer.time(recordedAt)
      writer.key("data")
      writer.raw(data)
    }
  }

  /// Reads a line. The data are taken as they stand: whether they are those of the type, ``recorded()`` says.
  ///
  /// - Throws: `EventLineError` with the byte at which the line stops being one.
  public init(line: UnsafeRawBufferPointer) throws(EventLineError) {
    do throws(EventDecodingError) {
      var scanner = try DataScanner(line, type: nil)
      let position: Int64 = try scanner.int("position")
      let stream: StreamID = try scanner.identifier("stream")
      let version: Int32 = try scanner.int("version")
      let type: EventType = try scanner.word("type")
      let actor: UserID? = try scanner.optionalIdentifier("actor")
      let actorVersion: Int32? = try scanner.optionalInt("actorVersion")
      let command: CommandID = try scanner.identifier("command")
      let recordedAt = try scanner.timestamp("recordedAt")
      self.init(
        position: Position(rawValue: position), stream: stream, version: Version(rawValue: version), type: type,
        actor: actor, actorVersion: actorVersion.map { Version(rawValue: $0) }, command: command,
        recordedAt: recordedAt, data: try scanner.rest("data"))
    } catch {
      throw EventLineError(key: error.key, offset: error.offset)
    }
  }
}

/// Why a line could not be read.
public struct EventLineError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The key that was expected, or whose value is not of its form.
  public let key: String
  /// The byte in the line.
  public let offset: Int

  /// One sentence for whoever sent the line.
  public var description: String { "no event line: \"\(key)\" is missing or malformed at byte \(offset)" }
}

extension EventType: DataWord {
  var dataWord: StaticString { staticName }
}

extension DataScanner {
  fileprivate mutating func identifier<Value: Identifier>(_ name: StaticString) throws(EventDecodingError) -> Value {
    guard let value: Value = try optionalIdentifier(name) else { throw failure(.stringExpected, name) }
    return value
  }

  fileprivate mutating func timestamp(_ name: StaticString) throws(EventDecodingError) -> Timestamp {
    try key(name)
    let word = try quoted(name).word
    guard let value = Timestamp(text: UnsafeRawBufferPointer(start: word.start, count: word.count)) else {
      throw failure(.stringExpected, name)
    }
    return value
  }

  /// What stands between the key and the brace that ends the line: an object, taken as it is.
  fileprivate mutating func rest(_ name: StaticString) throws(EventDecodingError) -> [UInt8] {
    try key(name)
    let bytes = takeAllButLast()
    guard bytes.first == UInt8(ascii: "{"), bytes.last == UInt8(ascii: "}"), !bytes.contains(UInt8(ascii: "\n")),
      skip("}")
    else { throw failure(.endExpected, name) }
    return bytes
  }
}
