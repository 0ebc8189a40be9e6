import EventStore
import Events
import Foundation
import TestSupport
import Testing

@testable import Server

/// Receipts, histories and proofs over HTTP, checked by our verifier and by the one in Python.
@Suite(.timeLimit(.minutes(5)))
struct ReceiptTests {
  private static let secret = (0..<32).map { UInt8($0) }

  private func withSigningServer(_ body: (TestServer, TrustPolicy) async throws -> Void) async throws {
    let signer = try NoteSigner(name: "test.example/log", secret: Self.secret)
    try await withServer({ $0.logSigner = signer }) { server in
      try await body(server, TrustPolicy(log: signer.verifier))
    }
  }

  /// A finished run of one stop; the positions of its events.
  private func play(_ server: TestServer, _ token: String) async throws -> (id: String, positions: [Int]) {
    let body = #"{"race":"2000/sample","driver":"ADL","start":"MEDIUM","stops":[{"lap":25,"compound":"HARD"}]}"#
    let run = JSON(try await server.http.post("/api/v1/simulate", body, token: token))
    let id = try #require(run.text("id"), "\(run)")
    let audit = JSON(try await server.http.get("/api/v1/audit/simulations/\(id)", token: token))
    return (id, audit.array("events").compactMap { $0["position"] as? Int })
  }

  @Test func `every event of a finished run has a receipt that both verifiers accept`() async throws {
    try await withSigningServer { server, policy in
      try await server.sample()
      let token = try await server.token("Ada").token
      let positions = try await play(server, token).positions
      #expect(positions.count >= 3)
      for position in positions {
        let answer = try await server.http.get("/api/v1/audit/decisions/\(position)/receipt", token: token)
        #expect(answer.status == 200, "\(answer.text)")
        let receipt = try Receipt(answer.text)
        #expect(try receipt.verify(trusting: policy).position.rawValue == Int64(position))
        try IndependentVerifier.expect(true, answer.text, key: policy.log.text)
        let forged = answer.text.replacing("index \(position - 1)", with: "index \(position)")
        try IndependentVerifier.expect(false, forged, key: policy.log.text)
      }
    }
  }

