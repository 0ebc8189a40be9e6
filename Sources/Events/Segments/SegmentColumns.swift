/// The events of a segment side by side: a list for each thing that is known of an event. Identifiers are numbers into the
/// segment's own lists, and the frequent types of data are numbers too, so that a fold neither looks up nor parses.
public struct SegmentColumns: Sendable {
  /// The position of the first event.
  public let first: Position
  /// The type of each event; with ``rawFlag`` where the data are kept as bytes.
  public internal(set) var types: [UInt8] = []
  /// The stream of each event, a number into ``streams``.
  public internal(set) var streamOf: [UInt16] = []
  /// The streams in order of appearance.
  public internal(set) var streams: [Identity128] = []
  /// The actor of each event, a number into ``actors``.
  public internal(set) var actorOf: [UInt16] = []
  /// The actors in order of appearance; ``nobody`` where there is none.
  public internal(set) var actors: [Identity128] = []
  /// Microseconds since 1970.
  public internal(set) var times: [Int64] = []
  /// The version of each stream before its first event here.
  var streamBases: [Int32] = []
  /// The same of each actor.
  var actorBases: [Int32] = []
  /// 1 where an event is the first of its command.
  var commandStarts: [UInt8] = []
  var commands: [Identity128] = []
  var data = SegmentData()

  /// Set in a type where the data are bytes.
  public static let rawFlag: UInt8 = 0x80
  /// Stands among the actors for the system.
  public static let nobody = Identity128(high: 0, low: 0)

  init(first: Position) { self.first = first }

  /// How many events.
  public var count: Int { types.count }

  /// The position of an event.
  public func position(_ index: Int) -> Position { Position(rawValue: first.rawValue + Int64(index)) }
}

extension SegmentColumns {
  /// Columns of consecutive events.
  ///
  /// - Throws: `inconsistent` when they are not consecutive, or versions are not.
  init(_ rows: some Collection<EventRow>) throws(SegmentError) {
    self.init(first: rows.first?.position ?? .zero.next)
    var streams = IdentityDictionary()
    var actors = IdentityDictionary()
    for row in rows {
      guard row.position == position(count) else {
        throw .inconsistent("event \(row.position.rawValue) stands where \(position(count).rawValue) should")
      }
      let stream = streams.number(of: Identity128(row.stream))
      if stream.isNew { streamBases.append(row.version.rawValue - 1) }
      let actor = actors.number(of: row.actor.map { Identity128($0) } ?? Self.nobody)
      if actor.isNew { actorBases.append((row.actorVersion?.rawValue ?? 1) - 1) }
      let command = Identity128(row.command)
      commandStarts.append(commands.last == command ? 0 : 1)
      if commands.last != command { commands.append(command) }
      streamOf.append(stream.number)
      actorOf.append(actor.number)
      times.append(row.recordedAt.microseconds)
      types.append(data.add(row))
    }
    self.streams = streams.values
    self.actors = actors.values
  }

  /// Every event as it is stored, in order.
  ///
  /// - Throws: what `body` throws; ``SegmentError`` for numbers beyond their lists.
  public func forEachRow(_ body: (EventRow) throws -> Void) throws {
    try forEach { index, context, cursor in
      guard let type = EventType(rawValue: UInt16(types[index] & ~Self.rawFlag)) else {
        throw SegmentError.inconsistent("a type \(types[index]) that is not known")
      }
      try body(
        EventRow(
          position: position(index), stream: context.stream, version: context.version, type: type,
          actor: context.actor, actorVersion: context.actorVersion, command: context.command,
          recordedAt: Timestamp(microseconds: times[index]), data: try data.bytes(types[index], &cursor)))
    }
  }

  /// Every event with its data read, in order.
  ///
  /// - Throws: what `body` throws; ``SegmentError``; `EventDecodingError` for data that are not of their type.
  public func forEachEvent(_ body: (RecordedEvent) throws -> Void) throws {
    try forEach { index, context, cursor in
      try body(
        RecordedEvent(
          position: position(index), stream: context.stream, version: context.version, actor: context.actor,
          actorVersion: context.actorVersion, command: context.command,
          recordedAt: Timestamp(microseconds: times[index]), event: try data.event(types[index], &cursor)))
    }
  }

  /// The leaf of every event, in order: its line is put together from the columns and hashed, without the event between.
  ///
  /// - Throws: what `body` throws; ``SegmentError`` for numbers beyond their lists.
  public func forEachLeaf(_ body: (TreeHash) throws -> Void) throws {
    var line: [UInt8] = []
    line.reserveCapacity(2048)
    // What the closure uses, on its own: else all columns would be retained and released for every event.
    let (types, times, data, firstPosition) = (types, times, data, first.rawValue)
    try forEach { index, context, cursor in
      guard let type = EventType(rawValue: UInt16(types[index] & ~Self.rawFlag)) else {
        throw SegmentError.inconsistent("a type \(types[index]) that is not known")
      }
      line.removeAll(keepingCapacity: true)
      line.append(0)
      DataWriter.append(to: &line, capacity: DataWriter.fixedCapacity) { writer in
        writer.field("position", firstPosition + Int64(index))
        writer.field("stream", Optional(context.stream))
        writer.field("version", context.version.rawValue)
        writer.field("type", type)
        writer.field("actor", context.actor)
        writer.field("actorVersion", context.actorVersion?.rawValue)
        writer.field("command", Optional(context.command))
        writer.key("recordedAt")
        writer.time(Timestamp(microseconds: times[index]))
        writer.key("data")
      }
      // The data come before the brace that ends the line.
      line.removeLast()
      try data.appendBytes(types[index], &cursor, to: &line)
      line.append(UInt8(ascii: "}"))
      try body(line.withUnsafeBytes { TreeHash(prefixedLeaf: $0) })
    }
  }

  /// What an event says beside its data.
  private struct Context {
    var stream: StreamID
    var version: Version
    var actor: UserID?
    var actorVersion: Version?
    var command: CommandID
  }

  private func forEach(_ body: (Int, Context, inout SegmentData.Cursor) throws -> Void) throws {
    var versions = streamBases
    var actorVersions = actorBases
    let (streamOf, actorOf, commandStarts) = (streamOf, actorOf, commandStarts)
    let (streams, actors, commands) = (streams, actors, commands)
    var command = -1
    var cursor = SegmentData.Cursor()
    for index in 0..<count {
      let stream = Int(streamOf[index])
      let actor = Int(actorOf[index])
      command += Int(commandStarts[index])
      guard stream < streams.count, actor < actors.count, commands.indices.contains(command) else {
        throw SegmentError.inconsistent("event \(position(index).rawValue) refers beyond the segment's lists")
      }
      versions[stream] += 1
      actorVersions[actor] += 1
      let isNobody = actors[actor] == Self.nobody
      let context = Context(
        stream: StreamID(high: streams[stream].high, low: streams[stream].low),
        version: Version(rawValue: versions[stream]),
        actor: isNobody ? nil : UserID(high: actors[actor].high, low: actors[actor].low),
        actorVersion: isNobody ? nil : Version(rawValue: actorVersions[actor]),
        command: CommandID(high: commands[command].high, low: commands[command].low))
      try body(index, context, &cursor)
    }
  }
}
