public import Racing

/// A driver's race was taken apart, and the answer is stored. Stream: the race.
public struct AutopsyComputed: Sendable, Equatable {
  /// The race.
  public var race: RaceKey
  /// The driver.
  public var driver: DriverCode
  /// SHA-256 of the race record it was made from, lower-case hexadecimal.
  public var record: String
  /// The model version it was made with.
  public var model: String
  /// SHA-256 of the stored answer, lower-case hexadecimal.
  public var answer: String
  /// What was lost against the ideal race, ms.
  public var totalLoss: Int64

  /// An autopsy as it was stored.
  public init(
    race: RaceKey, driver: DriverCode, record: String, model: String, answer: String, totalLoss: Int64
  ) {
    self.race = race
    self.driver = driver
    self.record = record
    self.model = model
    self.answer = answer
    self.totalLoss = totalLoss
  }
}
