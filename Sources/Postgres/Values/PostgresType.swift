/// A type of the server, by its OID.
public struct PostgresType: Sendable, Hashable, CustomStringConvertible {
  /// `pg_type.oid`, the same in every database for the built-in types.
  public let oid: UInt32

  /// The type of that OID.
  public init(oid: UInt32) { self.oid = oid }

  /// `boolean`.
  public static let bool = PostgresType(oid: 16)
  /// `bytea`.
  public static let bytea = PostgresType(oid: 17)
  /// `name`.
  public static let name = PostgresType(oid: 19)
  /// `bigint`.
  public static let int8 = PostgresType(oid: 20)
  /// `smallint`.
  public static let int2 = PostgresType(oid: 21)
  /// `integer`.
  public static let int4 = PostgresType(oid: 23)
  /// `text`.
  public static let text = PostgresType(oid: 25)
  /// `oid`.
  public static let oid = PostgresType(oid: 26)
  /// `json`.
  public static let json = PostgresType(oid: 114)
  /// `real`.
  public static let float4 = PostgresType(oid: 700)
  /// `double precision`.
  public static let float8 = PostgresType(oid: 701)
  /// A string literal of no declared type.
  public static let unknown = PostgresType(oid: 705)
  /// `character`.
  public static let bpchar = PostgresType(oid: 1042)
  /// `varchar`.
  public static let varchar = PostgresType(oid: 1043)
  /// `timestamp with time zone`.
  public static let timestamptz = PostgresType(oid: 1184)
  /// What a function of no result returns.
  public static let void = PostgresType(oid: 2278)
  /// `uuid`.
  public static let uuid = PostgresType(oid: 2950)
  /// `jsonb`.
  public static let jsonb = PostgresType(oid: 3802)

  /// `boolean[]`.
  public static let boolArray = PostgresType(oid: 1000)
  /// `bytea[]`.
  public static let byteaArray = PostgresType(oid: 1001)
  /// `smallint[]`.
  public static let int2Array = PostgresType(oid: 1005)
  /// `integer[]`.
  public static let int4Array = PostgresType(oid: 1007)
  /// `text[]`.
  public static let textArray = PostgresType(oid: 1009)
  /// `bigint[]`.
  public static let int8Array = PostgresType(oid: 1016)
  /// `double precision[]`.
  public static let float8Array = PostgresType(oid: 1022)
  /// `timestamp with time zone[]`.
  public static let timestamptzArray = PostgresType(oid: 1185)
  /// `json[]`.
  public static let jsonArray = PostgresType(oid: 199)
  /// `uuid[]`.
  public static let uuidArray = PostgresType(oid: 2951)
  /// `jsonb[]`.
  public static let jsonbArray = PostgresType(oid: 3807)

  /// SQL name of a built-in type, else its OID.
  public var description: String {
    switch self {
    case .bool: "boolean"
    case .bytea: "bytea"
    case .name: "name"
    case .int8: "bigint"
    case .int2: "smallint"
    case .int4: "integer"
    case .text: "text"
    case .oid: "oid"
    case .json: "json"
    case .float4: "real"
    case .float8: "double precision"
    case .unknown: "unknown"
    case .bpchar: "character"
    case .varchar: "varchar"
    case .timestamptz: "timestamptz"
    case .void: "void"
    case .uuid: "uuid"
    case .jsonb: "jsonb"
    default: arrayDescription
    }
  }

  private var arrayDescription: String {
    switch self {
    case .boolArray: "boolean[]"
    case .byteaArray: "bytea[]"
    case .int2Array: "smallint[]"
    case .int4Array: "integer[]"
    case .textArray: "text[]"
    case .int8Array: "bigint[]"
    case .float8Array: "double precision[]"
    case .timestamptzArray: "timestamptz[]"
    case .jsonArray: "json[]"
    case .uuidArray: "uuid[]"
    case .jsonbArray: "jsonb[]"
    default: "type with oid \(oid)"
    }
  }
}
