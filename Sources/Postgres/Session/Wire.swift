import CLibpq

/// One libpq connection. Every call on it is made by the session's thread.
final class Wire {
  let raw: OpaquePointer
  private let configuration: PostgresConfiguration

  /// Begins to connect.
  /// - Parameter hosts: words that override those of the connection string.
  init(_ configuration: PostgresConfiguration, _ hosts: [(String, String)] = []) throws(PostgresError) {
    self.configuration = configuration
    // Later words override earlier ones: defaults, then the caller's string, then what we insist on.
    var words = [
      ("keepalives_idle", "30"), ("keepalives_interval", "10"), ("keepalives_count", "3"),
      ("tcp_user_timeout", "15000"),
      ("dbname", configuration.connectionString), ("client_encoding", "UTF8"),
    ]
    words += hosts
    if let name = configuration.applicationName { words.append(("application_name", name)) }
    let started = withCStrings(words.map(\.0)) { keywords in
      withCStrings(words.map(\.1)) { values in PQconnectStartParams(keywords, values, 1) }
    }
    guard let started else { throw PostgresError(.connectionFailed, "out of memory") }
    raw = started
    PQsetNoticeReceiver(raw, { _, _ in }, nil)
  }

  deinit { PQfinish(raw) }

  var socket: Int32 { PQsocket(raw) }
  var isBad: Bool { PQstatus(raw) == CONNECTION_BAD }
  var errorMessage: String { String(cString: PQerrorMessage(raw)).trimmedNewline }
  var backendPID: Int32 { PQbackendPID(raw) }
  var serverVersion: Int32 { PQserverVersion(raw) }
  var isBusy: Bool { PQisBusy(raw) == 1 }

  func pollConnection() -> PostgresPollingStatusType { PQconnectPoll(raw) }

  /// Reads what the socket has; false when the connection is gone.
  func consumeInput() -> Bool { PQconsumeInput(raw) == 1 }

  /// 0 when all is sent, 1 when the socket takes no more for now, -1 when the connection is gone.
  func flush() -> Int32 { PQflush(raw) }

  func becomeNonblocking() -> Bool { PQsetnonblocking(raw, 1) == 0 }
  func enterPipeline() -> Bool { PQenterPipelineMode(raw) == 1 }
  func exitPipeline() -> Bool { PQexitPipelineMode(raw) == 1 }
  func sync() -> Bool { PQpipelineSync(raw) == 1 }
  func sendScript(_ sql: String) -> Bool { PQsendQuery(raw, sql) == 1 }
  func nextResult() -> ServerResult? { PQgetResult(raw).map(ServerResult.init) }

  func prepare(_ name: String, _ statement: Statement, _ types: [PostgresType]) -> Bool {
    let oids = types.map(\.oid)
    return PQsendPrepare(raw, name, statement.sql, Int32(oids.count), oids) == 1
  }

  func execute(_ name: String, _ parameters: Parameters) -> Bool {
    withPointers(parameters) { count, values, lengths, formats in
      PQsendQueryPrepared(raw, name, count, values, lengths, formats, 1) == 1
    }
  }

  func execute(sql: String, _ parameters: Parameters) -> Bool {
    let oids = parameters.types.map(\.oid)
    return withPointers(parameters) { count, values, lengths, formats in
      PQsendQueryParams(raw, sql, count, oids, values, lengths, formats, 1) == 1
    }
  }

  private typealias Values = UnsafePointer<UnsafePointer<CChar>?>

  private func withPointers(
    _ parameters: Parameters, _ body: (Int32, Values?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> Bool
  ) -> Bool {
    let count = parameters.count
    guard count > 0 else { return body(0, nil, nil, nil) }
    return parameters.withBytes { bytes in
      withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: count) { values in
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: count * 2) { numbers in
          var start = 0
          for index in 0..<count {
            let end = parameters.ends[index]
            values[index] = parameters.nulls[index] ? nil : Self.address(bytes, start)
            numbers[index] = Int32(end - start)
            numbers[count + index] = 1
            start = end
          }
          guard let all = values.baseAddress, let lengths = numbers.baseAddress else { return false }
          return body(Int32(count), UnsafePointer(all), UnsafePointer(lengths), UnsafePointer(lengths + count))
        }
      }
    }
  }

  /// Where a value starts; an empty one needs some address too, since none means NULL.
  private static func address(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UnsafePointer<CChar> {
    let base = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 1)
    return (base.unsafelyUnwrapped + offset).assumingMemoryBound(to: CChar.self)
  }
}

/// A NULL-terminated array of C strings for the time of a call.
private func withCStrings<Result>(
  _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
) -> Result {
  var text: [CChar] = []
  var offsets: [Int] = []
  for string in strings {
    offsets.append(text.count)
    text.append(contentsOf: string.utf8.map { CChar(bitPattern: $0) })
    text.append(0)
  }
  return text.withUnsafeBufferPointer { bytes in
    var pointers: [UnsafePointer<CChar>?] = offsets.map { bytes.baseAddress.unsafelyUnwrapped + $0 }
    pointers.append(nil)
    return pointers.withUnsafeBufferPointer { body($0.baseAddress.unsafelyUnwrapped) }
  }
}

/// What a cancel request needs to know about a connection.
///
/// `@unchecked Sendable`: filled once when the connection is made, never changed; PQcancel only reads it and may be
/// called from any thread.
final class CancelKey: @unchecked Sendable {
  private let raw: OpaquePointer

  init?(_ wire: Wire) {
    guard let raw = PQgetCancel(wire.raw) else { return nil }
    self.raw = raw
  }

  deinit { PQfreeCancel(raw) }

  /// Asks the server to stop what the connection is doing. Blocks until the server has signalled its process.
  func fire() {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { message in
      _ = PQcancel(raw, message.baseAddress, 256)
    }
  }
}
