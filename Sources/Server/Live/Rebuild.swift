import EventStore
public import Events
import Postgres
public import Projections

/// Folds the whole log again from the database and compares the result with what the server shows.
public struct Rebuild: Sendable {
  private let reader: EventReader

  /// A rebuild over the log of some parts.
  public init(_ parts: ServerParts) {
    self.init(reader: EventReader(pool: parts.bulkPool, passingOver: parts.log.reader.quarantine))
  }

  init(reader: EventReader) { self.reader = reader }

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
    /// The rules in force are not understood by this program.
    case rules(String)
  }

  /// What was decided about the whole log so far; what is passed over is passed over by this reader from now on.
  /// - Throws: `unavailable`, `poison`.
  public func governance() async throws(Failure) -> Governance {
    do throws(ReadError) {
      let governance = Governance(try await reader.events(of: .governance))
      reader.quarantine.set(Set(governance.quarantined.map(\.position)))
      return governance
    } catch { throw Failure(error) }
  }

  /// How the log is folded now.
  /// - Throws: ``Failure``.
  public func plan() async throws(Failure) -> FoldPlan {
    let governance = try await governance()
    do throws(RulesError) { return try FoldPlan(governance) } catch { throw .rules(error.description) }
  }

  /// Folds every event up to `end`, or up to the end of the log as it is now, under the rules in force: sealed segments
  /// first, then what is not sealed yet, straight from the table.
  ///
  /// - Parameters:
  ///   - usesSegments: false reads every event from the table.
  ///   - progress: called after every batch with the position reached and the one to reach.
  /// - Complexity: one pass; memory grows with the state, not with the history.
  public func run(
    through end: Position? = nil, usesSegments: Bool = true,
    progress: @Sendable (Position, Position) -> Void = { _, _ in }
  ) async throws(Failure) -> Outcome {
    let start = ContinuousClock.now
    let plan = try await plan()
    let model = try await model(
      from: plan.beginning, through: end, usesSegments: usesSegments, progress: progress)
    return Outcome(
      position: model.position, events: model.position.rawValue, stateHash: model.stateHash,
      duration: start.duration(to: .now))
  }

  /// The projections of the log up to `end`, from a model that is there already, under its rules.
  ///
  /// - Parameters: as of ``run(through:usesSegments:progress:)``.
  /// - Complexity: one pass over the events behind `model`.
  public func model(
    from begun: ReadModel, through end: Position? = nil, usesSegments: Bool = true,
    progress: @Sendable (Position, Position) -> Void = { _, _ in }
  ) async throws(Failure) -> ReadModel {
    var model = begun
    try await fold(into: &model, through: end, usesSegments: usesSegments, progress: progress)
    return model
  }

  /// Takes a model on to `end`. Where that fails the model stands in front of what could not be applied.
  ///
  /// - Parameters:
  ///   - visit: called with the model after every segment.
  ///   - others: as of ``run(through:usesSegments:progress:)``.
  func fold(
    into model: inout ReadModel, through end: Position? = nil, usesSegments: Bool = true,
    progress: @Sendable (Position, Position) -> Void = { _, _ in }, visit: @Sendable (ReadModel) -> Void = { _ in }
  ) async throws(Failure) {
    let last: Position
    do throws(ReadError) { last = try await reader.last() } catch { throw Failure(error) }
    let target = end.map { min($0, last) } ?? last
    if usesSegments { try await foldSegments(into: &model, through: target, progress, visit) }
    do throws(ReadError) {
      guard model.position < target else { return }
      var events = reader.copy(after: model.position, through: target).makeAsyncIterator()
      while let batch = try await events.next() {
        if Task.isCancelled { throw ReadError.unavailable(reason: "cancelled") }
        if let failure = Self.fold(batch, into: &model) { throw failure }
        progress(model.position, target)
      }
    } catch {
      throw Failure(error)
    }
  }

  /// Folds what segments hold up to `target`; the next one is fetched and unpacked meanwhile, on another processor.
  private func foldSegments(
    into model: inout ReadModel, through target: Position, _ progress: @Sendable (Position, Position) -> Void,
    _ visit: @Sendable (ReadModel) -> Void
  ) async throws(Failure) {
    let store = SegmentStore(reader)
    let sealed: Int
    do throws(ReadError) { sealed = try await store.count() } catch { throw Failure(error) }
    let count = min(sealed, (Int(target.rawValue) + Segment.fullCount - 1) / Segment.fullCount)
    let first = Int(model.position.rawValue) / Segment.fullCount
    guard first < count else { return }
    var next: Task<Result<SegmentColumns, ReadError>, Never>? = Self.load(first, store)
    for number in first..<count {
      if Task.isCancelled { throw .unavailable(reason: "cancelled") }
      let loaded = await next?.value ?? .failure(.unavailable(reason: "a segment is missing"))
      next = number + 1 < count ? Self.load(number + 1, store) : nil
      let columns: SegmentColumns
      do throws(ReadError) { columns = try loaded.get() } catch { throw Failure(error) }
      do { try model.apply(columns, through: target) } catch let poison as PoisonEvent {
        throw .poison(poison.position, reason: poison.description)
      } catch {
        throw .poison(columns.first, reason: "\(error)")
      }
      visit(model)
      progress(model.position, target)
    }
  }

  private static func load(_ number: Int, _ store: SegmentStore) -> Task<Result<SegmentColumns, ReadError>, Never> {
    Task.detached {
      do throws(ReadError) {
        guard let segment = try await store.segment(number) else {
          return .failure(.unavailable(reason: "the segment \(number) is missing"))
        }
        return .success(try Self.columns(of: segment))
      } catch { return .failure(error) }
    }
  }

  private static func columns(of segment: Segment) throws(ReadError) -> SegmentColumns {
    do throws(SegmentError) { return try segment.columns(forLines: false) } catch {
      throw .undecodable(position: segment.first, reason: error.description)
    }
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

extension Rebuild.Failure: CustomStringConvertible {
  /// One sentence for operators.
  public var description: String {
    switch self {
    case .unavailable(let reason): "the log cannot be read: \(reason)"
    case .poison(_, let reason): reason
    case .rules(let reason): "the rules are not understood: \(reason)"
    }
  }
}
