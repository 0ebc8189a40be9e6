import Foundation
import TestSupport
import Testing

@testable import Server

struct JSONTests {
  private func parse(_ text: String, depth: Int = 32) throws -> JSONValue {
    try JSONParser.parse(Array(text.utf8), depthLimit: depth)
  }

  @Test(arguments: [("5.0", 5), ("-0.00", 0), ("9223372036854775807.0", Int64.max)])
  func `a number without a broken part is whole however it is written`(text: String, number: Int64) throws {
    #expect(try parse(text) == .integer(number))
  }

  @Test func `values are read as they stand`() throws {
    let value = try parse(#" {"a":[1,-2,true,null],"b\n":"x\u00e9\ud83c\udfc1"} "#)
    let expected = JSONValue.object([
      .init(name: "a", value: .array([.integer(1), .integer(-2), .bool(true), .null])),
      .init(name: "b\n", value: .string("xé🏁")),
    ])
    #expect(value == expected)
  }

  @Test(arguments: [
    (#"{"a":1,}"#, 7, 1, 8), ("", 0, 1, 1), ("{\n \"a\" 1}", 7, 2, 6), (#"{"a":1}x"#, 7, 1, 8), (#""abc"#, 4, 1, 5),
    (#"{"a":1.5}"#, 5, 1, 6), (#"{"a":1.}"#, 5, 1, 6), ("5.0e1", 0, 1, 1), ("00.0", 0, 1, 1), ("01", 0, 1, 1),
    ("9223372036854775808", 0, 1, 1), (#"{"a":1,"a":2}"#, 7, 1, 8),
    ("[tru]", 1, 1, 2), (#""\x""#, 2, 1, 3), (#""\ud83c""#, 7, 1, 8),
  ])
  func `a mistake is named with its place`(_ text: String, _ offset: Int, _ line: Int, _ column: Int) {
    let error = #expect(throws: JSONSyntaxError.self) { try parse(text) }
    #expect(error?.offset == offset && error?.line == line && error?.column == column, "\(String(describing: error))")
  }

  @Test func `depth is bounded`() throws {
    let text = String(repeating: "[", count: 32) + String(repeating: "]", count: 32)
    #expect(throws: Never.self) { try parse(text) }
    #expect(throws: JSONSyntaxError.self) { try parse("[\(text)]") }
    #expect(throws: JSONSyntaxError.self) { try parse(String(repeating: "[", count: 100_000)) }
  }

  @Test func `bytes that are not UTF-8 are refused`() {
    #expect(throws: JSONSyntaxError.self) { try JSONParser.parse([0x22, 0xFF, 0x22], depthLimit: 4) }
  }

  @Test(arguments: [UInt64(1), 2, 3])
  func `random bytes never trap, and what is accepted Foundation accepts too`(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let pieces = Array(#"{}[]",:\u0041-0123456789eE+. tfn"#.utf8) + [0x0A, 0x00, 0xC3, 0xA9]
    for _ in 0..<20_000 {
      let bytes = (0..<Int.random(in: 0...12, using: &random)).map { _ in pieces.randomElement(using: &random)! }
      guard (try? JSONParser.parse(bytes, depthLimit: 8)) != nil else { continue }
      let known = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
      #expect(known != nil, "seed \(seed): \(String(decoding: bytes, as: UTF8.self))")
    }
  }

  @Test func `what is written is JSON with the keys in order`() throws {
    var json = JSONWriter()
    json.object { json in
      json.field("z", 1)
      json.decimal("iq", 7505, places: 2)
      json.decimal("low", -5, places: 2)
      json.field("text", "a\"\\\n\u{1}</script>é")
      json.field("none", nil as Int?)
      json.array("list", [1, 2]) { $0.value($1) }
      json.object("inner") { $0.field("yes", true) }
      json.array("empty", [Int]()) { $0.value($1) }
    }
    let text = String(decoding: json.bytes, as: UTF8.self)
    #expect(text.hasPrefix(#"{"z":1,"iq":75.05,"low":-0.05,"text":"#))
    #expect(!text.contains("<"))
    let read = JSON(bytes: json.bytes)
    #expect(read.text("text") == "a\"\\\n\u{1}</script>é")
    #expect((read["list"] as? [Int]) == [1, 2])
    #expect((read["inner", "yes"] as? Bool) == true)
  }
}
