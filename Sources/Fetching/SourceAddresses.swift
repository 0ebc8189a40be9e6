/// Where each source answers.
public struct SourceAddresses: Sendable, Equatable {
  /// The archive of live timing and its mirrors, asked in this order.
  public var liveTiming: [BaseAddress]
  /// Official results.
  public var jolpica: BaseAddress
  /// OpenF1.
  public var openF1: BaseAddress

  /// Addresses; what is left out is the public one.
  public init(liveTiming: [BaseAddress]? = nil, jolpica: BaseAddress? = nil, openF1: BaseAddress? = nil) {
    self.liveTiming = liveTiming ?? Self.publicLiveTiming
    self.jolpica = jolpica ?? Self.publicJolpica
    self.openF1 = openF1 ?? Self.publicOpenF1
  }

  private static let publicLiveTiming = [
    known("https://livetiming.formula1.com/static"), known("https://livetiming-mirror.fastf1.dev/static"),
  ]
  private static let publicJolpica = known("https://api.jolpi.ca/ergast/f1")
  private static let publicOpenF1 = known("https://api.openf1.org/v1")

  private static func known(_ text: String) -> BaseAddress {
    guard let address = BaseAddress(text) else { preconditionFailure("\(text) is no address") }
    return address
  }
}
