extension SegmentColumns {
  /// Writes every column.
  func write(to writer: inout ColumnWriter) {
    writer.column(.types, types)
    writer.column(.streamOf, streamOf)
    writer.column(.streams, streams.flatMap { [$0.high, $0.low] })
    writer.column(.streamBases, streamBases)
    writer.column(.actorOf, actorOf)
    writer.column(.actors, actors.flatMap { [$0.high, $0.low] })
    writer.column(.actorBases, actorBases)
    writer.column(.commandStarts, commandStarts)
    writer.column(.commands, commands.flatMap { [$0.high, $0.low] })
    writer.column(.times, Self.steps(times))
    data.write(to: &writer)
  }

  /// Reads the columns; those that only lines need where asked for.
  init(from reader: ColumnReader, first: Position, forLines: Bool) throws(SegmentError) {
    self.init(first: first)
    types = try reader.column(.types)
    streamOf = try reader.column(.streamOf)
    streams = Self.identities(try reader.column(.streams))
    actorOf = try reader.column(.actorOf)
    actors = Self.identities(try reader.column(.actors))
    times = Self.sums(try reader.column(.times))
    data = try SegmentData(from: reader)
    guard [streamOf.count, actorOf.count, times.count].allSatisfy({ $0 == types.count }) else {
      throw .inconsistent("columns of different lengths")
    }
    guard forLines else { return }
    streamBases = try reader.column(.streamBases)
    actorBases = try reader.column(.actorBases)
    commandStarts = try reader.column(.commandStarts)
    commands = Self.identities(try reader.column(.commands))
    guard streamBases.count == streams.count, actorBases.count == actors.count, commandStarts.count == types.count
    else {
      throw .inconsistent("columns of different lengths")
    }
  }

  private static func identities(_ halves: [UInt64]) -> [Identity128] {
    stride(from: 0, to: halves.count - 1, by: 2).map { Identity128(high: halves[$0], low: halves[$0 + 1]) }
  }

  /// The first value, then differences: neighbours are seldom far apart.
  private static func steps(_ values: [Int64]) -> [Int64] {
    var last: Int64 = 0
    return values.map { value in
      defer { last = value }
      return value &- last
    }
  }

  private static func sums(_ steps: [Int64]) -> [Int64] {
    var sum: Int64 = 0
    return steps.map { step in
      sum &+= step
      return sum
    }
  }
}

extension SegmentData {
  func write(to writer: inout ColumnWriter) {
    writer.column(.decisionLaps, decisionLaps)
    writer.column(.decisionWhats, decisionWhats)
    writer.column(.decisionFlags, decisionFlags)
    writer.column(.decisionRegrets, decisionRegrets)
    writer.column(.decisionElapsed, decisionElapsed)
    writer.column(.advancedLaps, advancedLaps)
    writer.column(.startedRaces, startedRaces)
    writer.column(.startedDrivers, startedDrivers)
    writer.column(.startedLaps, startedLaps)
    writer.column(.startedWhats, startedWhats)
    writer.column(.startedOptima, startedOptima)
    writer.column(.startedModels, startedModels)
    writer.column(.finishedScores, finishedScores)
    writer.column(.finishedTimes, finishedTimes)
    writer.column(.finishedSmalls, finishedSmalls)
    writer.column(.finishedStops, finishedStops)
    writer.column(.finishedPlans, finishedPlans)
    writer.column(.registeredKinds, registeredKinds)
    writer.raw(.texts, Array(texts.joined(separator: "\n").utf8))
    writer.column(.rawLengths, rawLengths)
    writer.raw(.rawData, rawData)
  }

  init(from reader: ColumnReader) throws(SegmentError) {
    decisionLaps = try reader.column(.decisionLaps)
    decisionWhats = try reader.column(.decisionWhats)
    decisionFlags = try reader.column(.decisionFlags)
    decisionRegrets = try reader.column(.decisionRegrets)
    decisionElapsed = try reader.column(.decisionElapsed)
    advancedLaps = try reader.column(.advancedLaps)
    startedRaces = try reader.column(.startedRaces)
    startedDrivers = try reader.column(.startedDrivers)
    startedLaps = try reader.column(.startedLaps)
    startedWhats = try reader.column(.startedWhats)
    startedOptima = try reader.column(.startedOptima)
    startedModels = try reader.column(.startedModels)
    finishedScores = try reader.column(.finishedScores)
    finishedTimes = try reader.column(.finishedTimes)
    finishedSmalls = try reader.column(.finishedSmalls)
    finishedStops = try reader.column(.finishedStops)
    finishedPlans = try reader.column(.finishedPlans)
    registeredKinds = try reader.column(.registeredKinds)
    let text = try reader.raw(.texts)
    texts =
      text.isEmpty
      ? []
      : String(decoding: text, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    rawLengths = try reader.column(.rawLengths)
    rawData = try reader.raw(.rawData)
    let isEven =
      [decisionWhats.count, decisionFlags.count, decisionRegrets.count, decisionElapsed.count]
      .allSatisfy { $0 == decisionLaps.count }
      && [startedDrivers.count, startedLaps.count, startedWhats.count, startedOptima.count, startedModels.count / 2]
        .allSatisfy { $0 == startedRaces.count }
      && [
        finishedScores.count / 5, finishedTimes.count / 4, finishedSmalls.count / 5, finishedStops.count / 8,
      ].allSatisfy { $0 == finishedPlans.count }
    if !isEven { throw .inconsistent("lists of data of different lengths") }
  }
}
