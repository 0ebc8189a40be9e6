import FoundationEssentials
import Postgres
import Testing

/// Values go to the server and come back; the server's own text form is the judge in between.
@Suite(.timeLimit(.minutes(2)))
struct ValuesTravelBothWays {
  static let seed = UInt64.random(in: 0...UInt64.max)

  /// Sends a value, gets it back, and compares the server's text form with an expected one.
  private func check<Value: PostgresValue & Equatable>(
    _ session: Session, _ value: Value, text: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let type = Value.postgresType
    let rows = try await session.query(Statement(unnamed: "SELECT $1::\(type), $1::\(type)::text"), [value])
    #expect(try rows[0].decode(0, as: Value.self) == value, "seed \(Self.seed)", sourceLocation: sourceLocation)
    if let text { #expect(try rows[0].decode(1, as: String.self) == text, sourceLocation: sourceLocation) }
  }

  @Test func `integers and booleans at their edges and at random`() async throws {
    var random = SplitMix(seed: Self.seed)
    try await Database.withSession { session in
      for value in [Int16.min, -1, 0, 1, .max] { try await check(session, value, text: "\(value)") }
      for value in [Int32.min, -1, 0, 1, .max] { try await check(session, value, text: "\(value)") }
      for value in [Int64.min, -1, 0, 1, .max] { try await check(session, value, text: "\(value)") }
      for value in [true, false] { try await check(session, value, text: "\(value)") }
      for _ in 0..<100 {
        let value = Int64(bitPattern: random.next())
        try await check(session, value, text: "\(value)")
        try await check(session, Int32(truncatingIfNeeded: value), text: "\(Int32(truncatingIfNeeded: value))")
        try await check(session, Int16(truncatingIfNeeded: value), text: "\(Int16(truncatingIfNeeded: value))")
        try await check(session, Int(value), text: "\(value)")
      }
    }
  }

  @Test func `floating point, bit for bit`() async throws {
    var random = SplitMix(seed: Self.seed)
    try await Database.withSession { session in
      for value in [0, -0.0, 1.5, .infinity, -.infinity, .leastNonzeroMagnitude, .greatestFiniteMagnitude] {
        try await check(session, value)
      }
      let nan = try await session.query(Statement(unnamed: "SELECT $1::float8"), [Double.nan])
      #expect(try nan[0].decode(0, as: Double.self).isNaN)
      for _ in 0..<100 {
        let value = Double(bitPattern: random.next())
        guard !value.isNaN else { continue }
        let rows = try await session.query(Statement(unnamed: "SELECT $1::float8"), [value])
        #expect(try rows[0].decode(0, as: Double.self).bitPattern == value.bitPattern, "seed \(Self.seed)")
      }
      #expect(try await session.value("SELECT 1.25::real", as: Double.self) == 1.25)
    }
  }

  @Test func `text, also with quotes, many scripts and none at all`() async throws {
    try await Database.withSession { session in
      for text in [
        "", "plain", "it's \"quoted\" \\ back", "Pérez Hülkenberg 周冠宇 🏁",
        String(repeating: "x", count: 100_000),
      ] {
        try await check(session, text, text: text)
      }
      for type in ["varchar(20)", "char(5)", "name"] {
        #expect(try await session.value("SELECT 'boxes'::\(type)", as: String.self) == "boxes")
      }
    }
  }

  @Test func `text with a zero byte is refused by the server with its SQLSTATE`() async throws {
    try await Database.withSession { session in
      let error = await postgresError { _ = try await session.query(Statement(unnamed: "SELECT $1"), ["a\0b"]) }
      #expect(error?.sqlState == "22021")
      try await session.expectToAnswer()
    }
  }

  @Test func `bytes of every value`() async throws {
    var random = SplitMix(seed: Self.seed)
    try await Database.withSession { session in
      try await check(session, [UInt8](), text: "\\x")
      try await check(session, [0, 1, 0x7F, 0x80, 0xFF] as [UInt8], text: "\\x00017f80ff")
      try await check(session, Array(0...255) as [UInt8])
      for _ in 0..<50 {
        let bytes = (0..<Int.random(in: 0...5000, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random)
        }
        try await check(session, bytes)
      }
    }
  }

  @Test func `identifiers, as Foundation's and as two halves`() async throws {
    var random = SplitMix(seed: Self.seed)
    try await Database.withSession { session in
      for _ in 0..<50 {
        let halves = PostgresUUID(high: random.next(), low: random.next())
        try await check(session, halves, text: halves.description)
        try await check(session, halves.uuid, text: halves.uuid.uuidString.lowercased())
        #expect(PostgresUUID(halves.uuid) == halves)
      }
      let sorted = (0..<20).map { _ in PostgresUUID(high: random.next(), low: random.next()) }.sorted()
      let byServer = try await session.query(
        Statement(unnamed: "SELECT array_agg(u ORDER BY u) FROM unnest($1::uuid[]) u"), [Array(sorted.shuffled())])
      #expect(try byServer[0].decode(0, as: [PostgresUUID].self) == sorted)
    }
  }

  @Test func `instants to the microsecond, and the infinities`() async throws {
    var random = SplitMix(seed: Self.seed)
    try await Database.withSession { session in
      _ = try await session.execute("SET timezone = 'UTC'")
      try await check(session, PostgresTimestamp(microseconds: 0), text: "1970-01-01 00:00:00+00")
      try await check(session, PostgresTimestamp(microseconds: -1), text: "1969-12-31 23:59:59.999999+00")
      try await check(
        session, PostgresTimestamp(microseconds: 1_685_278_800_123_456), text: "2023-05-28 13:00:00.123456+00")
      try await check(session, PostgresTimestamp.infinity, text: "infinity")
      try await check(session, PostgresTimestamp.negativeInfinity, text: "-infinity")
      for _ in 0..<100 {
        let value = Int64.random(in: -62_000_000_000_000_000...250_000_000_000_000_000, using: &random)
        try await check(session, PostgresTimestamp(microseconds: value))
      }
    }
  }

  @Test func `JSON as text, from json and from jsonb`() async throws {
    try await Database.withSession { session in
      let json = PostgresJSON(#"{"lap": 12, "compound":  "SOFT"}"#)
      let rows = try await session.query(
        Statement(unnamed: "SELECT $1::json, $1::jsonb, $1 ->> 'compound', ARRAY[$1::jsonb, NULL]"), [json])
      #expect(try rows[0].decode(0, as: PostgresJSON.self) == json)
      #expect(try rows[0].decode(1, as: PostgresJSON.self).text == #"{"lap": 12, "compound": "SOFT"}"#)
      #expect(try rows[0].decode(2, as: String.self) == "SOFT")
      #expect(
        try rows[0].decode(3, as: [PostgresJSON?].self).map { $0?.text } == [#"{"lap": 12, "compound": "SOFT"}"#, nil])
    }
  }

  @Test func `NULL is nil, and an error for what cannot be nil`() async throws {
    try await Database.withSession { session in
      let rows = try await session.query(
        Statement(unnamed: "SELECT $1::int4 AS lap, $2::text AS tyre, $3::bytea AS raw"),
        [nil as Int32?, nil as String?, nil as [UInt8]?])
      let (lap, tyre, raw) = try rows[0].decode(Int32?.self, String?.self, [UInt8]?.self)
      #expect(lap == nil && tyre == nil && raw == nil)
      #expect(rows[0].isNull(2))
      let error = await postgresError { _ = try rows[0].decode("lap", as: Int32.self) }
      #expect(error?.code == .decoding)
      #expect(error?.column == "lap")
      #expect(error?.message == "column lap of row 0 is NULL, expected integer")
      #expect(rows.withBytes(row: 0, column: 2) { _ in true } == nil)
    }
  }

  @Test func `empty values are not NULL`() async throws {
    try await Database.withSession { session in
      let rows = try await session.query(
        Statement(unnamed: "SELECT $1::text IS NULL, $2::bytea IS NULL, $1, $2"), ["", [UInt8]()])
      let (isTextNull, isBytesNull, text, bytes) = try rows[0].decode(Bool.self, Bool.self, String?.self, [UInt8]?.self)
      #expect(!isTextNull && !isBytesNull)
      #expect(text == "")
      #expect(bytes == [])
    }
  }

  @Test func `arrays: empty, long, with and without NULLs`() async throws {
    var random = SplitMix(seed: Self.seed)
    try await Database.withSession { session in
      try await check(session, [Int32](), text: "{}")
      try await check(session, [1, -2, 3] as [Int32], text: "{1,-2,3}")
      try await check(session, [nil, 7, nil] as [Int64?], text: "{NULL,7,NULL}")
      try await check(session, [true, false], text: "{t,f}")
      try await check(session, ["", "a,b", "NULL", "{\"}"], text: #"{"","a,b","NULL","{\"}"}"#)
      try await check(session, ["x", nil], text: "{x,NULL}")
      try await check(session, [[1, 2], [], [255]] as [[UInt8]], text: #"{"\\x0102","\\x","\\xff"}"#)
      try await check(session, [[9], nil] as [[UInt8]?])
      try await check(session, [1.5, -0.25])
      for count in [1, 2, 1000, 5000] {
        try await check(session, (0..<count).map { _ in Int16(truncatingIfNeeded: random.next()) })
        try await check(session, (0..<count).map { _ in Int32(truncatingIfNeeded: random.next()) })
        try await check(session, (0..<count).map { _ in Int64(bitPattern: random.next()) })
        try await check(session, (0..<count).map { _ in PostgresUUID(high: random.next(), low: random.next()) })
        try await check(session, (0..<count).map { _ in UUID() })
        try await check(session, (0..<count).map { PostgresTimestamp(microseconds: Int64($0) * 1_000_003) })
        try await check(session, (0..<count).map { "text \($0)" })
      }
    }
  }

  @Test func `an array built element by element equals one from a Swift array`() async throws {
    try await Database.withSession { session in
      var array = ArrayParameter(of: .bytea)
      array.append([1, 2, 3])
      array.appendNull()
      array.append([])
      var empty = ArrayParameter(of: .json)
      var parameters: Parameters = []
      parameters.append(array)
      parameters.append(empty)
      empty.append("{}")
      parameters.append(empty)
      let ids: [Int32] = [3, 1, 2]
      parameters.append(array: ids.span)
      let rows = try await session.query(
        Statement(unnamed: "SELECT $1::bytea[], $2::json[], cardinality($3::json[]), $4::int4[]"), parameters)
      #expect(try rows[0].decode(0, as: [[UInt8]?].self) == [[1, 2, 3], nil, []])
      #expect(try rows[0].decode(1, as: [PostgresJSON].self).isEmpty)
      #expect(try rows[0].decode(2, as: Int32.self) == 1)
      #expect(try rows[0].decode(3, as: [Int32].self) == ids)
    }
  }

  @Test func `a wrong type is an error that names column, expected and found type`() async throws {
    try await Database.withSession { session in
      let rows = try await session.query(
        Statement(unnamed: "SELECT 'soft'::text AS tyre, ARRAY[[1,2],[3,4]] AS square"))
      let wrong = await postgresError { _ = try rows[0].decode("tyre", as: Int32.self) }
      #expect(wrong?.message == "column tyre of row 0 is text, expected integer")
      let missing = await postgresError { _ = try rows[0].decode("lap", as: Int32.self) }
      #expect(missing?.message == "no column lap in the result, which has tyre, square")
      let square = await postgresError { _ = try rows[0].decode(1, as: [Int32].self) }
      #expect(square?.message == "column square of row 0 is no integer[]: an array of 2 dimensions")
      let short = await postgresError { _ = try rows[0].decode(String.self, [Int32].self, Int32.self) }
      #expect(short?.code == .decoding)
    }
  }

  @Test func `enums and domains of the database read as text`() async throws {
    try await Database.withSession { session in
      _ = try await session.execute(
        "CREATE TEMP TABLE t (a int); CREATE TYPE pg_temp.compound AS ENUM ('SOFT', 'HARD')")
      let rows = try await session.query(
        Statement(unnamed: "SELECT 'SOFT'::pg_temp.compound, $1::pg_temp.compound"), ["HARD"])
      #expect(try rows[0].decode(String.self, String.self) == ("SOFT", "HARD"))
    }
  }

  @Test func `raw bytes of a cell, without copying`() async throws {
    try await Database.withSession { session in
      let rows = try await session.query(Statement(unnamed: "SELECT '\\x010203'::bytea"))
      let sum = rows.withBytes(row: 0, column: 0) { bytes in
        bytes.withUnsafeBytes { $0.reduce(0) { $0 + Int($1) } }
      }
      #expect(sum == 6)
    }
  }
}
