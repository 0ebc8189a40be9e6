#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Bytes of a name inside a buffer that somebody else keeps alive; compared with literals without allocating.
struct Word {
  let start: UnsafeRawPointer
  let count: Int

  /// Lets a `switch` over a word list literals.
  @inline(__always)
  static func ~= (literal: StaticString, word: Word) -> Bool {
    literal.utf8CodeUnitCount == word.count && memcmp(literal.utf8Start, word.start, word.count) == 0
  }
}
