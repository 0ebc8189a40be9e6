internal import Racing

extension Event {
  /// The canonical data: the bytes that are stored and hashed.
  ///
  /// - Complexity: O(length), one allocation.
  public var data: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(384)
    appendData(to: &bytes)
    return bytes
  }

  /// Appends the canonical data to bytes that are already there.
  ///
  /// A finished run must list as many stops as it counts, up to ``SimulationFinished/storedStopsMax``.
  public func appendData(to bytes: inout [UInt8]) {
    DataWriter.append(to: &bytes, capacity: DataWriter.fixedCapacity + stringCapacity) { writer in
      switch self {
      case .userRegistered(let event): writer.field("kind", event.kind)
      case .guestRegistered, .userErased, .proGranted, .proRevoked, .operatorGranted, .operatorRevoked, .rankingRevoked,
        .rankingGranted:
        break
      case .raceImported(let event): event.write(to: &writer)
      case .autopsyComputed(let event): event.write(to: &writer)
      case .simulationStarted(let event): event.write(to: &writer)
      case .decisionMade(let event): event.write(to: &writer)
      case .simulationAdvanced(let event): writer.field("lap", event.lap)
      case .simulationFinished(let event): event.write(to: &writer)
      case .simulationAbandoned(let event): writer.field("lap", event.lap)
      case .scoringRulesProposed(let rules), .scoringRulesChanged(let rules):
        writer.field("name", rules.name)
        writer.field("document", rules.document)
      case .eventQuarantined(let event):
        writer.field("position", event.position.rawValue)
        writer.field("reason", event.reason)
      }
    }
  }

  private var stringCapacity: Int {
    switch self {
    case .raceImported(let event):
      DataWriter.capacity(of: event.slug) + DataWriter.capacity(of: event.circuit)
        + DataWriter.capacity(of: event.source) + DataWriter.capacity(of: event.digest)
    case .autopsyComputed(let event):
      DataWriter.capacity(of: event.record) + DataWriter.capacity(of: event.model)
        + DataWriter.capacity(of: event.answer)
    case .simulationStarted(let event): DataWriter.capacity(of: event.model) + DataWriter.capacity(of: event.artefact)
    case .scoringRulesProposed(let rules), .scoringRulesChanged(let rules):
      DataWriter.capacity(of: rules.name) + DataWriter.capacity(of: rules.document)
    case .eventQuarantined(let event): DataWriter.capacity(of: event.reason)
    default: 0
    }
  }
}

extension RaceImported {
  fileprivate func write(to writer: inout DataWriter) {
    writer.field("season", race.season)
    writer.field("round", race.round)
    writer.field("slug", slug)
    writer.field("circuit", circuit)
    writer.field("laps", laps)
    writer.field("source", source)
    writer.field("digest", digest)
    writer.field("synthetic", isSynthetic)
  }
}

extension AutopsyComputed {
  fileprivate func write(to writer: inout DataWriter) {
    writer.field("season", race.season)
    writer.field("round", race.round)
    writer.key("driver")
    writer.driver(driver)
    writer.field("record", record)
    writer.field("model", model)
    writer.field("answer", answer)
    writer.field("totalLoss", totalLoss)
  }
}

extension SimulationStarted {
  fileprivate func write(to writer: inout DataWriter) {
    writer.field("season", race.season)
    writer.field("round", race.round)
    writer.key("driver")
    writer.driver(driver)
    writer.field("startLap", startLap)
    writer.field("startCompound", startCompound)
    writer.field("mode", mode)
    writer.field("ranked", isRanked)
    writer.field("wholePlan", isWholePlan)
    writer.field("forkOf", forkOf)
    writer.field("optimum", optimum)
    writer.field("model", model)
    writer.field("artefact", artefact)
    // Absent means no, so that data from before the key stays canonical.
    if offersPace { writer.field("offersPace", true) }
  }
}

extension DecisionMade {
  fileprivate func write(to writer: inout DataWriter) {
    writer.field("lap", lap)
    writer.field("kind", kind)
    writer.field("compound", compound)
    writer.field("pace", pace)
    writer.field("regret", regret)
    writer.field("optimal", isOptimal)
    writer.field("elapsed", elapsed)
  }
}

extension SimulationFinished {
  fileprivate func write(to writer: inout DataWriter) {
    precondition(
      stops.count == min(Int(stopCount), Self.storedStopsMax), "\(stops.count) stops listed of \(stopCount) counted")
    writer.field("pitTiming", pitTiming)
    writer.field("tyreEfficiency", tyreEfficiency)
    writer.field("safetyCarReaction", safetyCarReaction)
    writer.field("raceOutcome", raceOutcome)
    writer.field("iq", iq)
    writer.field("total", total)
    writer.field("toOptimum", toOptimum)
    writer.field("toReal", toReal)
    writer.field("place", place)
    writer.field("attempt", attempt)
    writer.field("ranked", isRanked)
    writer.field("startCompound", startCompound)
    writer.field("stopCount", stopCount)
    for (index, stop) in stops.enumerated() {
      writer.key("stop", number: index + 1)
      writer.integer(stop.lap)
      writer.key("tyre", number: index + 1)
      writer.quoted(stop.compound.dataWord)
    }
    writer.field("undercutGain", undercutGain)
    writer.key("plan")
    writer.hash(plan)
  }
}
