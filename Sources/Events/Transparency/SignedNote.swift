internal import FoundationEssentials

/// Text with signatures, as C2SP signed-note writes it: the text, an empty line, and a line for each signature.
public struct SignedNote: Sendable, Equatable {
  /// What is signed, with the line end of its last line.
  public var text: String
  /// In the order written; signatures of unknown keys are kept.
  public var signatures: [Signature]

  /// One signature line.
  public struct Signature: Sendable, Equatable {
    /// The name of the key.
    public var name: String
    /// The first four bytes of the hash over name and key, as a number.
    public var keyID: UInt32
    /// The bytes behind the key's number.
    public var bytes: [UInt8]

    /// A signature by that key.
    public init(name: String, keyID: UInt32, bytes: [UInt8]) {
      self.name = name
      self.keyID = keyID
      self.bytes = bytes
    }

    /// Its line, without the line end.
    public var line: String { "— \(name) \(Base64.encode(keyID.bigEndianBytes + bytes))" }

    /// The signature in a line; nil for any other line.
    public init?(line: some StringProtocol) {
      let words = line.split(separator: " ", omittingEmptySubsequences: false)
      guard words.count == 3, words[0] == "—", NoteKeyName.isSound(words[1]), let bytes = Base64.decode(words[2]),
        bytes.count > 4
      else { return nil }
      self.init(name: String(words[1]), keyID: UInt32(bigEndianBytes: bytes[..<4]), bytes: Array(bytes[4...]))
    }
  }

  /// That text, with signatures.
  public init(text: String, signatures: [Signature]) {
    self.text = text
    self.signatures = signatures
  }

  /// The whole note.
  public var description: String { text + "\n" + signatures.map { $0.line + "\n" }.joined() }

  /// Reads a note.
  ///
  /// - Throws: ``ProofError/malformed(_:)`` with what is missing.
  public init(_ note: some StringProtocol) throws(ProofError) {
    guard let gap = note.ranges(of: "\n\n").last else {
      throw .malformed("the note has no empty line before its signatures")
    }
    guard note.hasSuffix("\n") else { throw .malformed("the note does not end with a line end") }
    text = String(note[..<gap.lowerBound]) + "\n"
    let lines = note[gap.upperBound...].split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    signatures = []
    for line in lines {
      guard let signature = Signature(line: line) else {
        throw .malformed("\"\(line.prefix(60))\" is no signature line")
      }
      signatures.append(signature)
    }
    if signatures.isEmpty { throw .malformed("the note is not signed") }
  }
}

/// Why something that should prove an event does not.
public enum ProofError: Error, Sendable, Equatable {
  /// It is not in its form.
  case malformed(String)
  /// Nobody who is trusted has signed it.
  case untrusted(String)
  /// It is signed and in its form, and says something that is not so.
  case wrong(String)
}

extension ProofError: CustomStringConvertible {
  /// What is wrong, in words.
  public var description: String {
    switch self {
    case .malformed(let text), .untrusted(let text), .wrong(let text): text
    }
  }
}

/// Base 64 of RFC 4648, section 4, and nothing beside it: one text for each sequence of bytes.
enum Base64 {
  static func encode(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

  /// Nil for text that ``encode(_:)`` would not give.
  static func decode(_ text: some StringProtocol) -> [UInt8]? {
    guard let data = Data(base64Encoded: String(text)), data.base64EncodedString() == text else { return nil }
    return Array(data)
  }
}

extension FixedWidthInteger {
  var bigEndianBytes: [UInt8] { withUnsafeBytes(of: bigEndian) { Array($0) } }

  init(bigEndianBytes bytes: some Collection<UInt8>) { self = bytes.reduce(0) { $0 << 8 | Self($1) } }
}

extension TreeHash {
  /// In base 64, as proofs and checkpoints write it.
  public var base64: String { Base64.encode(bytes) }
}
