import Racing

/// `race_control.csv`: the time penalties announced, by race.
struct TidyMessages: Sendable {
  let provenance: Provenance
  private var messages: [RaceKey: PenaltyMessages] = [:]

  init(_ file: InputFile, limits: ReadingLimits) throws(TimingError) {
    provenance = file.provenance(part: "raceControl", source: tidySource)
    var reader = try CSVReader(file, limits: limits)
    let season = try reader.column("season")
    let round = try reader.column("round")
    let lap = try reader.column("lap")
    let message = try reader.column("message")
    while try reader.next() {
      let key = try reader.raceKey(season, round)
      messages[key, default: PenaltyMessages()].read(reader.text(message), lap: try reader.count(lap) ?? 0)
    }
  }

  /// The penalties of that race; nil when it has no message at all.
  subscript(key: RaceKey) -> PenaltyMessages? { messages[key] }
}
