public import Racing

/// A field that two sources of a race tell differently.
public struct Disagreement: Sendable, Equatable {
  /// How much it matters.
  public enum Severity: String, Sendable, Equatable, CaseIterable {
    /// Sources measure differently.
    case info
    /// One of them is wrong, and the kept one may be.
    case warning
    /// One of them is proved wrong.
    case error
  }

  /// The driver; nil for the whole race.
  public var driver: DriverCode?
  /// The lap; nil for all of them.
  public var lap: Int?
  /// The field, as in `lap_time_ms`.
  public var field: String
  /// Whose value was kept.
  public var keptSource: String
  /// The value that was kept; nil when it is unknown.
  public var kept: String?
  /// Whose value was not.
  public var otherSource: String
  /// The value that was not kept.
  public var other: String?
  /// Why, where it is not just the order of trust: `sum`, `shift`.
  public var rule: String?
  /// How much it matters.
  public var severity: Severity

  /// A disagreement.
  public init(
    driver: DriverCode? = nil, lap: Int? = nil, field: String, kept: String?, by keptSource: String, other: String?,
    by otherSource: String, rule: String? = nil, severity: Severity = .warning
  ) {
    self.driver = driver
    self.lap = lap
    self.field = field
    self.kept = kept
    self.keptSource = keptSource
    self.other = other
    self.otherSource = otherSource
    self.rule = rule
    self.severity = severity
  }
}

extension Disagreement: CustomStringConvertible {
  /// `warning, MAG lap 49 lap_time_ms: 170768 (livetiming) kept, 170660 (openf1) not`.
  public var description: String {
    let who = [driver.map { " \($0)" }, lap.map { " lap \($0)" }].compactMap { $0 }.joined()
    let why = rule.map { ", rule \($0)" } ?? ""
    return "\(severity.rawValue),\(who) \(field): \(kept ?? "unknown") (\(keptSource)) kept, "
      + "\(other ?? "unknown") (\(otherSource)) not\(why)"
  }
}
