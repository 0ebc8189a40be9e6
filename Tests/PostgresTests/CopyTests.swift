import Postgres
import Testing

@Suite(.timeLimit(.minutes(3)))
struct CopyMovesManyRows {
  private static let rowCount = 200_000
  private static let out =
    "COPY (SELECT n::int8, n::int4, md5(n::text)::uuid, repeat('x', (n % 200)::int), "
    + "CASE WHEN n % 3 = 0 THEN n::int2 END FROM generate_series(1, \(rowCount)) n) TO STDOUT (FORMAT binary)"

  @Test func `binary rows come out whole and in order`() async throws {
    try await Database.withSession { session in
      var reader = BinaryCopyReader()
      var expected: Int64 = 0
      var (bytes, wrong) = (0, 0)
      for try await chunk in session.copyOut(Self.out.replacing("n::int2", with: "(n % 1000)::int2")) {
        bytes += chunk.byteCount
        try reader.read(chunk) { row in
          expected += 1
          var isRight = try row.int64() == expected && row.int32() == Int32(expected)
          try row.skip()
          isRight = try row.bytes { $0.byteCount } == Int(expected % 200) && isRight
          isRight = try (expected % 3 == 0 ? row.int16() == Int16(expected % 1000) : row.isNull) && isRight
          if !isRight { wrong += 1 }
        }
      }
      #expect(wrong == 0)
      #expect(reader.isComplete)
      #expect(reader.rowCount == Self.rowCount)
      #expect(bytes > 20_000_000)
      try await session.expectToAnswer()
    }
  }

  @Test func `what is copied in comes out again, in both directions millions of bytes`() async throws {
    try await Database.withSession { session in
      _ = try await session.execute(
        "CREATE TEMP TABLE t (id uuid, position int8, body bytea, note text, at timestamptz)")
      let count = 50_000
      let copied = try await session.copyIn("COPY t FROM STDIN (FORMAT binary)") { copy in
        var writer = BinaryCopyWriter()
        for number in 0..<count {
          writer.row(5)
          writer.append(PostgresUUID(high: 7, low: UInt64(number)))
          writer.append(Int64(number))
          writer.append([UInt8](repeating: UInt8(number % 256), count: number % 300))
          writer.append(number % 2 == 0 ? "note \(number)" : nil)
          writer.append(PostgresTimestamp(microseconds: Int64(number)))
          if writer.byteCount > 64 * 1024 { try await copy.write(writer.take()) }
        }
        writer.finish()
        try await copy.write(writer.take())
      }
      #expect(copied == count)
      var reader = BinaryCopyReader()
      var (number, wrong) = (0, 0)
      for try await chunk in session.copyOut("COPY (SELECT * FROM t ORDER BY position) TO STDOUT (FORMAT binary)") {
        try reader.read(chunk) { row in
          var isRight = try row.uuid() == PostgresUUID(high: 7, low: UInt64(number)) && row.int64() == Int64(number)
          isRight = try row.next() == [UInt8](repeating: UInt8(number % 256), count: number % 300) && isRight
          isRight = try row.next(String?.self) == (number % 2 == 0 ? "note \(number)" : nil) && isRight
          isRight = try row.next(PostgresTimestamp.self).microseconds == Int64(number) && isRight
          if !isRight { wrong += 1 }
          number += 1
        }
      }
      #expect(number == count && wrong == 0)
    }
  }

  @Test func `text chunks end with whole lines`() async throws {
    try await Database.withSession { session in
      var text = ""
      for try await chunk in session.copyOut("COPY (SELECT n FROM generate_series(1, 100000) n) TO STDOUT") {
        #expect(chunk.bytes.last == UInt8(ascii: "\n"))
        text += String(decoding: chunk.bytes, as: UTF8.self)
      }
      #expect(text == (1...100_000).map { "\($0)\n" }.joined())
    }
  }

  @Test func `a single row longer than a chunk arrives whole`() async throws {
    try await Database.withSession { session in
      var reader = BinaryCopyReader()
      var lengths: [Int] = []
      for try await chunk in session.copyOut(
        "COPY (SELECT repeat('y', n) FROM unnest(ARRAY[1, 1000000, 5]) n) TO STDOUT (FORMAT binary)")
      {
        try reader.read(chunk) { row in lengths.append(try row.bytes { $0.byteCount } ?? -1) }
      }
      #expect(lengths == [1, 1_000_000, 5])
    }
  }

  @Test func `a reader that stops early stops the server, and the session goes on`() async throws {
    try await Database.withSession { session in
      try await Database.withSession { observer in
        for try await _ in session.copyOut(
          "COPY (SELECT generate_series(1, 1000000000) /* endless */) TO STDOUT")
        { break }
        try await session.expectToAnswer()
        #expect(try await observer.running("endless") == 0)
      }
    }
  }

  @Test func `a slow reader makes the server wait instead of filling memory`() async throws {
    try await Database.withSession { session in
      var iterator = session.copyOut("COPY (SELECT repeat('z', 1000) FROM generate_series(1, 100000)) TO STDOUT")
        .makeAsyncIterator()
      _ = try await iterator.next()
      try await Task.sleep(for: .milliseconds(300))
      try await Database.withSession { observer in
        let waiting = try await observer.value(
          "SELECT count(*) FROM pg_stat_activity WHERE pid = \(session.info.backendPID) AND wait_event = 'ClientWrite'",
          as: Int.self)
        #expect(waiting == 1)
      }
      var bytes = 0
      while let chunk = try await iterator.next() { bytes += chunk.byteCount }
      #expect(bytes > 99_000_000)
    }
  }

