public import Commands
public import Events

extension Accounts {
  /// Gives an account a right or takes it away: at once in this process, in others when they have the event.
  /// - Returns: the position of the event; nil when that was so already.
  /// - Throws: `unknownAccount`, `refused`.
  public func setRight(
    _ right: AccountRight, of account: UserID, isGranted: Bool
  ) async throws(AccountError) -> Position? {
    let position: Position?
    do throws(CommandError) {
      position = try await commands.setRight(right, of: account, isGranted: isGranted, id: newCommand())
    } catch {
      if case .unknownAccount = error { throw .unknownAccount(account.description) }
      throw .refused(error)
    }
    forget(account)
    return position
  }
}
