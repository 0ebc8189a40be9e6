import Testing

@testable import Server

/// Passwords: the published function, the form in which hashes are kept, and what is refused.
struct PasswordTests {
  /// RFC 7914 §12; the last vector there takes a gigabyte and is left out.
  @Test(arguments: [
    (
      "", "", 4, 1, 1,
      "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906"
    ),
    (
      "password", "NaCl", 10, 8, 16,
      "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"
    ),
    (
      "pleaseletmein", "SodiumChloride", 14, 8, 1,
      "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
    ),
  ])
  func `scrypt gives the published bytes`(
    _ password: String, _ salt: String, _ logN: Int, _ blockSize: Int, _ parallelism: Int, _ expected: String
  ) throws {
    let cost = try #require(ScryptCost(logN: logN, blockSize: blockSize, parallelism: parallelism))
    let bytes = try PasswordHash.scrypt(Array(password.utf8), Array(salt.utf8), cost, count: 64)
    #expect(Hexadecimal.text(bytes) == expected)
  }

  @Test func `a hash reads back, matches its password and no other`() throws {
    let password = try #require(Password("correct horse"))
    let hash = try PasswordHash(password, cost: TestServer.cheap)
    #expect(hash.text.hasPrefix("$scrypt$ln=4,r=8,p=1$"))
    #expect(!hash.text.contains("horse") && !hash.text.contains("=="))
    let read = try #require(PasswordHash(hash.text))
    #expect(read == hash)
    #expect(try read.matches(password))
    #expect(try !read.matches(try #require(Password("correct horsf"))))
    #expect(try PasswordHash(password, cost: TestServer.cheap).text != hash.text)
    #expect(try !PasswordHash.ofNobody(cost: TestServer.cheap).matches(password))
  }

  @Test func `a cost reads back, and what is too cheap is known`() {
    #expect(ScryptCost(ScryptCost.standard.text) == .standard)
    #expect(ScryptCost("ln=16,r=8,p=2")?.isCheap == false)
    #expect(!ScryptCost.standard.isCheap && TestServer.cheap.isCheap)
    #expect(ScryptCost("ln=13,r=8,p=9")?.isCheap == true && ScryptCost("ln=13,r=8,p=10")?.isCheap == false)
    for text in [
      "", "15", "ln=15", "ln=15,r=8", "ln=15,r=8,p=3,", "r=8,ln=15,p=3", "ln=21,r=8,p=1", "ln=20,r=32,p=1",
      "ln=x,r=8,p=1",
    ] {
      #expect(ScryptCost(text) == nil, "\(text)")
    }
  }

  @Test(arguments: [
    "", "$scrypt$ln=4,r=8,p=1$AAAA", "$argon2id$v=19$m=65536,t=3,p=4$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
    "$scrypt$ln=40,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "$scrypt$ln=4,p=8,r=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "$scrypt$ln=4,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA", "plain text",
  ])
  func `a text that is not a hash of ours is none`(_ text: String) { #expect(PasswordHash(text) == nil) }

  @Test func `composed and decomposed characters are the same password`() throws {
    let composed = try #require(Password("Se\u{F1}or \u{FB01}nish"))
    #expect(composed.bytes == Password("Sen\u{303}or finish")?.bytes)
  }

  @Test(arguments: [
    "1234567", "password", "PASSWORD", "Passw0rd!", "12345678", "aaaaaaaa", "qwertyui", "zyxwvuts",
    "password2026!", "testtest", "ada@example.org", "Ada Lovelace", "1qaz2wsx", "abababab", "verstappen33",
    String(repeating: "é", count: 600),
  ])
  func `a password that everybody tries, too short or too long is refused`(_ text: String) {
    #expect(throws: AccountError.self) { try Self.new(text) }
  }

  @Test(arguments: [
    "correct horse battery staple", "ünïcödé pässwörd", "八文字以上の合言葉です", "x7#kQ9!zLm",
    String(repeating: "long ", count: 100),
  ])
  func `any other is taken`(_ text: String) throws { _ = try Self.new(text) }

  private static func new(_ text: String) throws -> Password {
    try Password(new: text, email: "ada@example.org", name: "Ada Lovelace")
  }

  @Test(arguments: [
    "", "ada", "@example.org", "ada@", "a b@example.org", "ada@exa@mple.org", "ada@example", "a@b..c", "a\n@b.c",
  ])
  func `what is no address is refused`(_ text: String) {
    #expect(throws: AccountError.malformedEmail) { try EmailAddress(text) }
  }

  @Test func `too many passwords at once are refused, and the others are checked`() async throws {
    let cost = try #require(ScryptCost(logN: 14, blockSize: 8, parallelism: 2))
    let passwords = Passwords(cost: cost, threads: 1, waitingMax: 3)
    let password = try #require(Password("correct horse"))
    let outcomes = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<24 {
        group.addTask { (try? await passwords.hash(password)) != nil }
      }
      return await group.reduce(into: [Bool]()) { $0.append($1) }
    }
    let done = outcomes.filter { $0 }.count
    #expect(done >= 4 && done < 24, "\(done) of 24 were hashed")
    #expect(try await passwords.verify(password, try await passwords.hash(password)))
  }
}
