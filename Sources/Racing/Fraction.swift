/// A number that JSON spells as a decimal string, so that no reader rounds it on the way.
@propertyWrapper
package struct Fraction: Decodable, Sendable, Equatable {
  /// The number.
  package let wrappedValue: Double

  /// Reads the string.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let value = Double(text), value.isFinite else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "\"\(text)\" is no decimal number")
    }
    wrappedValue = value
  }
}