  @Test func `cancelling and time running out end a COPY out`() async throws {
    try await Database.withSession { session in
      let endless = "COPY (SELECT n FROM generate_series(1, 1000000000) n, pg_sleep(0.2)) TO STDOUT"
      let task = Task { for try await _ in session.copyOut(endless) {} }
      try await Task.sleep(for: .milliseconds(50))
      task.cancel()
      #expect(await postgresError { try await task.value }?.code == .cancelled)
      let error = await postgresError { for try await _ in session.copyOut(endless, timeout: .milliseconds(50)) {} }
      #expect(error?.code == .timeout)
      try await session.expectToAnswer()
    }
  }

  @Test func `an error on the way is told, in either direction`() async throws {
    try await Database.withSession { session in
      let out = await postgresError {
        for try await _ in session.copyOut("COPY (SELECT 1 / (5000 - n) FROM generate_series(1, 10000) n) TO STDOUT") {}
      }
      #expect(out?.sqlState == "22012")
      _ = try await session.execute("CREATE TEMP TABLE t (a int PRIMARY KEY)")
      let copyIn = await postgresError {
        _ = try await session.copyIn("COPY t FROM STDIN") { try await $0.write(Array("1\n2\n1\n".utf8)) }
      }
      #expect(copyIn?.sqlState == "23505")
      let wrong = await postgresError { for try await _ in session.copyOut("SELECT 1") {} }
      #expect(wrong?.code == .misuse)
      let syntax = await postgresError {
        _ = try await session.copyIn("COPY nowhere FROM STDIN") { try await $0.write([1]) }
      }
      #expect(syntax?.sqlState == "42P01")
      #expect(try await session.value("SELECT count(*) FROM t", as: Int.self) == 0)
    }
  }

  @Test func `a writer that throws, or is cancelled, leaves nothing behind`() async throws {
    struct Refusal: Error {}
    try await Database.withSession { session in
      _ = try await session.execute("CREATE TEMP TABLE t (a int)")
      await #expect(throws: Refusal.self) {
        _ = try await session.copyIn("COPY t FROM STDIN") { copy in
          try await copy.write(Array("1\n".utf8))
          throw Refusal()
        }
      }
      let task = Task {
        try await session.copyIn("COPY t FROM STDIN") { copy in
          while true { try await copy.write(Array("1\n".utf8)) }
        }
      }
      try await Task.sleep(for: .milliseconds(100))
      task.cancel()
      #expect(await postgresError { _ = try await task.value }?.code == .cancelled)
      #expect(try await session.value("SELECT count(*) FROM t", as: Int.self) == 0)
    }
  }

  @Test func `a COPY fed from an asynchronous sequence, within a transaction`() async throws {
    try await Database.withSession { session in
      _ = try await session.execute("CREATE TEMP TABLE t (a int)")
      let chunks = AsyncStream<[UInt8]> { continuation in
        for number in 0..<1000 { continuation.yield(Array("\(number)\n".utf8)) }
        continuation.finish()
      }
      #expect(try await session.copyIn("COPY t FROM STDIN", chunks) == 1000)
      let sum = try await session.withTransaction { transaction in
        _ = try await transaction.copyIn("COPY t FROM STDIN") { try await $0.write(Array("5\n".utf8)) }
        var lines = 0
        for try await chunk in transaction.copyOut("COPY t TO STDOUT") {
          lines += chunk.bytes.count { $0 == UInt8(ascii: "\n") }
        }
        return lines
      }
      #expect(sum == 1001)
    }
  }

  @Test func `a server that is slow to read gets everything all the same`() async throws {
    try await Database.withSession { session in
      _ = try await session.execute(
        """
        CREATE TEMP TABLE t (a text);
        CREATE FUNCTION pg_temp.pause() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN PERFORM pg_sleep(0.05); RETURN NEW; END';
        CREATE TRIGGER pause BEFORE INSERT ON t FOR EACH ROW WHEN (NEW.a = 'stop') EXECUTE FUNCTION pg_temp.pause()
        """)
      let line = Array((String(repeating: "x", count: 999) + "\n").utf8)
      for pieces in [1, 300, 3000] {
        var piece: [UInt8] = []
        for _ in 0..<(3000 / pieces) { piece += line }
        let block = piece
        let count = try await session.copyIn("COPY t FROM STDIN") { copy in
          for _ in 0..<5 {
            try await copy.write(Array("stop\n".utf8))
            for _ in 0..<pieces {
              try await copy.write(block)
            }
          }
        }
        #expect(count == 15_005)
      }
    }
  }

  @Test func `bytes that are no binary COPY are refused`() async throws {
    try await Database.withSession { session in
      var reader = BinaryCopyReader()
      let error = await postgresError {
        for try await chunk in session.copyOut("COPY (SELECT 1) TO STDOUT") { try reader.read(chunk) { _ in } }
      }
      #expect(error?.code == .protocolViolation)
      var mistaken = BinaryCopyReader()
      let wrongSize = await postgresError {
        for try await chunk in session.copyOut("COPY (SELECT 1::int4, NULL::int4) TO STDOUT (FORMAT binary)") {
          try mistaken.read(chunk) { _ = try $0.int64() }
        }
      }
      #expect(wrongSize?.message == "field 0 of a COPY row has 4 bytes, expected 8")
    }
  }
}
