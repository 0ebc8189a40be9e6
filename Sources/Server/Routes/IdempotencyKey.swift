import Events
import HTTPTypes

/// The key under which a command is sent, so that sending it twice does it once.
struct IdempotencyKey: Sendable {
  /// As the client sent it, or as the server made it.
  let text: String
  /// What the log knows the command by.
  let command: CommandID

  /// The key in the request's header; a fresh one without it.
  ///
  /// A UUID is the command's id itself. Any other text belongs to the account that sends it.
  /// - Throws: ``ProblemCode/malformedRequest`` for a key that is empty or too long.
  init(_ call: Call, account: UserID, fresh: @Sendable () -> StreamID) throws(Problem) {
    guard let text = call.headers[.idempotencyKey] else {
      let id = fresh()
      command = CommandID(high: id.high, low: id.low)
      self.text = command.description
      return
    }
    guard (1...128).contains(text.utf8.count) else {
      throw Problem(
        .malformedRequest, "The Idempotency-Key has \(text.utf8.count) bytes; 1 to 128 are taken.",
        parameter: "Idempotency-Key")
    }
    self.text = text
    command = CommandID(text) ?? CommandID(name: "key:\(account):\(text)")
  }
}
