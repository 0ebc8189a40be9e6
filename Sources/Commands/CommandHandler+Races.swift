public import Events
internal import Racing

extension CommandHandler {
  /// Records that a race's data came in.
  ///
  /// The content decides, not the command's id: what the log already says last about the race is not said again.
  /// - Throws: `conflict` when two imports of the race meet, `commandIdReused`, `overloaded`, `unavailable`.
  public func importRace(_ race: RaceImported, id: CommandID) async throws(CommandError) -> ImportOutcome {
    let stream = StreamID(race: race.race)
    let recorded = try await events(of: stream, after: .zero)
    let imports = recorded.filter { $0.event.type == .raceImported }
    if let last = imports.last, last.event == .raceImported(race) {
      return ImportOutcome(stream: stream, position: last.position, isNew: false)
    }
    let version = recorded.last?.version ?? .zero
    let fingerprint = race.fingerprint
    let answer = StoredAnswer(
      fingerprint: fingerprint, simulation: nil, version: Version(rawValue: version.rawValue + 1), interruption: nil)
    let appended: Appended
    do throws(AppendError) {
      appended = try await log.append(
        Append(
          command: id, actor: nil, expectations: [.init(stream: stream, version: .exactly(version))],
          events: [.init(stream: stream, event: .raceImported(race))], answer: answer.bytes))
    } catch {
      throw CommandError(error)
    }
    guard !appended.isRepeat || StoredAnswer(bytes: appended.answer)?.fingerprint == fingerprint else {
      throw .commandIdReused(id)
    }
    return ImportOutcome(stream: stream, position: appended.first, isNew: !appended.isRepeat)
  }

  /// Records that an autopsy was computed and stored: once for a race's content, driver and model version, however often
  /// it is said.
  /// - Throws: `overloaded`, `unavailable`.
  public func recordAutopsy(_ autopsy: AutopsyComputed) async throws(CommandError) -> Position {
    let stream = StreamID(race: autopsy.race)
    let answer = StoredAnswer(
      fingerprint: autopsy.fingerprint, simulation: nil, version: .zero, interruption: nil)
    do throws(AppendError) {
      return try await log.append(
        Append(
          command: autopsy.commandID, actor: nil, expectations: [.init(stream: stream, version: .any)],
          events: [.init(stream: stream, event: .autopsyComputed(autopsy))], answer: answer.bytes)
      ).first
    } catch { throw CommandError(error) }
  }
}
