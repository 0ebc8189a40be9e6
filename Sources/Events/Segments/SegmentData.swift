internal import Racing

/// The data of a segment's events, a list for each field of the frequent types, and bytes for everything else.
///
/// Nothing is lost: an event whose fields would not give its stored bytes again is kept as bytes.
public struct SegmentData: Sendable {
  var decisionLaps: [UInt8] = []
  /// Kind in the low three bits, then three of the tyre and two of the pace, both one more than their number.
  var decisionWhats: [UInt8] = []
  var decisionFlags: [UInt8] = []
  var decisionRegrets: [Int32] = []
  var decisionElapsed: [Int32] = []
  var advancedLaps: [UInt8] = []
  var startedRaces: [UInt32] = []
  var startedDrivers: [UInt32] = []
  var startedLaps: [UInt8] = []
  var startedWhats: [UInt8] = []
  var startedOptima: [Int32] = []
  /// Numbers into ``texts``: the model, then the artefact.
  var startedModels: [UInt16] = []
  /// Five an event.
  var finishedScores: [Int16] = []
  /// Four an event.
  var finishedTimes: [Int32] = []
  /// Five an event.
  var finishedSmalls: [UInt8] = []
  /// Eight an event.
  var finishedStops: [UInt8] = []
  var finishedPlans: [UInt64] = []
  var registeredKinds: [UInt8] = []
  var texts: [String] = []
  var rawLengths: [UInt32] = []
  var rawData: [UInt8] = []

  init() {}

  /// How far a reader is in each list.
  struct Cursor {
    var decision = 0
    var advanced = 0
    var started = 0
    var finished = 0
    var registered = 0
    var raw = 0
    var rawOffset = 0
  }

  /// Adds an event's data.
  /// - Returns: its type, marked where the data are kept as bytes.
  mutating func add(_ row: EventRow) -> UInt8 {
    let type = UInt8(row.type.rawValue)
    if let event = try? Event(type: row.type, data: row.data), event.data == row.data, add(event) { return type }
    rawLengths.append(UInt32(row.data.count))
    rawData += row.data
    return type | SegmentColumns.rawFlag
  }

  /// False, and nothing added, where a field does not fit.
  private mutating func add(_ event: Event) -> Bool {
    switch event {
    case .decisionMade(let event): add(event)
    case .simulationAdvanced(let event): add(event)
    case .simulationStarted(let event): add(event)
    case .simulationFinished(let event): add(event)
    case .userRegistered(let event):
      add(event)
    default: false
    }
  }

  private mutating func add(_ event: SimulationAdvanced) -> Bool {
    guard let lap = UInt8(exactly: event.lap) else { return false }
    advancedLaps.append(lap)
    return true
  }

  private mutating func add(_ event: UserRegistered) -> Bool {
    guard let kind = UserRegistered.Kind.allCases.firstIndex(of: event.kind) else { return false }
    registeredKinds.append(UInt8(kind))
    return true
  }

  private mutating func add(_ event: DecisionMade) -> Bool {
    guard let lap = UInt8(exactly: event.lap), let regret = Int32(exactly: event.regret),
      let elapsed = Int32(exactly: event.elapsed), let kind = DecisionMade.Kind.allCases.firstIndex(of: event.kind)
    else { return false }
    let tyre = event.compound.map { $0.rawValue + 1 } ?? 0
    let pace = event.pace.map { $0.rawValue + 1 } ?? 0
    decisionLaps.append(lap)
    decisionWhats.append(UInt8(kind) | tyre << 3 | pace << 6)
    decisionFlags.append(event.isOptimal ? 1 : 0)
    decisionRegrets.append(regret)
    decisionElapsed.append(elapsed)
    return true
  }

  private mutating func add(_ event: SimulationStarted) -> Bool {
    guard event.forkOf == nil, let season = UInt16(exactly: event.race.season),
      let round = UInt16(exactly: event.race.round), let lap = UInt8(exactly: event.startLap),
      let optimum = Int32(exactly: event.optimum), let model = number(of: event.model),
      let artefact = number(of: event.artefact)
    else { return false }
    startedRaces.append(UInt32(season) << 16 | UInt32(round))
    startedDrivers.append(event.driver.packed)
    startedLaps.append(lap)
    startedWhats.append(
      (event.startCompound.map { $0.rawValue + 1 } ?? 0) | (event.mode == .live ? 0 : 8) | (event.isRanked ? 16 : 0)
        | (event.isWholePlan ? 32 : 0) | (event.offersPace ? 64 : 0))
    startedOptima.append(optimum)
    startedModels += [model, artefact]
    return true
  }

