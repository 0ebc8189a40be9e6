import Commands
import Events
import Foundation
import Synchronization

/// What a client was told: one line for every acknowledged command, written before the next command is sent.
///
/// It lies outside the database, so that after a crash it can say whether anything acknowledged is missing.
final class Ledger: Sendable {
  private let file: FileHandle
  private let lock = Mutex(())

  /// Opens the file for appending, and makes it if it is not there.
  init(path: String) throws {
    if !FileManager.default.fileExists(atPath: path) { _ = FileManager.default.createFile(atPath: path, contents: nil) }
    guard let handle = FileHandle(forWritingAtPath: path) else {
      throw Failure.usage("The ledger '\(path)' cannot be written.")
    }
    try handle.seekToEnd()
    file = handle
  }

  /// Writes down an acknowledgement.
  func note(_ command: CommandID, _ outcome: CommandOutcome) {
    let line = "\(command) \(outcome.first.rawValue) \(outcome.last.rawValue)\n"
    lock.withLock { _ in file.write(Data(line.utf8)) }
  }

  /// One acknowledgement.
  struct Entry {
    let command: CommandID
    let first: Position
    let last: Position
  }

  /// The whole lines of a ledger; a last line torn by a crash was never acknowledged to anybody and is left out.
  static func entries(path: String) throws -> [Entry] {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw Failure.usage("The ledger '\(path)' cannot be read.")
    }
    let whole = text.hasSuffix("\n") ? text : text[..<(text.lastIndex(of: "\n") ?? text.startIndex)].description
    return try whole.split(separator: "\n").enumerated().map { number, line in
      let fields = line.split(separator: " ")
      guard fields.count == 3, let command = CommandID(fields[0]), let first = Int64(fields[1]),
        let last = Int64(fields[2])
      else { throw Failure.usage("\(path):\(number + 1) is not an acknowledgement: '\(line)'") }
      return Entry(command: command, first: Position(rawValue: first), last: Position(rawValue: last))
    }
  }
}
