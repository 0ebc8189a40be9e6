import Racing
public import Timing

/// Asks the sources for a race, one after the other, and makes one race of what they tell.
public struct RaceGathering: Sendable {
  private let fetcher: Fetcher
  private let addresses: SourceAddresses
  private let openF1Token: SourceToken?

  /// Asks through `fetcher`.
  /// - Parameter openF1Token: goes to OpenF1 only, which asks for one while a session is under way.
  public init(_ fetcher: Fetcher, addresses: SourceAddresses = SourceAddresses(), openF1Token: SourceToken? = nil) {
    self.fetcher = fetcher
    self.addresses = addresses
    self.openF1Token = openF1Token
  }

  /// A race with what every source said, and the bodies it was read from.
  public struct Outcome: Sendable {
    /// The race.
    public var race: ImportedRace
    /// One for each source, in the order asked.
    public var reports: [SourceReport]
    /// Every body that was asked for, also those that only led to others.
    public var bodies: [StoredBody]
  }

  /// Asks for a race.
  /// - Parameter progress: called before each body with its source and its name.
  /// - Throws: ``GatheringError``. One source that fails costs itself alone.
  public func gather(
    _ wish: RaceWish, progress: @escaping @Sendable (NetworkSource, String) -> Void = { _, _ in }
  ) async throws(GatheringError) -> Outcome {
    var harvests: [Harvest] = []
    var known: [String]?
    for source in NetworkSource.allCases {
      var harvest = Harvest(source, fetcher) { progress(source, $0) }
      if let reason = reasonNotToAsk(source, wish) {
        harvest.report.outcome = .notAsked(reason)
      } else {
        do throws(Harvest.Failure) {
          try await gather(from: source, wish, &harvest)
        } catch {
          if error.isCancelled { throw .cancelled }
          if case .unknownRace(let slugs) = error { known = known ?? slugs }
          harvest.report.outcome = .failed("\(error)")
          if error.mayPass { harvest.report.mayComeLater = true }
        }
      }
      harvests.append(harvest)
    }
    return try read(wish, harvests, known: known)
  }

  private func reasonNotToAsk(_ source: NetworkSource, _ wish: RaceWish) -> String? {
    if !wish.sources.contains(source) { return "not among the sources wished for" }
    return wish.season < source.firstSeason ? "it begins with \(source.firstSeason)" : nil
  }

  private func gather(
    from source: NetworkSource, _ wish: RaceWish, _ harvest: inout Harvest
  ) async throws(Harvest.Failure) {
    switch source {
    case .liveTiming: try await LiveTimingArchive(bases: addresses.liveTiming, wish: wish).gather(&harvest)
    case .jolpica: try await ResultsService(base: addresses.jolpica, wish: wish).gather(&harvest)
    case .openF1:
      try await OpenF1Service(base: addresses.openF1, wish: wish, token: openF1Token).gather(&harvest)
    }
  }

  private func read(
    _ wish: RaceWish, _ harvests: [Harvest], known: [String]?
  ) throws(GatheringError) -> Outcome {
    var harvests = harvests
    let round =
      wish.round ?? harvests.first { $0.report.source == .jolpica }?.round ?? harvests.compactMap(\.round).first
    let reader = RaceReader(
      facts: RaceFacts(season: wish.season, round: round, slug: wish.slug, circuit: wish.circuit))
    let official = harvests.first { $0.report.source == .jolpica && $0.report.outcome == .read }?.files ?? [:]
    var told: [SourcedRace] = []
    for index in harvests.indices where harvests[index].report.outcome == .read {
      let source = harvests[index].report.source
      var files = harvests[index].files
      // Official times beside the topics let their reader find the moment of the start.
      if source == .liveTiming { for (name, body) in official { files["jolpica_\(name)"] = body } }
      do throws(GatheringError) {
        let folder = try layOut(files, as: "\(wish.season)-\(wish.slug)/\(source)")
        told.append(try Self.read(reader, folder))
      } catch {
        guard case .unreadable(let reason) = error else { throw error }
        harvests[index].report.outcome = .failed(reason)
      }
    }
    let reports = harvests.map(\.report)
    guard let race = Reconciler(told).reconciled() else {
      if let known { throw .unknownRace(season: wish.season, slug: wish.slug, known: known) }
      throw .nothing(reports)
    }
    return Outcome(race: race, reports: reports, bodies: harvests.flatMap(\.bodies))
  }

  private func layOut(_ files: [String: StoredBody], as folder: String) throws(GatheringError) -> String {
    do throws(BodyArchive.Failure) { return try fetcher.archive.layOut(files, as: folder) } catch {
      throw .storage(error.reason)
    }
  }

  private static func read(_ reader: RaceReader, _ folder: String) throws(GatheringError) -> SourcedRace {
    do throws(TimingError) { return SourcedRace(try reader.read(folder)) } catch { throw .unreadable("\(error)") }
  }
}

extension Harvest.Failure: CustomStringConvertible {
  /// What was wrong.
  var description: String {
    switch self {
    case .fetch(let error): "\(error)"
    case .unknownRace(let known):
      "no such Grand Prix in that season; known are \(known.isEmpty ? "none" : known.joined(separator: ", "))"
    case .nothing(let reason): reason
    }
  }
}