  @Test func `a run that goes on keeps its costs to itself`() async throws {
    try await withSigningServer { server, policy in
      try await server.sample()
      let token = try await server.token("Ada").token
      let other = try await server.token("Bob").token
      let started = JSON(
        try await server.http.post("/api/v1/simulate", #"{"race":"2000/sample","driver":"BOK"}"#, token: token))
      let position = try #require(started.number("position"))
      let path = "/api/v1/audit/decisions/\(position)/receipt"
      let own = try await server.http.get(path, token: token)
      #expect(own.status == 200, "\(own.text)")
      #expect(try Receipt(own.text).line.isEmpty)
      #expect(try await server.http.get(path, token: other).status == 403)
      #expect(try await server.http.get(path).status == 403)
    }
  }

  @Test func `a history is complete, and says so when it is not`() async throws {
    try await withSigningServer { server, policy in
      try await server.sample()
      let (token, account) = try await server.token("Ada")
      _ = try await play(server, token)
      let open = JSON(
        try await server.http.post("/api/v1/simulate", #"{"race":"2000/sample","driver":"BOK"}"#, token: token))
      let position = Int64(try #require(open.number("position")))
      try await signed(server, upTo: position)
      let answer = try await server.http.get("/api/v1/audit/users/\(account.id)/history", token: token)
      #expect(answer.status == 200, "\(answer.text)")
      let history = try History(answer.text)
      let finding = try history.verify(trusting: policy)
      #expect(finding.account == account.id)
      let audit = JSON(try await server.http.get("/api/v1/audit/users/\(account.id)/decisions", token: token))
      #expect(finding.decisions == audit.array("decisions").count)
      #expect(finding.withheld == 1)
      #expect(try History(history.text) == history)
      try IndependentVerifier.expect(true, answer.text, key: policy.log.text)
      for place in history.entries.indices.dropLast(2) {
        var shortened = history
        shortened.entries.remove(at: place)
        #expect(throws: ProofError.self, "without event \(place + 1)") { try shortened.verify(trusting: policy) }
        try IndependentVerifier.expect(false, shortened.text, key: policy.log.text)
      }
      var doubled = history
      doubled.entries.insert(history.entries[1], at: 1)
      #expect(throws: ProofError.self) { try doubled.verify(trusting: policy) }
      #expect(throws: ProofError.self) { try History(String(answer.text.dropLast(40))) }
      let unknown = try await server.http.get("/api/v1/audit/users/01900000-0000-7000-8000-000000000000/history")
      #expect(unknown.status == 404)
    }
  }

  private func signed(_ server: TestServer, upTo position: Int64) async throws {
    for _ in 0..<200 {
      let facts = JSON(try await server.http.get("/api/v1/log"))
      if (facts.number("size") ?? 0) >= position { return }
      try await Task.sleep(for: .milliseconds(25))
    }
    Issue.record("not signed up to \(position)")
  }

  @Test func `checkpoints, proofs and tiles fit each other`() async throws {
    try await withSigningServer { server, policy in
      try await server.sample()
      let token = try await server.token("Ada").token
      let first = try await play(server, token).positions.last ?? 0
      try await signed(server, upTo: Int64(first))
      let old = try Checkpoint(
        try SignedNote(try await server.http.get("/api/v1/log/checkpoint").text), trusting: policy)
      let second = try await play(server, token).positions.last ?? 0
      try await signed(server, upTo: Int64(second))
      let new = try Checkpoint(
        try SignedNote(try await server.http.get("/api/v1/log/checkpoint").text), trusting: policy)
      let target = "/api/v1/log/proof/consistency?from=\(old.size)&to=\(new.size)"
      let path = Self.hashes(try await server.http.get(target))
      #expect(TreeProof.isConsistent(from: old.size, old.root, to: new.size, new.root, path: path))
      let tile = try await server.http.get("/api/v1/log/tile/0/000.p/\(new.size)")
      #expect(tile.status == 200)
      #expect(tile["Cache-Control"]?.contains("immutable") == true)
      let address = TileAddress(level: 0, index: 0, width: Int(new.size))
      let leaves = try #require(Tile(address: address, bytes: tile.body)).hashes
      var tree = TreeBuilder()
      for leaf in leaves { tree.append(leaf) }
      #expect(tree.root == new.root)
      let inclusion = Self.hashes(try await server.http.get("/api/v1/log/proof/inclusion?position=2&size=\(new.size)"))
      #expect(TreeProof.root(leaf: leaves[1], index: 1, size: new.size, path: inclusion) == new.root)
      #expect(try await server.http.get("/api/v1/log/key").text == policy.log.text + "\n")
    }
  }

  private static func hashes(_ answer: HTTPClient.Answer) -> [TreeHash] {
    (JSON(answer)["hashes"] as? [String] ?? []).compactMap { text in
      Data(base64Encoded: text).flatMap { TreeHash(Array($0)) }
    }
  }

  @Test func `what cannot be proven is refused with its reason`() async throws {
    try await withSigningServer { server, _ in
      try await server.sample()
      try await signed(server, upTo: 1)
      for (target, status) in [
        ("/api/v1/log/proof/inclusion", 400), ("/api/v1/log/proof/inclusion?position=0", 400),
        ("/api/v1/log/proof/inclusion?position=1&size=99999", 503),
        ("/api/v1/log/proof/inclusion?position=9&size=1", 400),
        ("/api/v1/log/proof/consistency?from=2&to=1", 400), ("/api/v1/log/proof/consistency?from=x", 400),
        ("/api/v1/log/tile/0/001", 404), ("/api/v1/log/tile/9/000", 404), ("/api/v1/log/tile/0/000.p/0", 404),
        ("/api/v1/log/tile/0/x000/000", 404), ("/api/v1/audit/decisions/99999/receipt", 404),
        ("/api/v1/audit/decisions/x/receipt", 404), ("/api/v1/log/checkpoint?x=1", 400),
      ] {
        let answer = try await server.http.get(target)
        #expect(answer.status == status, "\(target): \(answer.text)")
        #expect(JSON(answer).text("code") != nil, "\(target)")
      }
    }
  }

  @Test func `a witness's signature is kept under its checkpoint, and nobody else's`() async throws {
    let signer = try NoteSigner(name: "test.example/log", secret: Self.secret)
    let witness = try NoteSigner(name: "witness.example", kind: .cosignature, secret: Self.secret.reversed())
    let stranger = try NoteSigner(name: "stranger.example", kind: .cosignature, secret: (1...32).map { UInt8($0) })
    try await withServer({
      $0.logSigner = signer
      $0.witnesses = [witness.verifier]
    }) { server in
      try await server.sample()
      try await signed(server, upTo: 1)
      let note = try SignedNote(try await server.http.get("/api/v1/log/checkpoint").text)
      let size = try Checkpoint(text: note.text).size
      func deliver(_ line: String, size: Int64) async throws -> Int {
        let body = try JSONSerialization.data(withJSONObject: ["size": size, "signature": line])
        return try await server.http.post("/api/v1/log/cosignatures", String(decoding: body, as: UTF8.self)).status
      }
      let line = witness.signature(over: note.text, at: 1_700_000_000).line
      #expect(try await deliver(line, size: size) == 201)
      #expect(try await deliver(line, size: size) == 201)
      #expect(try await deliver(stranger.signature(over: note.text, at: 1).line, size: size) == 403)
      #expect(try await deliver(witness.signature(over: note.text + "x\n", at: 1).line, size: size) == 403)
      #expect(try await deliver("nonsense", size: size) == 400)
      #expect(try await deliver(line, size: size + 99) == 400)
      let stored = try await server.parts.tree.checkpoint(size: size).note
      let policy = TrustPolicy(log: signer.verifier, witnesses: [witness.verifier], quorum: 1)
      #expect(try Checkpoint(stored, trusting: policy).size == size)
      #expect(stored.signatures.count == 2)
    }
  }

  @Test func `without a key the server serves and signs nothing`() async throws {
    try await withServer { server in
      try await server.sample()
      let answer = try await server.http.get("/api/v1/log/checkpoint")
      #expect(answer.status == 503)
      #expect(JSON(answer).text("code") == "not-signed")
      #expect(try await server.http.get("/health").status == 200)
    }
  }
}

/// The verifier of `docs/verification`, run by Python.
enum IndependentVerifier {
  static let script = URL(filePath: #filePath).appending(path: "../../../docs/verification/verify.py").standardized
    .path()

  /// Whether Python has what the verifier needs; tests go on without it, as it is another program.
  static let isPresent = (try? run(["-c", "import cryptography"], input: "")) == 0

  static func expect(
    _ isProven: Bool, _ text: String, key: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    guard isPresent else { return }
    let status = try run([script, key, "-"], input: text)
    #expect(status == (isProven ? 0 : 1), sourceLocation: sourceLocation)
  }

  private static func run(_ arguments: [String], input: String) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    let pipe = Pipe()
    process.standardInput = pipe
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    try pipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try pipe.fileHandleForWriting.close()
    process.waitUntilExit()
    return process.terminationStatus
  }
}

/// The file that keeps the log's key.
@Suite struct SecretKeyFileTests {
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "key-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path())
  }

  @Test func `a key is made once, for its owner alone, and is the same ever after`() throws {
    try withFolder { folder in
      let file = SecretKeyFile(path: folder + "/log.key")
      let made = try file.signer(name: "example.org/log")
      #expect(try file.signer(name: "another.example").verifier.text == made.verifier.text)
      let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
      #expect(mode == 0o600)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["log.key"])
    }
  }

  @Test func `a file that others may read, that holds no key, or cannot be made, is refused`() throws {
    try withFolder { folder in
      let path = folder + "/log.key"
      #expect(throws: SecretKeyFile.Failure.self) { try SecretKeyFile(path: folder + "/no/log.key").signer(name: "a") }
      try "nonsense\n".write(toFile: path, atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
      #expect(throws: SecretKeyFile.Failure.self) { try SecretKeyFile(path: path).signer(name: "a") }
      try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
      #expect(throws: SecretKeyFile.Failure.open(path: path)) { try SecretKeyFile(path: path).signer(name: "a") }
    }
  }
}
