import EventStore
import Events
import HTTPTypes
import NIOCore

extension Api {
  /// What the log is called, who signs it, and how far.
  func logFacts(_ call: Call) async throws(Problem) -> Answer {
    let identity = try await proving { () async throws(TransparencyError) in try await tree.identity() }
    let newest = try await proving { () async throws(TransparencyError) in try await tree.checkpoint() }
    var json = JSONWriter()
    json.object { json in
      json.field("position", live.position.rawValue)
      json.field("origin", newest.checkpoint.origin)
      json.field("key", identity?.key)
      json.field("size", newest.checkpoint.size)
      json.field("root", newest.checkpoint.root.description)
      json.array("signatures", newest.note.signatures) { json, signature in json.value(signature.name) }
    }
    return Answer(json, caching: .revalidate)
  }

  /// The public key.
  func logKey(_ call: Call) async throws(Problem) -> Answer {
    let identity = try await proving { () async throws(TransparencyError) in try await tree.identity() }
    guard let identity else { throw Problem(TransparencyError.noCheckpoint) }
    return Answer(type: .text, caching: .revalidate, body: ByteBuffer(string: identity.key + "\n"))
  }

  /// The newest checkpoint, a signed note.
  func checkpoint(_ call: Call) async throws(Problem) -> Answer {
    let newest = try await proving { () async throws(TransparencyError) in try await tree.checkpoint() }
    return Answer(type: .text, caching: .revalidate, body: ByteBuffer(string: newest.note.description))
  }

  /// Hashes of one level: 32 bytes each.
  func tile(_ call: Call) async throws(Problem) -> Answer {
    let path = call.parameters.joined(separator: "/")
    guard let address = TileAddress(path: path) else {
      throw Problem(.notFound, "\"\(path.prefix(64))\" is not the path of a tile, such as 0/x001/234 or 1/000.p/17.")
    }
    let signed = try await proving { () async throws(TransparencyError) in try await tree.checkpoint().checkpoint.size }
    guard address.end <= signed >> Int64(8 * address.level) else {
      throw Problem(.notFound, "The tile \(path) is not filled yet: the log is signed up to \(signed).")
    }
    let tiles = try await proving { () async throws(TransparencyError) in try await tree.tiles([address]) }
    return Answer(type: .bytes, caching: .forever, body: ByteBuffer(bytes: tiles[0].bytes))
  }

  /// The proof that an event is in the log.
  func inclusion(_ call: Call) async throws(Problem) -> Answer {
    let position = try required("position", of: call)
    let size = try await self.size("size", of: call)
    let path = try await proving { () async throws(TransparencyError) in
      try await tree.inclusion(of: Position(rawValue: position), size: size)
    }
    return proof(path) { json in
      json.field("position", position)
      json.field("size", size)
    }
  }

  /// The proof that an older log is the beginning of a newer one.
  func consistency(_ call: Call) async throws(Problem) -> Answer {
    let first = try required("from", of: call)
    let size = try await self.size("to", of: call)
    let path = try await proving { () async throws(TransparencyError) in
      try await tree.consistency(from: first, to: size)
    }
    return proof(path) { json in
      json.field("from", first)
      json.field("to", size)
    }
  }

  private func proof(_ path: [TreeHash], _ facts: (inout JSONWriter) -> Void) -> Answer {
    var json = JSONWriter(capacity: 64 * (path.count + 4))
    json.object { json in
      facts(&json)
      json.array("hashes", path) { json, hash in json.value(hash.base64) }
    }
    return Answer(json, caching: .forever)
  }

  private func required(_ name: String, of call: Call) throws(Problem) -> Int64 {
    guard let value = try call.query.integer(name, in: 1...Int.max) else {
      throw Problem(.missingField, "\(name) is missing: a position or size, counted from 1.", parameter: name)
    }
    return Int64(value)
  }

  private func size(_ name: String, of call: Call) async throws(Problem) -> Int64 {
    if let size = try call.query.integer(name, in: 1...Int.max) { return Int64(size) }
    return try await proving { () async throws(TransparencyError) in try await tree.checkpoint().checkpoint.size }
  }

  func proving<Value: Sendable>(
    _ body: () async throws(TransparencyError) -> Value
  ) async throws(Problem) -> Value {
    do throws(TransparencyError) { return try await body() } catch { throw Problem(error) }
  }
}

extension Problem {
  /// The problem a failed proof is for whoever asked.
  init(_ error: TransparencyError) {
    switch error {
    case .unavailable: self.init(.databaseAway, "The log cannot be read at the moment.", retryAfterSeconds: 1)
    case .noCheckpoint: self.init(.notSigned, "No checkpoint of the log has been signed yet.", retryAfterSeconds: 1)
    case .notSignedYet(let position, let signed):
      self.init(
        .notSigned, "The log is signed up to \(signed.rawValue), not yet to \(position.rawValue).",
        retryAfterSeconds: 1, extras: [.number("expected", position.rawValue), .number("found", signed.rawValue)])
    case .outOfRange(let reason): self.init(.invalidValue, reason.prefix(1).uppercased() + reason.dropFirst() + ".")
    case .forked, .otherIdentity: self.init(.internalError, "The log's hashes do not fit what was signed.")
    }
  }
}

extension TileAddress {
  /// How many hashes of its level there must be.
  fileprivate var end: Int64 { index << 8 + Int64(width) }
}