  /// The number of a text; nil for texts that are not plain, or too many.
  private mutating func number(of text: String) -> UInt16? {
    if let known = texts.lastIndex(of: text) { return UInt16(known) }
    guard texts.count < 1000, !text.isEmpty, !text.utf8.contains(where: { $0 < 0x20 }) else { return nil }
    texts.append(text)
    return UInt16(texts.count - 1)
  }

  private mutating func add(_ event: SimulationFinished) -> Bool {
    let scores = [event.pitTiming, event.tyreEfficiency, event.safetyCarReaction ?? -1, event.raceOutcome, event.iq]
      .compactMap { Int16(exactly: $0) }
    let times = [event.total, event.toOptimum, event.toReal, event.undercutGain ?? Int64(Int32.min)]
      .compactMap { Int32(exactly: $0) }
    guard scores.count == 5, times.count == 4, event.safetyCarReaction != -1,
      event.undercutGain != Int64(Int32.min), let place = UInt8(exactly: event.place),
      let attempt = UInt8(exactly: event.attempt), let stopCount = UInt8(exactly: event.stopCount),
      event.stops.allSatisfy({ UInt8(exactly: $0.lap) != nil })
    else { return false }
    finishedScores += scores
    finishedTimes += times
    finishedSmalls += [place, attempt, event.isRanked ? 1 : 0, event.startCompound.rawValue, stopCount]
    for place in 0..<SimulationFinished.storedStopsMax {
      let stop = place < event.stops.count ? event.stops[place] : nil
      finishedStops += [UInt8(stop?.lap ?? 0), stop?.compound.rawValue ?? 0]
    }
    finishedPlans.append(event.plan)
    return true
  }
}

extension DriverCode {
  /// The three letters in a number.
  fileprivate var packed: UInt32 { description.utf8.reduce(0) { $0 << 8 | UInt32($1) } }

  fileprivate init?(packed: UInt32) {
    self.init(
      String(decoding: [UInt8(packed >> 16 & 255), UInt8(packed >> 8 & 255), UInt8(packed & 255)], as: UTF8.self))
  }
}

extension SegmentData {
  /// The stored bytes of the next event.
  func bytes(_ type: UInt8, _ cursor: inout Cursor) throws -> [UInt8] {
    if type & SegmentColumns.rawFlag != 0 { return Array(try raw(&cursor)) }
    return try event(type, &cursor).data
  }

  /// Appends the stored bytes of the next event.
  func appendBytes(_ type: UInt8, _ cursor: inout Cursor, to bytes: inout [UInt8]) throws {
    if type & SegmentColumns.rawFlag != 0 {
      bytes.append(contentsOf: try raw(&cursor))
    } else {
      try event(type, &cursor).appendData(to: &bytes)
    }
  }

  /// The next event.
  func event(_ type: UInt8, _ cursor: inout Cursor) throws -> Event {
    guard let kind = EventType(rawValue: UInt16(type & ~SegmentColumns.rawFlag)) else {
      throw SegmentError.inconsistent("a type \(type) that is not known")
    }
    if type & SegmentColumns.rawFlag != 0 { return try Event(type: kind, data: Array(try raw(&cursor))) }
    switch kind {
    case .decisionMade: return .decisionMade(try decision(&cursor.decision))
    case .simulationAdvanced:
      defer { cursor.advanced += 1 }
      guard cursor.advanced < advancedLaps.count else { throw Self.tooShort }
      return .simulationAdvanced(SimulationAdvanced(lap: Int32(advancedLaps[cursor.advanced])))
    case .simulationStarted: return .simulationStarted(try started(&cursor.started))
    case .simulationFinished: return .simulationFinished(try finished(&cursor.finished))
    case .userRegistered:
      defer { cursor.registered += 1 }
      guard cursor.registered < registeredKinds.count,
        Int(registeredKinds[cursor.registered]) < UserRegistered.Kind.allCases.count
      else { throw Self.tooShort }
      return .userRegistered(
        UserRegistered(kind: UserRegistered.Kind.allCases[Int(registeredKinds[cursor.registered])]))
    default: throw SegmentError.inconsistent("data of \(kind.name) without bytes")
    }
  }

