import EventStore
import Events
import Projections

extension Api {
  /// The projections that a call asks for with `asOf`, a position or a time; nil for those of now.
  func past(_ call: Call) async throws(Problem) -> ReadModel? {
    guard let text = call.query["asOf"] else { return nil }
    let position = try await position(asOf: text)
    guard position <= live.position else {
      throw Problem(
        .invalidValue, "asOf is \(position.rawValue), and the log as queries see it ends at \(live.position.rawValue).",
        parameter: "asOf")
    }
    return try await model(at: position)
  }

  /// The projections right behind an event of the log.
  func model(at position: Position) async throws(Problem) -> ReadModel {
    do throws(Rebuild.Failure) {
      var model = try await pastModels.model(at: position)
      model.settle()
      return model
    } catch {
      switch error {
      case .unavailable: throw Problem(.databaseAway, "The log cannot be read at the moment.", retryAfterSeconds: 1)
      case .poison(let position, _):
        throw Problem(.projectionStopped, "The event at position \(position.rawValue) cannot be applied.")
      }
    }
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
