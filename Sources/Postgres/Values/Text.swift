extension String: PostgresScalar {
  /// `text`.
  public static var postgresType: PostgresType { .text }
  /// `text[]`.
  public static var postgresArrayType: PostgresType { .textArray }

  /// The UTF-8 bytes. The server refuses text with a zero byte in it (SQLSTATE 22021).
  public func encode(into bytes: inout PostgresBytes) { bytes.append(utf8: self) }

  /// Reads text of any kind, JSON and enum labels.
  public static func decode(_ bytes: RawSpan, as type: PostgresType) throws(PostgresValueError) -> String {
    switch type {
    case .jsonb: return try PostgresJSON.decode(bytes, as: type).text
    case .text, .varchar, .bpchar, .name, .json, .unknown: return text(bytes)
    default:
      // Enums and domains have OIDs of their own, above those of the built-in types; their binary form is text.
      guard type.oid >= firstUserOID else { throw .type }
      return text(bytes)
    }
  }

  private static var firstUserOID: UInt32 { 16384 }

  private static func text(_ bytes: RawSpan) -> String {
    bytes.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
  }
}

/// JSON as the server keeps it: text, not yet parsed.
public struct PostgresJSON: PostgresScalar, Hashable {
  /// The UTF-8 of the JSON text.
  public var bytes: [UInt8]

  /// JSON from its UTF-8.
  public init(bytes: [UInt8]) { self.bytes = bytes }

  /// JSON from its text.
  public init(_ text: String) { self.bytes = Array(text.utf8) }

  /// The JSON text.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// `json`; the server casts it where a `jsonb` is asked for.
  public static var postgresType: PostgresType { .json }
  /// `json[]`.
  public static var postgresArrayType: PostgresType { .jsonArray }

  /// The text itself.
  public func encode(into bytes: inout PostgresBytes) { bytes.append(contentsOf: self.bytes) }

  /// Reads `json` and `jsonb`.
  public static func decode(_ bytes: RawSpan, as type: PostgresType) throws(PostgresValueError) -> PostgresJSON {
    switch type {
    case .json, .text: return PostgresJSON(bytes: bytes.withUnsafeBytes { Array($0) })
    case .jsonb:
      guard bytes.byteCount >= 1, bytes.bigEndian(at: 0, as: UInt8.self) == 1 else {
        throw .malformed("jsonb of an unknown version")
      }
      return PostgresJSON(bytes: bytes.withUnsafeBytes { Array($0.dropFirst()) })
    default: throw .type
    }
  }
}