  private static let tooShort = SegmentError.inconsistent("a list of data is too short")

  private func raw(_ cursor: inout Cursor) throws -> ArraySlice<UInt8> {
    guard cursor.raw < rawLengths.count else { throw Self.tooShort }
    let end = cursor.rawOffset + Int(rawLengths[cursor.raw])
    guard end <= rawData.count else { throw Self.tooShort }
    defer { (cursor.raw, cursor.rawOffset) = (cursor.raw + 1, end) }
    return rawData[cursor.rawOffset..<end]
  }

  private func decision(_ index: inout Int) throws -> DecisionMade {
    defer { index += 1 }
    guard index < decisionLaps.count else { throw Self.tooShort }
    let what = decisionWhats[index]
    guard Int(what & 7) < DecisionMade.Kind.allCases.count else { throw Self.tooShort }
    let tyre = what >> 3 & 7
    let pace = what >> 6
    return DecisionMade(
      lap: Int32(decisionLaps[index]), kind: DecisionMade.Kind.allCases[Int(what & 7)],
      compound: tyre == 0 ? nil : Compound(rawValue: tyre - 1), pace: pace == 0 ? nil : PaceMode(rawValue: pace - 1),
      regret: Int64(decisionRegrets[index]), isOptimal: decisionFlags[index] != 0,
      elapsed: Int64(decisionElapsed[index]))
  }

  private func started(_ index: inout Int) throws -> SimulationStarted {
    defer { index += 1 }
    guard index < startedRaces.count, let driver = DriverCode(packed: startedDrivers[index]),
      Int(startedModels[2 * index]) < texts.count, Int(startedModels[2 * index + 1]) < texts.count
    else { throw Self.tooShort }
    let what = startedWhats[index]
    return SimulationStarted(
      race: RaceKey(season: Int16(startedRaces[index] >> 16), round: Int16(startedRaces[index] & 0xffff)),
      driver: driver, startLap: Int32(startedLaps[index]),
      startCompound: what & 7 == 0 ? nil : Compound(rawValue: what & 7 - 1), mode: what & 8 == 0 ? .live : .hindsight,
      isRanked: what & 16 != 0, isWholePlan: what & 32 != 0, forkOf: nil, optimum: Int64(startedOptima[index]),
      model: texts[Int(startedModels[2 * index])], artefact: texts[Int(startedModels[2 * index + 1])],
      offersPace: what & 64 != 0)
  }

  private func finished(_ index: inout Int) throws -> SimulationFinished {
    defer { index += 1 }
    guard index < finishedPlans.count, let start = Compound(rawValue: finishedSmalls[5 * index + 3]) else {
      throw Self.tooShort
    }
    let scores = finishedScores[5 * index..<5 * index + 5].map { Int32($0) }
    let times = finishedTimes[4 * index..<4 * index + 4].map { Int64($0) }
    let stopCount = Int(finishedSmalls[5 * index + 4])
    let stops = (0..<min(stopCount, SimulationFinished.storedStopsMax)).map { stop in
      SimulationFinished.Stop(
        lap: Int32(finishedStops[8 * index + 2 * stop]),
        compound: Compound(rawValue: finishedStops[8 * index + 2 * stop + 1]) ?? .soft)
    }
    return SimulationFinished(
      pitTiming: scores[0], tyreEfficiency: scores[1], safetyCarReaction: scores[2] == -1 ? nil : scores[2],
      raceOutcome: scores[3], iq: scores[4], total: times[0], toOptimum: times[1], toReal: times[2],
      place: Int32(finishedSmalls[5 * index]), attempt: Int32(finishedSmalls[5 * index + 1]),
      isRanked: finishedSmalls[5 * index + 2] != 0, startCompound: start, stops: stops, stopCount: Int32(stopCount),
      undercutGain: times[3] == Int64(Int32.min) ? nil : times[3], plan: finishedPlans[index])
  }
}
