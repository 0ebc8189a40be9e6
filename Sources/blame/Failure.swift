/// Why a command ended without success: one sentence for the user, and the exit status.
struct Failure: Error, CustomStringConvertible {
  /// What was wrong, with what value, and what to do.
  let description: String
  /// 2 for a mistake in what was asked, 1 for anything that failed on the way.
  let status: Int32

  /// A mistake in what was asked.
  static func usage(_ sentence: String) -> Failure { Failure(description: sentence, status: 2) }

  /// Something failed on the way.
  static func failed(_ sentence: String) -> Failure { Failure(description: sentence, status: 1) }
}
