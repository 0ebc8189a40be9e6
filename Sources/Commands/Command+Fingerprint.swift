internal import Events
internal import Racing

extension Command {
  /// What tells this command from any other under the same id: sixteen hexadecimal digits, stored with its answer.
  ///
  /// The account is part of it, so that nobody is answered with somebody else's simulation.
  func fingerprint(by actor: UserID) -> String {
    var hash = Hash64()
    hash.combine(actor)
    switch self {
    case .startSimulation(let start):
      hash.combine(byte: 1)
      start.combine(into: &hash)
    case .makeDecision(let decision):
      hash.combine(byte: 2)
      decision.combine(into: &hash)
    case .advance(let advance):
      hash.combine(byte: 3)
      hash.combine(advance.simulation)
      hash.combine(advance.toLap ?? 0)
      // Nothing for none, so that commands of before there were signals keep their fingerprint.
      for signal in StopSignal.allCases where advance.stopOn.contains(signal) { hash.combine(signal.rawValue) }
    case .finish(let simulation):
      hash.combine(byte: 4)
      hash.combine(simulation)
    case .abandon(let simulation):
      hash.combine(byte: 5)
      hash.combine(simulation)
    case .fork(let fork):
      hash.combine(byte: 6)
      hash.combine(fork.simulation)
      hash.combine(fork.lap)
    case .playPlan(let plan):
      hash.combine(byte: 7)
      plan.combine(into: &hash)
    }
    return hash.hexadecimal
  }
}

extension StartSimulation {
  fileprivate func combine(into hash: inout Hash64) {
    hash.combine(race.season)
    hash.combine(race.round)
    hash.combine(driver.packed)
    hash.combine(startLap)
    hash.combine(compound)
    hash.combine(mode.rawValue)
    hash.combine(byte: wantsRank ? 1 : 0)
    hash.combine(byte: offersPace ? 1 : 0)
  }
}

extension MakeDecision {
  fileprivate func combine(into hash: inout Hash64) {
    hash.combine(simulation)
    hash.combine(lap)
    switch choice {
    case .pit(let compound):
      hash.combine(byte: 1)
      hash.combine(compound)
    case .stayOut:
      hash.combine(byte: 2)
    case .pace(let mode):
      hash.combine(byte: 3)
      hash.combine(byte: mode.rawValue)
    }
  }
}

extension PlayPlan {
  fileprivate func combine(into hash: inout Hash64) {
    hash.combine(race.season)
    hash.combine(race.round)
    hash.combine(driver.packed)
    hash.combine(startCompound)
    hash.combine(stops.count)
    for stop in stops {
      hash.combine(stop.lap)
      hash.combine(stop.compound)
    }
  }
}

extension UserRegistered.Kind {
  /// What tells a registration from any other command under the same id.
  func fingerprint(for account: UserID) -> String {
    var hash = Hash64()
    hash.combine(account)
    hash.combine(byte: 8)
    hash.combine(rawValue)
    return hash.hexadecimal
  }
}

extension RaceImported {
  /// What tells an import from any other command under the same id.
  var fingerprint: String {
    var hash = Hash64()
    hash.combine(byte: 9)
    hash.combine(race.season)
    hash.combine(race.round)
    for text in [slug, circuit, source, digest] { hash.combine(text) }
    hash.combine(laps)
    hash.combine(byte: isSynthetic ? 1 : 0)
    return hash.hexadecimal
  }
}

extension AutopsyComputed {
  /// What tells it from any other command under the same id.
  var fingerprint: String {
    var hash = Hash64()
    hash.combine(byte: 10)
    hash.combine(race.season)
    hash.combine(race.round)
    for text in [driver.description, record, model] { hash.combine(text) }
    return hash.hexadecimal
  }

  /// The same for the same race content, driver and model version, so that it is recorded once.
  var commandID: CommandID {
    var high = Hash64()
    var low = Hash64()
    low.combine(byte: 1)
    for text in [driver.description, record, model] {
      high.combine(text)
      low.combine(text)
    }
    // Version 8 and the variant bits of RFC 9562: an identifier whose bits are ours.
    return CommandID(
      high: high.value & ~0xf000 | 0x8000, low: low.value & ~(0b11 << 62) | (0b10 << 62))
  }
}
