internal import Crypto
public import Racing

extension Identifier {
  /// The identifier that belongs to a name: the same on every machine and for ever, without a table.
  ///
  /// A UUID of version 8 from the first bytes of SHA-256 over the name.
  public init(name: String) {
    let digest = SHA256.hash(data: Array("blame-engine:\(name)".utf8))
    let id = digest.withUnsafeBytes { Self(bytes: $0) }
    self.init(
      high: id.high & 0xffff_ffff_ffff_0fff | 0x8000,
      low: id.low & 0x3fff_ffff_ffff_ffff | 0x8000_0000_0000_0000)
  }
}

extension StreamID {
  /// The stream of a race.
  public init(race: RaceKey) { self.init(name: "race:\(race.season):\(race.round)") }
}
