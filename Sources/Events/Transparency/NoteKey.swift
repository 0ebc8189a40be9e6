internal import Crypto
internal import FoundationEssentials

/// What a key of C2SP signed-note signs.
public enum NoteKeyKind: UInt8, Sendable {
  /// The text of a note, as it is.
  case note = 1
  /// A checkpoint together with the second at which a witness saw it (C2SP tlog-cosignature).
  case cosignature = 4
}

/// A public key by which notes are trusted: `name+hash+key`.
public struct NoteKey: Sendable {
  /// Who signs.
  public let name: String
  /// What is signed.
  public let kind: NoteKeyKind
  /// The first four bytes of the hash over name, kind and key.
  public let id: UInt32
  private let key: Curve25519.Signing.PublicKey

  init(name: String, kind: NoteKeyKind, key: Curve25519.Signing.PublicKey) {
    self.name = name
    self.kind = kind
    self.key = key
    let named = Array(name.utf8) + [UInt8(ascii: "\n"), kind.rawValue] + key.rawRepresentation
    id = UInt32(bigEndianBytes: Array(SHA256.hash(data: named))[..<4])
  }

  /// The key in the text that programs exchange, such as `example.org/log+1f2e3d4c+AQ…`.
  ///
  /// - Throws: ``ProofError/malformed(_:)``.
  public init(_ text: some StringProtocol) throws(ProofError) {
    let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, NoteKeyName.isSound(parts[0]) else {
      throw .malformed("\"\(text.prefix(80))\" is not a key: name, number and key joined by plus signs")
    }
    guard let bytes = Base64.decode(parts[2]), bytes.count == 33, let kind = NoteKeyKind(rawValue: bytes[0]),
      let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes[1...])
    else { throw .malformed("the key of \(parts[0]) is not one of Ed25519") }
    self.init(name: String(parts[0]), kind: kind, key: key)
    guard self.text == text else { throw .malformed("the number in the key of \(parts[0]) is not that of the key") }
  }

  /// The key as text.
  public var text: String {
    let number = id.bigEndianBytes.flatMap { [hexadecimalDigit($0 >> 4), hexadecimalDigit($0 & 15)] }
    return
      "\(name)+\(String(decoding: number, as: UTF8.self))+\(Base64.encode([kind.rawValue] + key.rawRepresentation))"
  }

  /// Whether the key has signed the note.
  public func hasSigned(_ note: SignedNote) -> Bool { signatureTime(note) != nil }

  /// The second at which a witness signed; zero for a key that signs notes; nil where there is no valid signature.
  public func signatureTime(_ note: SignedNote) -> UInt64? {
    for signature in note.signatures where signature.name == name && signature.keyID == id {
      switch kind {
      case .note:
        if isValid(signature.bytes, over: note.text) { return 0 }
      case .cosignature:
        guard signature.bytes.count == 72 else { continue }
        let time = UInt64(bigEndianBytes: signature.bytes[..<8])
        if isValid(Array(signature.bytes[8...]), over: NoteSigner.cosigned(note.text, at: time)) { return time }
      }
    }
    return nil
  }

  private func isValid(_ signature: [UInt8], over text: String) -> Bool {
    key.isValidSignature(signature, for: Array(text.utf8))
  }
}

/// A private key that signs notes. Never printed.
public struct NoteSigner: Sendable {
  private let key: Curve25519.Signing.PrivateKey
  /// By which others trust it.
  public let verifier: NoteKey

  /// A signer of that name with a key of 32 secret bytes.
  ///
  /// - Throws: ``ProofError/malformed(_:)`` for a name with blanks or plus signs, or bytes that are no key.
  public init(name: String, kind: NoteKeyKind = .note, secret: [UInt8]) throws(ProofError) {
    guard NoteKeyName.isSound(name) else {
      throw .malformed("\"\(name)\" cannot name a key: it must not be empty nor hold blanks or plus signs")
    }
    guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: secret) else {
      throw .malformed("the secret of \(name) is not the 32 bytes of an Ed25519 key")
    }
    self.key = key
    verifier = NoteKey(name: name, kind: kind, key: key.publicKey)
  }

  /// 32 new secret bytes.
  public static func newSecret() -> [UInt8] { Array(Curve25519.Signing.PrivateKey().rawRepresentation) }

  /// The signature over a note's text.
  /// - Parameter time: the second at which a witness saw it; of no meaning for other keys.
  public func signature(over text: String, at time: UInt64 = 0) -> SignedNote.Signature {
    let signed = verifier.kind == .cosignature ? Self.cosigned(text, at: time) : text
    guard let bytes = try? key.signature(for: Array(signed.utf8)) else {
      preconditionFailure("Ed25519 signs any text")
    }
    let prefix = verifier.kind == .cosignature ? time.bigEndianBytes : []
    return SignedNote.Signature(name: verifier.name, keyID: verifier.id, bytes: prefix + Array(bytes))
  }

  static func cosigned(_ text: String, at time: UInt64) -> String { "cosignature/v1\ntime \(time)\n\(text)" }
}

enum NoteKeyName {
  /// Neither empty nor with blanks or plus signs.
  static func isSound(_ name: some StringProtocol) -> Bool {
    !name.isEmpty && !name.unicodeScalars.contains { $0 == "+" || $0.properties.isWhitespace || $0.value < 32 }
  }
}

extension NoteSigner {
  private static let secretHeading = "PRIVATE+KEY+"

  /// The key as text, secret included: for the file that keeps it and for nothing else.
  public var secretText: String {
    let parts = verifier.text.split(separator: "+", maxSplits: 2)
    return "\(Self.secretHeading)\(parts[0])+\(parts[1])+"
      + Base64.encode([verifier.kind.rawValue] + key.rawRepresentation)
  }

  /// The signer in a text such as ``secretText`` gives.
  ///
  /// - Throws: ``ProofError/malformed(_:)``; the text is not repeated in it.
  public init(secretText text: some StringProtocol) throws(ProofError) {
    let parts = text.dropFirst(Self.secretHeading.count)
      .split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
    guard text.hasPrefix(Self.secretHeading), parts.count == 3, let bytes = Base64.decode(parts[2]), bytes.count == 33,
      let kind = NoteKeyKind(rawValue: bytes[0])
    else { throw .malformed("this is not the secret text of a key: PRIVATE+KEY+name+number+key") }
    try self.init(name: String(parts[0]), kind: kind, secret: Array(bytes[1...]))
    guard secretText == text else {
      throw .malformed("the number in the secret key of \(parts[0]) is not that of the key")
    }
  }
}
