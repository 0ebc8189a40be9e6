internal import Crypto
internal import FoundationEssentials

/// One numbered SQL file of the schema.
public struct Migration: Sendable, Hashable {
  /// From the file's name; files are run in this order.
  public let number: Int
  /// The file's name, such as `0002-log.sql`.
  public let file: String
  /// SHA-256 of the file's bytes, in lower-case hexadecimal.
  public let checksum: String
  let sql: String

  /// The migrations in a directory, in order. Files that do not end in `.sql` are not looked at.
  /// - Throws: `unreadable`, `misnamed`, `numberedTwice`.
  public static func load(from directory: String) throws(MigrationError) -> [Migration] {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: directory)
    } catch {
      throw .unreadable(path: directory, reason: "\(error)")
    }
    var migrations: [Migration] = []
    for name in names where name.hasSuffix(".sql") {
      migrations.append(try Migration(file: name, in: directory))
    }
    migrations.sort { ($0.number, $0.file) < ($1.number, $1.file) }
    for (one, next) in zip(migrations, migrations.dropFirst()) where one.number == next.number {
      throw .numberedTwice(one.file, next.file)
    }
    return migrations
  }

  private init(file: String, in directory: String) throws(MigrationError) {
    guard let number = Self.number(of: file) else { throw .misnamed(file: file) }
    let path = directory + "/" + file
    let data: Data
    do {
      data = try Data(contentsOf: URL(filePath: path))
    } catch {
      throw .unreadable(path: path, reason: "\(error)")
    }
    guard let sql = String(validating: data, as: UTF8.self) else {
      throw .unreadable(path: path, reason: "not UTF-8")
    }
    self.init(number: number, file: file, sql: sql)
  }

  init(number: Int, file: String, sql: String) {
    self.number = number
    self.file = file
    self.sql = sql
    checksum = SHA256.hash(data: Array(sql.utf8)).hexadecimal
  }

  /// Four digits, a hyphen, and lower-case letters, digits and hyphens.
  private static func number(of file: String) -> Int? {
    let parts = file.dropLast(4).split(separator: "-", maxSplits: 1)
    guard parts.count == 2, parts[0].utf8.count == 4, let number = Int(parts[0]), number > 0,
      parts[1].utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == 45 })
    else { return nil }
    return number
  }
}

extension Sequence<UInt8> {
  fileprivate var hexadecimal: String {
    let digits = Array("0123456789abcdef")
    return String(flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}
