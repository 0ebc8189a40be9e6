/// How races are fetched on this machine: the same for every race.
public struct FetchSettings: Sendable {
  /// The folder of bodies.
  public var cacheDirectory: String
  /// Where the sources answer.
  public var addresses: SourceAddresses
  /// Never open a connection.
  public var isOffline: Bool
  /// For OpenF1 while a session is under way.
  public var openF1Token: SourceToken?
  /// Bodies that other machines fetched; nil where nobody shares.
  public var shared: SharedBodies?
  /// Bounds.
  public var limits: FetchLimits
  private let pacer = Pacer()

  /// Settings; what is left out is the default.
  public init(
    cacheDirectory: String, addresses: SourceAddresses = SourceAddresses(), isOffline: Bool = false,
    openF1Token: SourceToken? = nil, limits: FetchLimits = FetchLimits()
  ) {
    self.cacheDirectory = cacheDirectory
    self.addresses = addresses
    self.isOffline = isOffline
    self.openF1Token = openF1Token
    self.limits = limits
  }

  /// Asks the sources for a race. Copies of these settings share what a source may be asked in an hour.
  /// - Parameter isRefreshing: ask whether bodies changed, however fresh they are.
  /// - Parameter progress: called before each body with its source and its name.
  /// - Throws: ``GatheringError``.
  public func gather(
    _ wish: RaceWish, isRefreshing: Bool = false,
    progress: @escaping @Sendable (NetworkSource, String) -> Void = { _, _ in }
  ) async throws(GatheringError) -> RaceGathering.Outcome {
    var configuration = Fetcher.Configuration(archive: BodyArchive(directory: cacheDirectory))
    configuration.shared = shared
    configuration.isOffline = isOffline
    configuration.isRefreshing = isRefreshing
    configuration.limits = limits
    configuration.pacer = pacer
    let (addresses, token) = (addresses, openF1Token)
    return try await Fetcher.with(configuration) { (fetcher) async throws(GatheringError) in
      try await RaceGathering(fetcher, addresses: addresses, openF1Token: token).gather(wish, progress: progress)
    }
  }
}
