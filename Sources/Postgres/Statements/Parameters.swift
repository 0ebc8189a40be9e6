/// Values of a statement's parameters, encoded one after the other into one buffer.
///
/// Written as an array literal of values, or appended to one by one. Has no description: parameters do not get
/// into logs.
public struct Parameters: Sendable, ExpressibleByArrayLiteral {
  private(set) var types: [PostgresType] = []
  /// Where each value ends in the buffer; NULLs are marked apart.
  private(set) var ends: [Int] = []
  private(set) var nulls: [Bool] = []
  private var buffer = PostgresBytes()

  /// No parameters yet.
  public init() {}

  /// The values in the order of `$1`, `$2`, ….
  public init(arrayLiteral values: any PostgresEncodable...) {
    for value in values { append(value) }
  }

  /// How many parameters there are.
  public var count: Int { ends.count }

  /// How many bytes their values take.
  public var byteCount: Int { buffer.count }

  /// Adds the next parameter.
  public mutating func append(_ value: some PostgresEncodable) {
    let isNull = value.isPostgresNull
    if !isNull { value.encode(into: &buffer) }
    finish(type(of: value).postgresType, isNull: isNull)
  }

  /// Adds a whole array as the next parameter, straight from contiguous memory.
  /// - Complexity: O(bytes).
  public mutating func append<Element: PostgresArrayElement>(array: Span<Element>) {
    Element.encode(array: array, into: &buffer)
    finish(Element.postgresArrayType, isNull: false)
  }

  /// Adds a value that is already in the server's binary format.
  public mutating func append(encoded bytes: RawSpan, as type: PostgresType) {
    buffer.append(contentsOf: bytes)
    finish(type, isNull: false)
  }

  private mutating func finish(_ type: PostgresType, isNull: Bool) {
    types.append(type)
    ends.append(buffer.count)
    nulls.append(isNull)
  }

  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    buffer.bytes.withUnsafeBytes(body)
  }
}
