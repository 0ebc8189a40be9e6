public import Events

/// Somebody who may ask for things in their own name.
public struct Account: Sendable, Hashable {
  /// The identifier, which is also that of the account's stream.
  public let id: UserID
  /// Registered, guest or synthetic.
  public let kind: UserRegistered.Kind
  /// The name shown to others; nil for guests.
  public let name: String?

  /// An account as it is stored.
  public init(id: UserID, kind: UserRegistered.Kind, name: String?) {
    self.id = id
    self.kind = kind
    self.name = name
  }
}
