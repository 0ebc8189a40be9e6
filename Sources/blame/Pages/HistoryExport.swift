import Events
import Foundation
import Server

/// Writes an account's history with proofs to a file.
struct HistoryExport {
  let user: UserID
  let console: Console

  /// Writes beside and renames, so that no half a history is ever found.
  func write(to path: String, _ output: OutputOptions) async throws {
    let reply = await console.get("/api/v1/audit/users/\(user)/history")
    guard reply.status == 200 else { throw failure(reply) }
    do {
      try Data(reply.body).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw Failure.usage("'\(path)' cannot be written: name a file in a folder that exists.")
    }
    let events = reply.body.count { $0 == UInt8(ascii: "\n") } - 2
    if output.json { return Terminal.print(#"{"file":\#(quoted(path)),"events":\#(events)}"#) }
    Terminal.print("\(grouped(events)) events of \(user) in \(path)")
  }
}
