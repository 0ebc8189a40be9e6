import EventStore
import Events

extension Api {
  /// Takes a witness's signature under a checkpoint in.
  func cosign(_ call: Call) async throws(Problem) -> Answer {
    let fields = try Fields.body(call.body, names: ["size", "signature"], limits: limits)
    let size = try fields.required("size", fields.integer("size", in: 1...Int.max))
    let line = try fields.required("signature", fields.text("signature"))
    guard let signature = SignedNote.Signature(line: line) else {
      throw Problem(.invalidValue, "The signature is not a line of a signed note.", pointer: "/signature")
    }
    let stored = try await proving { () async throws(TransparencyError) in try await tree.checkpoint(size: Int64(size))
    }
    let note = SignedNote(text: stored.note.text, signatures: [signature])
    guard witnesses.contains(where: { $0.kind == .cosignature && $0.hasSigned(note) }) else {
      throw Problem(
        .forbidden, "\(signature.name.prefix(64)) is not a witness of this log, or has not signed this checkpoint.")
    }
    try await proving { () async throws(TransparencyError) in try await tree.keep(signature, size: Int64(size)) }
    var json = JSONWriter()
    json.object { json in
      json.field("size", size)
      json.field("witness", signature.name)
    }
    return Answer(status: 201, json)
  }
}
