import EventStore
import Events
import Projections

extension Api {
  /// The projections that a call asks for with `asOf`, a position or a time, and with `rules`, the name of rules that were
  /// published; nil for those of now under the rules in force.
  ///
  /// Without `rules` the past is shown by the rules that were in force then.
  func past(_ call: Call) async throws(Problem) -> ReadModel? {
    let (asOf, rules) = (call.query["asOf"], call.query["rules"])
    if asOf == nil, rules == nil || rules == live.plan.name { return nil }
    let position = if let asOf { try await position(asOf: asOf) } else { live.position }
    guard position <= live.position else {
      throw Problem(
        .invalidValue, "asOf is \(position.rawValue), and the log as queries see it ends at \(live.position.rawValue).",
        parameter: "asOf")
    }
    return try await model(at: position, rules: rules)
  }

  /// The projections right behind an event of the log, under the rules in force then, or others by name.
  func model(at position: Position, rules: String? = nil) async throws(Problem) -> ReadModel {
    let plan = try plan(at: position, rules)
    do throws(PastModels.Failure) { return try await pastModels.model(at: position, plan) } catch {
      throw Problem(error)
    }
  }

  private func plan(at position: Position, _ name: String?) throws(Problem) -> FoldPlan {
    let governance = live.governance
    do throws(RulesError) {
      guard let name else { return try FoldPlan(governance, at: position) }
      if let plan = try FoldPlan(governance, named: name) { return plan }
    } catch {
      throw Problem(.internalError, "The rules are not understood: \(error).")
    }
    let known = [Governance.standardName] + governance.published.map(\.name)
    throw Problem(
      .invalidValue, "No rules were published as \"\(name?.prefix(64) ?? "")\"; GET /api/v1/rules lists them.",
      parameter: "rules", extras: [.texts("known", known)])
  }

  private func position(asOf text: String) async throws(Problem) -> Position {
    if let number = Int64(text), number >= 0 { return Position(rawValue: number) }
    let bytes = Array(text.utf8)
    guard let time = bytes.withUnsafeBytes({ Timestamp(text: $0) }) else {
      throw Problem(
        .invalidValue,
        "asOf is \"\(text.prefix(40))\"; a position or a time such as 2026-11-23T21:00:00.000000Z was expected.",
        parameter: "asOf")
    }
    do { return try await reader.last(recordedBy: time) } catch { throw Problem(error) }
  }
}

extension Problem {
  /// The problem that a fold which came to nothing is for whoever asked.
  init(_ error: PastModels.Failure) {
    switch error {
    case .overloaded: self.init(.overloaded, "Too many ask about the past at once.", retryAfterSeconds: 2)
    case .rebuild(.unavailable):
      self.init(.databaseAway, "The log cannot be read at the moment.", retryAfterSeconds: 1)
    case .rebuild(.poison(let position, _)):
      self.init(.projectionStopped, "The event at position \(position.rawValue) cannot be applied.")
    case .rebuild(.rules(let reason)): self.init(.internalError, "The rules are not understood: \(reason).")
    }
  }
}
