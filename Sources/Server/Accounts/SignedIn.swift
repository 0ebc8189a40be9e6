import Events

/// Who asks, and by what we know.
struct SignedIn: Sendable, Equatable {
  /// The account.
  let account: Account
  /// The session; nil with a token that has none.
  let session: SessionID?
}

/// A device that is signed in.
struct SessionID: Identifier {
  let high: UInt64
  let low: UInt64
}
