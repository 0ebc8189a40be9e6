/// What checking a password costs (RFC 7914): about 128 · r · N bytes of memory, p times over.
public struct ScryptCost: Sendable, Hashable {
  /// Binary logarithm of N.
  public let logN: Int
  /// Block size, r.
  public let blockSize: Int
  /// Passes, p.
  public let parallelism: Int

  /// 32 MiB and three passes: some tenths of a second.
  public static let standard = ScryptCost(logN: 15, blockSize: 8, parallelism: 3)!

  /// A cost; nil when it is so low that it protects nothing or so high that checking it would stop the server.
  public init?(logN: Int, blockSize: Int, parallelism: Int) {
    guard (1...20).contains(logN), (1...32).contains(blockSize), (1...16).contains(parallelism),
      logN + Self.bits(blockSize) <= 24, logN < 16 * blockSize
    else { return nil }
    self.logN = logN
    self.blockSize = blockSize
    self.parallelism = parallelism
  }

  /// A cost as it is written, such as `ln=15,r=8,p=3`; nil for anything else.
  public init?(_ text: some StringProtocol) {
    var values: [Int] = []
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count == 3 else { return nil }
    for (part, name) in zip(parts, ["ln=", "r=", "p="]) {
      guard part.hasPrefix(name), let value = Int(part.dropFirst(name.count)) else { return nil }
      values.append(value)
    }
    self.init(logN: values[0], blockSize: values[1], parallelism: values[2])
  }

  /// As it is written: `ln=15,r=8,p=3`.
  public var text: String { "ln=\(logN),r=\(blockSize),p=\(parallelism)" }

  /// Less than the least that OWASP's Password Storage Cheat Sheet names (N = 2^13, r = 8, p = 10): for tests only.
  public var isCheap: Bool { work < 10 * 8 << 13 }

  /// Blocks mixed, to tell which of two costs is higher.
  var work: Int { (1 << logN) * blockSize * parallelism }

  private static func bits(_ value: Int) -> Int { Int.bitWidth - value.leadingZeroBitCount }
}
