/// What asking one source came to. Nothing that was asked is left unsaid.
public struct SourceReport: Sendable, Equatable {
  /// Something that was asked for and did not come, without which the rest is still of use.
  public struct Gap: Sendable, Equatable {
    /// The topic, or the list.
    public var name: String
    /// Why.
    public var reason: String
  }

  /// What became of the source.
  public enum Outcome: Sendable, Equatable {
    /// The race was read from it.
    case read
    /// It was not asked, and why.
    case notAsked(String)
    /// It gave nothing, and why.
    case failed(String)
  }

  /// The source.
  public var source: NetworkSource
  /// What became of it.
  public var outcome = Outcome.read
  /// Bodies that came over the network.
  public var fetched = 0
  /// Bodies of which the source said that they had not changed.
  public var unchanged = 0
  /// Bodies from the cache.
  public var cached = 0
  /// Bytes of all bodies.
  public var bytes = 0
  /// What did not come.
  public var gaps: [Gap] = []
  /// What did not come may come later: the source was away, or had enough of us.
  public var mayComeLater = false

  /// An empty report.
  public init(_ source: NetworkSource) { self.source = source }

  /// Counts a body.
  mutating func take(_ fetched: Fetched, name: String) {
    bytes += fetched.body.size
    switch fetched.origin {
    case .network: self.fetched += 1
    case .unchanged: unchanged += 1
    case .cache: cached += 1
    case .kept(let error):
      cached += 1
      gaps.append(Gap(name: name, reason: "taken from the cache, because \(error.reason)"))
    }
  }
}

extension SourceReport: CustomStringConvertible {
  /// `livetiming: 12 fetched, 2 from the cache, 4.6 MB; without WeatherData (answered 404)`.
  public var description: String {
    switch outcome {
    case .notAsked(let reason): return "\(source): not asked: \(reason)"
    case .failed(let reason): return "\(source): nothing\(counts.isEmpty ? "" : " (\(counts))"): \(reason)"
    case .read:
      let missing = gaps.map { "\($0.name) (\($0.reason))" }.joined(separator: ", ")
      return "\(source): \(counts)" + (missing.isEmpty ? "" : "; \(missing)")
    }
  }

  private var counts: String {
    let parts = [(fetched, "fetched"), (unchanged, "unchanged"), (cached, "from the cache")]
    let texts = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    if texts.isEmpty { return "" }
    return texts.joined(separator: ", ") + ", \((bytes + 500) / 1000) kB"
  }
}
