/// An array of values of varying length, built element by element without a Swift array of arrays: for thousands
/// of payloads in one statement.
public struct ArrayParameter: Sendable {
  /// The type of an element.
  public enum Element: Sendable {
    /// `bytea[]`.
    case bytea
    /// `text[]`.
    case text
    /// `json[]`.
    case json
  }

  private let element: Element
  private var buffer = PostgresBytes()
  private var hasNulls = false
  /// How many elements there are.
  public private(set) var count = 0

  /// An empty array.
  public init(of element: Element, reservingBytes: Int = 0) {
    self.element = element
    buffer.reserve(ArrayFormat.headerSize + reservingBytes)
    ArrayFormat.header(count: 0, of: elementType, hasNulls: false, into: &buffer)
  }

  private var elementType: PostgresType {
    switch element {
    case .bytea: .bytea
    case .text: .text
    case .json: .json
    }
  }

  private var arrayType: PostgresType {
    switch element {
    case .bytea: .byteaArray
    case .text: .textArray
    case .json: .jsonArray
    }
  }

  /// Adds an element from its bytes (UTF-8 for text and JSON).
  /// - Complexity: O(bytes), amortised.
  public mutating func append(_ bytes: RawSpan) {
    buffer.append(Int32(bytes.byteCount))
    buffer.append(contentsOf: bytes)
    count += 1
  }

  /// Adds an element from its bytes (UTF-8 for text and JSON).
  /// - Complexity: O(bytes), amortised.
  public mutating func append(_ bytes: [UInt8]) { append(bytes.span.bytes) }

  /// Adds an element from its text.
  public mutating func append(_ text: String) {
    buffer.append(Int32(text.utf8.count))
    buffer.append(utf8: text)
    count += 1
  }

  /// Adds a NULL.
  public mutating func appendNull() {
    buffer.append(-1 as Int32)
    hasNulls = true
    count += 1
  }

  func append(to parameters: inout Parameters) {
    var copy = buffer
    if count == 0 {
      copy = PostgresBytes()
      ArrayFormat.emptyHeader(of: elementType, into: &copy)
    } else {
      copy.patch(hasNulls ? 1 : 0, at: 4)
      copy.patch(Int32(count), at: 12)
    }
    parameters.append(encoded: copy.bytes.span.bytes, as: arrayType)
  }
}

extension Parameters {
  /// Adds an array built element by element.
  /// - Complexity: O(bytes).
  public mutating func append(_ array: ArrayParameter) { array.append(to: &self) }
}
