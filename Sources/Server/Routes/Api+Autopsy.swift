import Commands
import Events
import Racing

extension Api {
  /// Who lost the race, and why: one driver's race taken apart, or set against another driver's.
  func autopsy(_ call: Call) async throws(Problem) -> Answer {
    let race = try summary(call)
    let driver = try driverCode(call.parameters[2], in: race, parameter: "driver")
    let reference = try await reference(call.query["reference"], of: driver, in: race)
    try await disclose(race, to: call, what: "autopsy")
    let members: [UInt8]
    do throws(AutopsyFailure) {
      members =
        if let reference {
          try await library.autopsyComparison(of: race.key, driver: driver, with: reference)
        } else {
          try await library.autopsyMembers(of: race.key, driver: driver, record: recordAutopsy)
        }
    } catch { throw Problem(error, race: race) }
    var json = JSONWriter(capacity: members.count + 64)
    json.field("synthetic", race.isSynthetic)
    json.members(members)
    return answers.answer(
      of: .init(members: json.bytes, caching: .revalidate), call, position: live.position.rawValue,
      model: library.modelVersion)
  }

  func recordAutopsy(_ computed: AutopsyComputed) async throws(CommandError) {
    _ = try await commands.recordAutopsy(computed)
  }

  /// The driver that a call sets another against: nil for the ideal race.
  private func reference(
    _ text: String?, of driver: DriverCode, in race: RaceSummary
  ) async throws(Problem) -> DriverCode? {
    switch text {
    case nil, "ideal": return nil
    case "winner":
      return try await winner(of: race)
    case "teammate":
      let team = race.drivers.first { $0.code == driver }?.team
      guard let mate = race.drivers.first(where: { $0.team == team && $0.code != driver }) else {
        throw Problem(.invalidValue, "\(driver) had no team mate in this race.", parameter: "reference")
      }
      return mate.code
    case let code?: return try driverCode(code, in: race, parameter: "reference")
    }
  }

  private func winner(of race: RaceSummary) async throws(Problem) -> DriverCode {
    let record: RaceRecord
    do throws(CatalogError) { record = try await library.record(of: race.key) } catch {
      throw Problem(error, race: race)
    }
    guard let winner = record.entrants.first(where: { $0.result.position == 1 }) else {
      throw Problem(
        .invalidValue, "Nobody won this race, so there is no winner to compare with.", parameter: "reference")
    }
    return winner.code
  }

  func driverCode(
    _ text: String, in race: RaceSummary, parameter: String
  ) throws(Problem) -> DriverCode {
    guard let code = DriverCode(text.uppercased()), race.drivers.contains(where: { $0.code == code }) else {
      let known = race.drivers.map(\.code.description)
      throw Problem(
        .unknownDriver, "\"\(text.prefix(32))\" did not drive in this race; \(known.joined(separator: ", ")) did.",
        parameter: parameter, extras: [.texts("known", known)])
    }
    return code
  }
}

extension Problem {
  init(_ failure: AutopsyFailure, race: RaceSummary) {
    switch failure {
    case .catalog(let error): self.init(error, race: race)
    case .refused(let reason):
      self.init(.noAutopsy, Self.sentence(reason.description))
      extras = [.text("reason", reason.code)]
    }
  }
}
