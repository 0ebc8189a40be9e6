public import Commands
public import Events
import Logging
public import Racing

/// Takes races in: stores the record, writes the event, and computes what follows from it.
public struct RaceImport: Sendable {
  private let store: RaceStore
  private let library: RaceLibrary
  private let commands: CommandHandler
  private let newID: @Sendable () -> StreamID

  /// What a race went through.
  public enum Step: Sendable, Equatable, CaseIterable {
    case stored, recorded, modelled
  }

  /// What became of a race.
  public struct Outcome: Sendable, Equatable {
    /// The event that recorded the content.
    public let position: Position
    /// False when the log had this content already.
    public let isNew: Bool
    /// Why the race cannot be simulated; nil when it can.
    public let notModelled: String?
  }

  /// Why a race was not taken in.
  public enum Failure: Error, Sendable, Equatable {
    /// The tables.
    case store(RaceStoreError)
    /// The log.
    case log(CommandError)
    /// The model could not be computed or stored.
    case model(CatalogError)
  }

  package init(
    store: RaceStore, library: RaceLibrary, commands: CommandHandler, newID: @escaping @Sendable () -> StreamID
  ) {
    self.store = store
    self.library = library
    self.commands = commands
    self.newID = newID
  }

  /// Takes a race in, in place of what was known of it before. The same content again changes nothing.
  ///
  /// A race whose data do not allow a model is taken in all the same: its laps can be read, but it cannot be played.
  /// - Throws: see ``Failure``. The steps before it stay done, and the same race may be sent again.
  public func take(
    _ record: RaceRecord, background: RaceBackground = RaceBackground(), progress: @Sendable (Step) -> Void = { _ in }
  ) async throws(Failure) -> Outcome {
    do throws(RaceStoreError) { try await store.save(record, background: background) } catch { throw .store(error) }
    let summary = RaceSummary(record)
    library.shelve(summary)
    progress(.stored)
    let id: StreamID = newID()
    let imported = RaceImported(
      race: record.key, slug: record.slug, circuit: record.circuit, laps: Int32(record.lapCount),
      source: record.provenance.first?.source ?? "unknown", digest: summary.digest, isSynthetic: record.isSynthetic)
    let recorded: ImportOutcome
    do throws(CommandError) {
      recorded = try await commands.importRace(imported, id: CommandID(high: id.high, low: id.low))
    } catch { throw .log(error) }
    progress(.recorded)
    let refusal = try await model(record.key)
    progress(.modelled)
    return Outcome(position: recorded.position, isNew: recorded.isNew, notModelled: refusal)
  }

  private func model(_ key: RaceKey) async throws(Failure) -> String? {
    do throws(CatalogError) {
      _ = try await library.artefact(of: key)
      return nil
    } catch {
      if case .refused(let reason) = error { return reason }
      throw .model(error)
    }
  }
}

extension RaceImport.Failure: CustomStringConvertible {
  /// What was wrong, and what to do.
  public var description: String {
    switch self {
    case .store(let error): "\(error)"
    case .log(let error): "\(error)"
    case .model(let error): "the race's model could not be computed or stored: \(error)"
    }
  }
}
