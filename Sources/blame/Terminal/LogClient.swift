import Events
import Foundation

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// Asks a log over HTTP.
struct LogClient {
  let base: URL

  /// Why there is no answer.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  private static let timeout: TimeInterval = 15

  /// The newest checkpoint.
  func checkpoint() async throws -> SignedNote {
    let (status, body) = try await ask("/api/v1/log/checkpoint")
    guard status == 200, let note = try? SignedNote(String(decoding: body, as: UTF8.self)) else {
      throw Failure(description: "no checkpoint came, status \(status)")
    }
    return note
  }

  /// The proof that one log is the beginning of another.
  func consistency(from: Int64, to size: Int64) async throws -> [TreeHash] {
    struct Proof: Decodable { let hashes: [String] }
    let (status, body) = try await ask("/api/v1/log/proof/consistency?from=\(from)&to=\(size)")
    guard status == 200, let proof = try? JSONDecoder().decode(Proof.self, from: body) else {
      throw Failure(description: "no proof came, status \(status)")
    }
    return proof.hashes.compactMap { Data(base64Encoded: $0).flatMap { TreeHash(Array($0)) } }
  }

  /// Hands a signature in; false when the log does not take it.
  func deliver(_ signature: SignedNote.Signature, size: Int64) async throws -> Bool {
    let body = #"{"size":\#(size),"signature":\#(quoted(signature.line))}"#
    let (status, _) = try await ask("/api/v1/log/cosignatures", sending: body)
    if status >= 500 { throw Failure(description: "the signature was not taken, status \(status)") }
    return status == 201
  }

  private func ask(_ target: String, sending body: String? = nil) async throws -> (status: Int, body: Data) {
    guard let url = URL(string: target, relativeTo: base) else { throw Failure(description: "no address: \(target)") }
    var request = URLRequest(url: url, timeoutInterval: Self.timeout)
    if let body {
      request.httpMethod = "POST"
      request.httpBody = Data(body.utf8)
      request.setValue("application/json", forHTTPHeaderField: "Content-Type")
    }
    do {
      let (data, response) = try await URLSession.shared.data(for: request)
      return ((response as? HTTPURLResponse)?.statusCode ?? 0, data)
    } catch {
      throw Failure(description: error.localizedDescription)
    }
  }
}
