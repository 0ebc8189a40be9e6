import Racing

extension FastF1Row {
  /// A lap of any session as a row of what races are put together from.
  init(_ lap: SessionLap, code: DriverCode, time: Int?, compounds: CompoundNames) {
    self.init(
      line: 0, code: code, number: lap.number, team: lap.team, lapNumber: lap.lap, end: lap.end.map { Int64($0) },
      start: lap.start.map { Int64($0) }, lapTime: time.map { Int64($0) },
      sectors: [lap.sector1, lap.sector2, lap.sector3].map { $0.map { Int64($0) } },
      pitIn: lap.pitIn.map { Int64($0) }, pitOut: lap.pitOut.map { Int64($0) }, stint: lap.tyreSet ?? lap.stint,
      compoundName: nil, compound: lap.compound.flatMap { compounds.compound($0) }, tyreLife: lap.tyreLife,
      trackStatus: lap.trackStatus, position: lap.position, isGenerated: lap.isGenerated,
      isDeleted: lap.isDeleted ?? false)
  }
}
