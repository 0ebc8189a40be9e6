/// SQL with numbered parameters (`$1`, `$2`, …) under a name.
///
/// A session prepares it once, at its first use, and from then on sends only the name. A statement of no name is
/// parsed at every use.
public struct Statement: Sendable, Hashable {
  /// Name within a session, also in errors and logs; empty for none. At most 56 bytes.
  public let name: String
  /// One SQL command.
  public let sql: String

  /// A statement to be prepared under a name.
  public init(_ name: String, _ sql: String) {
    precondition(name.utf8.count <= 56, "statement name \(name) is longer than 56 bytes")
    self.name = name
    self.sql = sql
  }

  /// A statement to be parsed at every use.
  public init(unnamed sql: String) {
    self.init("", sql)
  }

  /// The statement together with values for its parameters.
  public func with(_ parameters: Parameters) -> Call { Call(self, parameters) }
}

/// A statement and the values of its parameters, for a pipeline of several.
public struct Call: Sendable {
  /// What to run.
  public var statement: Statement
  /// With what.
  public var parameters: Parameters

  /// A call of a statement.
  public init(_ statement: Statement, _ parameters: Parameters = []) {
    self.statement = statement
    self.parameters = parameters
  }
}
