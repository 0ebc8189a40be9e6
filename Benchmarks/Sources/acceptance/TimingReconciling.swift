import Foundation
import Racing
import Timing

/// A4 and A8 by the reconciler: several sources of a race, nothing told.
func disagreementFigures(_ data: TimingData) -> [TimingFigure] {
  sprintFigures(data) + openF1Disagreements(data)
}

/// Live timing and official results as two sources: the two wrong gaps of Baku 2023, and nothing else.
private func sprintFigures(_ data: TimingData) -> [TimingFigure] {
  guard let session = data.raw.first(where: { $0.name == "2023_Azerbaijan_Sprint" }),
    let live = LiveSession(topics: session.topics()).asSource(round: 4),
    let official = try? OfficialResults(answers: [session.path + "/raw/jolpica_sprint.json"]).race(.sprint),
    let race = Reconciler([live, SourcedRace(official, source: .official)]).reconciled()
  else { return [] }
  let errors = race.disagreements.filter { $0.severity == .error }
  let raised = Dictionary(
    uniqueKeysWithValues: errors.compactMap { error -> (String, Int)? in
      guard let driver = error.driver, let kept = error.kept.flatMap({ Int($0) }),
        let other = error.other.flatMap({ Int($0) })
      else { return nil }
      return ("\(driver)", kept - other)
    })
  let times = Dictionary(uniqueKeysWithValues: race.record.entrants.map { ("\($0.code)", $0.result.timeMilliseconds) })
  let winner = race.record.entrants.compactMap { $0.result.position == 1 ? $0.result.timeMilliseconds : nil }.first ?? 0
  return [
    .all(
      "a4.reconciled.wrong_gaps_found", raised.count, of: 2, "cars", note: raised.keys.sorted().joined(separator: ", ")),
    TimingFigure("a4.reconciled.gap_rus", Double(((times["RUS"] ?? nil) ?? 0) - winner), "ms", .exactly, 8_532),
    TimingFigure("a4.reconciled.gap_ham", Double(((times["HAM"] ?? nil) ?? 0) - winner), "ms", .exactly, 16_503),
    .all(
      "a4.reconciled.other_times_disputed", race.disagreements.count { $0.field == "time_ms" && $0.severity != .error },
      of: 0, "cars"),
  ]
}

/// OpenF1 against the reference tables: one lap time differs, and that is listed.
private func openF1Disagreements(_ data: TimingData) -> [TimingFigure] {
  let path = data.native + "/openf1/2024-singapore-race-9606"
  guard let openF1 = try? OpenF1Session(directory: path, facts: RaceFacts(round: 18)).race(named: nil),
    let reference = try? RaceReader().read(data.races + "/laps/2024-18-singapore.csv.gz"),
    let race = Reconciler([SourcedRace(openF1), SourcedRace(reference)]).reconciled()
  else { return [] }
  let times = race.disagreements.filter { $0.field == "lap_time_ms" && ($0.lap ?? 0) > 1 }
  let listed = times.map { conflict in
    "\(conflict.driver.map { "\($0)" } ?? "") \(conflict.lap ?? 0): "
      + [conflict.kept, conflict.other].compactMap { $0 }.sorted().joined(separator: ", ")
  }
  let reversed = Reconciler([SourcedRace(reference), SourcedRace(openF1)]).reconciled()
  let isSame = reversed?.record.digest == race.record.digest && reversed?.disagreements == race.disagreements
  return [
    .all("a14.reconciled_in_either_order", isSame ? 2 : 1, of: 2, "orders"),
    .all("a8.conflicts.lap_times", times.count, of: 1, "laps", note: listed.joined(separator: "; ")),
    .all("a8.conflicts.magnussen", listed == ["MAG 49: 170660, 170768"] ? 1 : 0, of: 1, "laps"),
  ]
}

extension LiveSession {
  /// The session as a source of its own, without official results.
  fileprivate func asSource(round: Int) -> SourcedRace? {
    var session = self
    session.facts.round = round
    guard let race = try? session.race(named: nil) else { return nil }
    return SourcedRace(race, source: .liveTiming)
  }
}
