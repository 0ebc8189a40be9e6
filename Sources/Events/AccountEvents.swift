/// An account exists. Stream: the account.
public struct UserRegistered: Sendable, Equatable {
  /// What sort of account it is.
  public enum Kind: String, Sendable, CaseIterable {
    /// A person with a name and a way to sign in.
    case registered
    /// A visitor: plays practice only.
    case guest
    /// A program that plays by the same rules; shown as such everywhere.
    case synthetic
  }

  /// What sort of account it is.
  public var kind: Kind

  /// An account of that sort.
  public init(kind: Kind) { self.kind = kind }
}

/// A guest got a name and a way to sign in: from here on the account is a registered one. Stream: the account.
///
/// Runs that began before stay what they were, practice.
public struct GuestRegistered: Sendable, Equatable {
  /// Nothing but the fact.
  public init() {}
}

/// An account was erased; projections drop what they derived from it. Stream: the account.
public struct UserErased: Sendable, Equatable {
  /// Nothing but the fact.
  public init() {}
}

/// An account may read Pro reports. Stream: the account.
public struct ProGranted: Sendable, Equatable {
  /// Nothing but the fact.
  public init() {}
}

/// An account may no longer read Pro reports. Stream: the account.
public struct ProRevoked: Sendable, Equatable {
  /// Nothing but the fact.
  public init() {}
}

/// An account may import races, replay the log and see every job. Stream: the account.
public struct OperatorGranted: Sendable, Equatable {
  /// Nothing but the fact.
  public init() {}
}

/// An account may no longer do what operators do. Stream: the account.
public struct OperatorRevoked: Sendable, Equatable {
  /// Nothing but the fact.
  public init() {}
}

/// An account's runs count for no rating and no window any more, neither those of before nor those to come. Stream: the
/// account.
public struct RankingRevoked: Sendable, Equatable {
  /// Nothing but the fact.
  public init() {}
}

/// An account's ranked runs count again, those of before too. Stream: the account.
public struct RankingGranted: Sendable, Equatable {
  /// Nothing but the fact.
  public init() {}
}
