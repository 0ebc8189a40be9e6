/// Writes JSON text, keys in the order they are given, without an intermediate tree.
///
/// `<` is always written as `\u003c`, so that the text can stand inside an HTML data block.
package struct JSONWriter: Sendable {
  /// The text so far, UTF-8.
  package private(set) var bytes: [UInt8] = []
  private var needsComma = false

  /// An empty text with room for `capacity` bytes.
  package init(capacity: Int = 512) { bytes.reserveCapacity(capacity) }

  /// An object with the members that `members` writes.
  package mutating func object(_ members: (inout JSONWriter) -> Void) {
    open(UInt8(ascii: "{"))
    members(&self)
    close(UInt8(ascii: "}"))
  }

  /// A member that is an object.
  package mutating func object(_ key: StaticString, _ members: (inout JSONWriter) -> Void) {
    name(key)
    object(members)
  }

  /// An array with one element for each of `elements`, written by `write`.
  package mutating func array<Elements: Sequence>(
    _ elements: Elements, _ write: (inout JSONWriter, Elements.Element) -> Void
  ) {
    open(UInt8(ascii: "["))
    for element in elements { write(&self, element) }
    close(UInt8(ascii: "]"))
  }

  /// A member that is an array.
  package mutating func array<Elements: Sequence>(
    _ key: StaticString, _ elements: Elements, _ write: (inout JSONWriter, Elements.Element) -> Void
  ) {
    name(key)
    array(elements, write)
  }

  /// A member whose value `bytes` is JSON already.
  package mutating func raw(_ key: StaticString, _ json: some Sequence<UInt8>) {
    name(key)
    bytes.append(contentsOf: json)
  }

  /// Members of an object written before, without its braces and with no comma at either end.
  package mutating func members(_ json: some Collection<UInt8>) {
    if json.isEmpty { return }
    separate()
    bytes.append(contentsOf: json)
  }

  mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
  }

  mutating func name(_ key: StaticString) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    key.withUTF8Buffer { bytes.append(contentsOf: $0) }
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
  }

  mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  mutating func append(_ number: Int64) {
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    appendDigits(number.magnitude, atLeast: 1)
  }

  mutating func appendDigits(_ magnitude: UInt64, atLeast width: Int) {
    var rest = magnitude
    let start = bytes.count
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0 || bytes.count - start < width
    bytes[start...].reverse()
  }

  mutating func appendByte(_ byte: UInt8) { bytes.append(byte) }

  private mutating func open(_ bracket: UInt8) {
    if bytes.last != UInt8(ascii: ":") { separate() }
    bytes.append(bracket)
    needsComma = false
  }

  private mutating func close(_ bracket: UInt8) {
    bytes.append(bracket)
    needsComma = true
  }
}
