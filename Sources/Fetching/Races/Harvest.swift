/// What one source gave for a race: bodies by the names that readers know them by.
struct Harvest: Sendable {
  /// Why a source gives nothing for a race.
  enum Failure: Error, Sendable {
    /// A body that is needed did not come.
    case fetch(FetchError)
    /// The source lists the season, without that Grand Prix.
    case unknownRace(known: [String])
    /// The source has nothing of the race yet, or no more.
    case nothing(String)

    /// It may be different later.
    var mayPass: Bool {
      if case .fetch(let error) = self { return error.reason.mayPass }
      return false
    }

    /// The task was cancelled.
    var isCancelled: Bool {
      if case .fetch(let error) = self { return error.reason == .cancelled }
      return false
    }
  }

  /// Counts and gaps.
  var report: SourceReport
  /// Bodies by file name.
  private(set) var files: [String: StoredBody] = [:]
  /// Everything that was asked, also what only led to the rest.
  private(set) var bodies: [StoredBody] = []
  /// The round, where the source tells it.
  var round: Int?

  private let fetcher: Fetcher
  private let progress: @Sendable (String) -> Void

  init(_ source: NetworkSource, _ fetcher: Fetcher, progress: @escaping @Sendable (String) -> Void) {
    report = SourceReport(source)
    self.fetcher = fetcher
    self.progress = progress
  }

  /// Gets a body that is needed, and keeps it under a name.
  /// - Parameter name: what people call it.
  /// - Parameter file: the file's name for readers; nil for a body that only leads to others.
  mutating func need(_ name: String, as file: String? = nil, _ requests: [BodyRequest]) async throws(Failure) -> [UInt8]
  {
    progress(name)
    do throws(FetchError) {
      let fetched = try await first(of: requests)
      report.take(fetched, name: name)
      bodies.append(fetched.body)
      if let file { files[file] = fetched.body }
      return try fetcher.bytes(of: fetched)
    } catch {
      throw .fetch(error)
    }
  }

  /// Gets a body that the race can be read without: what does not come is a gap.
  /// - Throws: only when the task is cancelled.
  mutating func want(
    _ name: String, as file: String, _ requests: [BodyRequest]
  ) async throws(Failure) -> [UInt8]? {
    do throws(Failure) {
      return try await need(name, as: file, requests)
    } catch {
      guard case .fetch(let failure) = error, failure.reason != .cancelled else { throw error }
      lack(name, failure)
      return nil
    }
  }

  /// Notes what did not come.
  mutating func lack(_ name: String, _ error: FetchError) {
    report.gaps.append(SourceReport.Gap(name: name, reason: "\(error.reason)"))
    if error.reason.mayPass { report.mayComeLater = true }
  }

  /// The body at the first address that gives one; the first one's failure where none does.
  private func first(of requests: [BodyRequest]) async throws(FetchError) -> Fetched {
    var failure: FetchError?
    for request in requests {
      do throws(FetchError) {
        return try await fetcher.fetch(request)
      } catch {
        if error.reason == .cancelled { throw error }
        failure = failure ?? error
      }
    }
    throw failure ?? FetchError(url: "", reason: .notCached)
  }
}
