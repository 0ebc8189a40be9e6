internal import Events
internal import Racing

extension ReadModel {
  /// A race came in: from now on it has a circuit. A race that was elsewhere takes its runs along.
  mutating func importRace(_ event: RaceImported) throws(PoisonReason) {
    let circuit = races.insert(circuit: event.circuit)
    let cell = cell(circuit, event.race.season)
    guard let race = races.find(event.race) else {
      _ = try races.add(RaceTable.Race(key: event.race, circuit: circuit, cell: cell))
      return
    }
    let before = races[race].circuit
    guard before != circuit else { return }
    changes.touch(race: race)
    moveRuns(of: race) { model in
      model.races[race].circuit = circuit
      model.races[race].cell = cell
    }
    changes.touch(race: race)
    for player in playersCounted(on: race) {
      if before >= 0 { rank(player, on: .circuit(before)) }
      rank(player, on: .circuit(circuit))
    }
  }

  private mutating func cell(_ circuit: Int32, _ season: Int16) -> Int32 {
    let key = CellKey(circuit: circuit, season: season)
    if let known = cells[key] { return known }
    let cell = crowd.addCell()
    cells[key] = cell
    return cell
  }

  /// Players with a counted run on a race, ascending. O(players + counted runs).
  private func playersCounted(on race: UInt16) -> [UInt32] {
    (0..<UInt32(players.count)).filter { player in
      var link = players[player].firstCounted
      while let ordinal = link.ordinal {
        if counted[ordinal].race == race { return true }
        link = counted[ordinal].next
      }
      return false
    }
  }
}
