import Foundation

/// Standard output and standard error as people see them.
enum Terminal {
  /// Standard error is a terminal that understands cursor movement.
  static let isInteractive = isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"

  /// Standard output shows colours.
  static let hasColour =
    isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
    && ProcessInfo.processInfo.environment["TERM"] != "dumb"

  /// Standard output is a terminal that understands cursor movement.
  static let isRedrawing = isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"

  /// Writes lines over the last lines on standard output.
  static func redraw(_ lines: [String], over count: Int) {
    let up = count > 0 ? "\u{1B}[\(count)A\u{1B}[J" : ""
    FileHandle.standardOutput.write(Data((up + lines.map { $0 + "\n" }.joined()).utf8))
  }

  /// Columns of the terminal, 80 when unknown.
  static var columns: Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// One line on standard output.
  static func print(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
  }

  /// One line about what went wrong, on standard error.
  static func complain(_ sentence: String) {
    FileHandle.standardError.write(Data(("blame: " + sentence + "\n").utf8))
  }

  /// Lines of a log on standard error, with their ends.
  static func log(_ lines: [UInt8]) { FileHandle.standardError.write(Data(lines)) }

  /// Text on standard error without a line end.
  static func draw(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }

  /// The text in bold where standard output shows colours.
  static func bold(_ text: String) -> String { hasColour ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

  /// The text dimmed where standard output shows colours.
  static func dim(_ text: String) -> String { hasColour ? "\u{1B}[2m\(text)\u{1B}[0m" : text }
}
