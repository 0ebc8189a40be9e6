extension Optional: PostgresEncodable where Wrapped: PostgresEncodable {
  /// That of the wrapped type.
  public static var postgresType: PostgresType { Wrapped.postgresType }
  /// Whether there is no value.
  public var isPostgresNull: Bool { self?.isPostgresNull ?? true }
  /// Writes the wrapped value.
  public func encode(into bytes: inout PostgresBytes) { self?.encode(into: &bytes) }
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
  /// Reads the wrapped type.
  public static func decode(_ bytes: RawSpan, as type: PostgresType) throws(PostgresValueError) -> Wrapped? {
    try Wrapped.decode(bytes, as: type)
  }
  /// `nil`.
  public static func decodeNull() throws(PostgresValueError) -> Wrapped? { nil }
  /// That of the wrapped type.
  public static var postgresName: String { "\(Wrapped.postgresName) or NULL" }
}
