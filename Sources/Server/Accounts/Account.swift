public import Events

/// Somebody who may ask for things in their own name.
public struct Account: Sendable, Hashable {
  /// The identifier, which is also that of the account's stream.
  public let id: UserID
  /// Registered, guest or synthetic.
  public let kind: UserRegistered.Kind
  /// The name shown to others; nil for guests.
  public let name: String?
  /// The address to sign in with; nil where the account signs in with a token only. Shown to nobody else.
  public let email: String?
  /// May read Pro reports.
  public let isPro: Bool
  /// May do what operators do.
  public let isOperator: Bool

  /// An account as it is stored.
  public init(
    id: UserID, kind: UserRegistered.Kind, name: String?, email: String? = nil, isPro: Bool = false,
    isOperator: Bool = false
  ) {
    self.id = id
    self.kind = kind
    self.name = name
    self.email = email
    self.isPro = isPro
    self.isOperator = isOperator
  }
}
