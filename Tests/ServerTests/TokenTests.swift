import Events
import Foundation
import Testing

@testable import Server

/// Signed tokens and their keys: what is taken, and everything that is not.
struct TokenTests {
  private static let account = UserID(high: 0x0192_0000_0000_7000, low: 0x8000_0000_0000_0001)
  private static let session = SessionID(high: 0x0192_0000_0000_7001, low: 0x8000_0000_0000_0002)
  private let keys = TokenKeys(now: 1000)

  private func token(expiresAt: Int64 = 2000) -> String {
    AccessToken(account: Self.account, session: Self.session, expiresAt: expiresAt).text(keys.signing(now: 1000))
  }

  @Test func `a token reads back until it is over`() throws {
    let read = try #require(AccessToken(token(), keys.key, now: 1999))
    #expect(read == AccessToken(account: Self.account, session: Self.session, expiresAt: 2000))
    #expect(AccessToken(token(), keys.key, now: 2000) == nil)
  }

  @Test func `no changed, cut or lengthened token is taken`() {
    let text = Array(token().utf8)
    for index in text.indices {
      for replacement in [UInt8(ascii: "A"), UInt8(ascii: "."), UInt8(ascii: "_")] where text[index] != replacement {
        var forged = text
        forged[index] = replacement
        #expect(AccessToken(String(decoding: forged, as: UTF8.self), keys.key, now: 1500) == nil, "byte \(index)")
      }
      #expect(AccessToken(String(decoding: text[..<index], as: UTF8.self), keys.key, now: 1500) == nil)
    }
    for tail in ["A", ".", "=", ".A", " "] { #expect(AccessToken(token() + tail, keys.key, now: 1500) == nil) }
  }

  @Test func `a token of another key is not taken, nor one that names a key it was not signed with`() throws {
    let other = TokenKeys(now: 1000)
    #expect(AccessToken(token(), other.key, now: 1500) == nil)
    let both = other.key
    #expect(AccessToken(token(), { _ in other.keys[0] }, now: 1500) == nil)
    #expect(AccessToken(token(), both, now: 1500) == nil)
  }

  @Test func `a token that asks for no algorithm, or for another, is not taken`() {
    func part(_ text: String) -> String { Base64URL.encode(Array(text.utf8)) }
    let claims = part(#"{"sub":"\#(Self.account)","sid":"\#(Self.session)","exp":99999999999}"#)
    for algorithm in ["none", "None", "HS256", "RS256"] {
      let header = part(#"{"alg":"\#(algorithm)","typ":"JWT"}"#)
      for text in ["\(header).\(claims).", "\(header).\(claims)", "blame1.\(header).\(claims)", "blame1.\(claims)."] {
        #expect(AccessToken(text, keys.key, now: 1500) == nil, "\(text)")
      }
    }
    let payload = token().split(separator: ".")[1]
    #expect(AccessToken("blame1.\(payload).", keys.key, now: 1500) == nil)
    #expect(AccessToken("blame1.\(payload)", keys.key, now: 1500) == nil)
    #expect(
      AccessToken("blame1.\(payload).\(Base64URL.encode([UInt8](repeating: 0, count: 32)))", keys.key, now: 1500) == nil
    )
  }

  @Test func `a new key signs when every server has read it, and the old one checks for a while`() throws {
    let old = keys.keys[0]
    let rotated = keys.rotated(now: 10_000, isAtOnce: false)
    #expect(rotated.keys.count == 2)
    #expect(rotated.signing(now: 10_000 + TokenKeys.waitSeconds - 1) == old)
    #expect(rotated.signing(now: 10_000 + TokenKeys.waitSeconds) == rotated.keys[1])
    #expect(rotated.key(old.id) == old)
    // Long after it was followed by another it is gone; one that was followed just now is not.
    let again = rotated.rotated(now: 10_000 + TokenKeys.overlapSeconds, isAtOnce: false)
    #expect(again.key(old.id) == nil && again.keys.count == 2)
    #expect(rotated.rotated(now: 10_100, isAtOnce: false).key(old.id) == old)
    let replaced = rotated.rotated(now: 10_000, isAtOnce: true)
    #expect(replaced.keys.count == 1 && replaced.key(old.id) == nil)
    #expect(replaced.signing(now: 10_000) == replaced.keys[0])
    #expect(TokenKeys.overlapSeconds > AccessToken.lifeSeconds + TokenKeys.waitSeconds)
  }

  @Test func `keys are kept in a file that nobody else may read`() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "token-\(UUID()).key").path()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let file = TokenKeyFile(path: path)
    let first = try file.keys()
    #expect(try file.keys() == first)
    #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
    #expect(try file.rotate(isAtOnce: false) == 2)
    #expect(try file.keys().key(first.keys[0].id) == first.keys[0])
    #expect(try file.rotate(isAtOnce: true) == 1)
    #expect(try file.keys().key(first.keys[0].id) == nil)
    #expect(try TokenKeys(file.keys().text) == file.keys())
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    #expect(throws: SecretKeyFile.Failure.open(path: path)) { try file.keys() }
  }

  @Test(arguments: ["", "1000\n", "1000 short\n", "x AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n"])
  func `a text that is not a list of keys is none`(_ text: String) { #expect(TokenKeys(text) == nil) }

  @Test func `only the exact text of some bytes is base 64`() {
    #expect(Base64URL.encode([0xFB, 0xFF]) == "-_8")
    #expect(Base64URL.decode("-_8") == [0xFB, 0xFF])
    for text in ["-_9", "-_8=", "+/8", "a", "-_ 8", "é"] { #expect(Base64URL.decode(text) == nil, "\(text)") }
  }

  @Test(arguments: [
    ("https://blame.example", "https://blame.example"), ("HTTPS://Blame.Example/", "https://blame.example"),
    ("https://blame.example:443", "https://blame.example"), ("http://localhost:8080", "http://localhost:8080"),
  ])
  func `a public address is written as browsers write it`(_ text: String, _ origin: String) {
    #expect(PublicURL(text)?.origin == origin)
  }

  @Test(arguments: [
    "blame.example", "ftp://blame.example", "https://", "https://a.b/path", "https://u@a.b", "https://a.b?x",
  ])
  func `what is no public address is none`(_ text: String) { #expect(PublicURL(text) == nil) }
}
