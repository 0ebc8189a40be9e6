public import Postgres

/// Why the schema was not brought up to date. Files before the one named were applied, and stay so.
public enum MigrationError: Error, Sendable, Hashable {
  /// The directory or a file cannot be read.
  case unreadable(path: String, reason: String)
  /// A file's name is not four digits, a hyphen and a name: `0002-log.sql`.
  case misnamed(file: String)
  /// Two files have one number.
  case numberedTwice(String, String)
  /// A file that was applied to this database has other contents now.
  case changed(file: String, applied: String, found: String)
  /// A file that was applied to this database is gone.
  case missing(file: String)
  /// A file is new, but files after it were applied already.
  case tooLate(file: String, lastApplied: String)
  /// The database refused a file; nothing of it took effect.
  case failed(file: String, PostgresError)
  /// The database cannot be reached, or not be asked.
  case database(PostgresError)
}

extension MigrationError: CustomStringConvertible {
  /// What is wrong, with what, and what to do.
  public var description: String {
    switch self {
    case .unreadable(let path, let reason): "cannot read \(path): \(reason)"
    case .misnamed(let file): "\(file) is not named like 0002-log.sql: four digits, a hyphen, a-z, 0-9 and hyphens"
    case .numberedTwice(let one, let other): "\(one) and \(other) have the same number; rename one"
    case .changed(let file, let applied, let found):
      "\(file) was applied with checksum \(applied) and has \(found) now; put it back, and add a new file for the change"
    case .missing(let file): "\(file) was applied to this database and is missing here; is this an older release?"
    case .tooLate(let file, let lastApplied):
      "\(file) is new, but \(lastApplied) was applied already; give it a higher number"
    case .failed(let file, let error): "\(file): \(error)"
    case .database(let error): "\(error)"
    }
  }
}
