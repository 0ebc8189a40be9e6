import EventStore
public import Events
import Postgres
import Projections

/// Folds the whole log again from the database and compares the result with what the server shows.
public struct Rebuild: Sendable {
  private let reader: EventReader

  /// A rebuild over the log of some parts.
  public init(_ parts: ServerParts) { reader = EventReader(pool: parts.bulkPool) }

  /// What a rebuild found.
  public struct Outcome: Sendable, Equatable {
    /// The last event that was folded.
    public var position: Position
    /// Events that were folded.
    public var events: Int64
    /// Hash of the state, lower-case hexadecimal.
    public var stateHash: String
    /// How long it took.
    public var duration: Duration
  }

  /// Why a rebuild came to nothing.
  public enum Failure: Error, Sendable, Equatable {
    /// The log cannot be read.
    case unavailable(reason: String)
    /// An event cannot be understood or applied.
    case poison(Position, reason: String)
  }

  /// Folds every event up to `end`, or up to the end of the log as it is now.
  /// - Parameter progress: called after every batch with the position reached and the one to reach.
  /// - Complexity: one COPY of the log; memory grows with the state, not with the history.
  public func run(
    through end: Position? = nil, progress: @Sendable (Position, Position) -> Void = { _, _ in }
  ) async throws(Failure) -> Outcome {
    let start = ContinuousClock.now
    var model = ReadModel()
    var position = Position.zero
    do throws(ReadError) {
      let last = try await reader.last()
      let target = end.map { min($0, last) } ?? last
      var events = reader.copy(through: target).makeAsyncIterator()
      while let batch = try await events.next() {
        if let failure = Self.fold(batch, into: &model) { throw failure }
        position = batch.last?.position ?? position
        progress(position, target)
      }
    } catch {
      throw Failure(error)
    }
    return Outcome(
      position: position, events: position.rawValue, stateHash: model.stateHash, duration: start.duration(to: .now))
  }

  /// Applies events; the reason when one of them cannot be.
  private static func fold(_ events: [RecordedEvent], into model: inout ReadModel) -> ReadError? {
    for event in events {
      do throws(PoisonEvent) { try model.apply(event) } catch {
        return .undecodable(position: event.position, reason: error.description)
      }
    }
    return nil
  }
}

extension Rebuild.Failure {
  fileprivate init(_ error: ReadError) {
    self =
      switch error {
      case .unavailable(let reason): .unavailable(reason: reason)
      case .undecodable(let position, let reason): .poison(position, reason: reason)
      }
  }
}
