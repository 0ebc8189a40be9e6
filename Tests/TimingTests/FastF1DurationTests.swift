import Testing

@testable import Timing

@Suite struct FastF1DurationTests {
  private func milliseconds(_ text: String) -> Int64? {
    let bytes = Array(text.utf8)
    return fastF1Milliseconds(bytes.span)
  }

  private func isNull(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return isFastF1Null(bytes.span)
  }

  @Test(arguments: [
    ("0 days 01:03:27.435000", 3_807_435), ("0 days 00:01:23", 83_000), ("-1 days +23:59:59.5", -500),
    ("1 day 00:00:00.001", 86_400_001), ("2 days", 172_800_000), ("83.456", 83_456), ("105", 105_000),
    ("105.06", 105_060), ("96.29600000000001", 96_296), ("96.29599999999999", 96_296), ("83.4567", 83_456),
    ("0.0", 0), ("-0.25", -250), ("1:23.456", 83_456), ("01:02:03.4", 3_723_400), ("83456000000", 83_456),
  ])
  func `every spelling gives milliseconds`(text: String, expected: Int64) {
    #expect(milliseconds(text) == expected)
  }

  @Test(arguments: ["", "x", "1:2:3", "1:60.0", "0 weeks 00:00:01", "1.", "1.2.3", "0 days 00:00:0x", "1e3", "- 1"])
  func `anything else is no duration`(text: String) {
    #expect(milliseconds(text) == nil)
  }

  @Test(arguments: ["", "nan", "NaN", "NaT", "None", "<NA>"])
  func `pandas' ways of saying nothing are understood`(text: String) {
    #expect(isNull(text))
  }

  @Test(arguments: ["0", "nil", "N/A", "none"])
  func `nothing else says nothing`(text: String) {
    #expect(!isNull(text))
  }

  @Test func `every millisecond of a lap survives both spellings`() {
    for time in stride(from: Int64(0), to: 200_000, by: 37) {
      let (seconds, part) = (time / 1000, time % 1000)
      let digits = "\(part + 1000)".dropFirst()
      let minute = "\(seconds / 60 + 100)".dropFirst()
      let second = "\(seconds % 60 + 100)".dropFirst()
      #expect(milliseconds("\(seconds).\(digits)") == time)
      #expect(milliseconds("0 days 00:\(minute):\(second).\(digits)000") == time)
      #expect(milliseconds("\(Double(time) / 1000)") == time)
    }
  }
}
