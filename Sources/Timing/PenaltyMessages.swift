import Racing

/// Collects time penalties from race control's messages: `5 SECOND TIME PENALTY FOR CAR 44 (HAM) - …`.
///
/// `FIA STEWARDS:` in front is stripped and equal texts count once. Stop-and-go penalties and `PENALTY SERVED` are others.
struct PenaltyMessages: Sendable {
  private var seen: Set<String> = []
  private var announced: [(car: Int, penalty: Penalty)] = []

  /// Takes one message in.
  mutating func read(_ message: String, lap: Int) {
    let text = PenaltyMessages.stripped(message)
    guard let (seconds, car) = PenaltyMessages.parse(text), seen.insert(text).inserted else { return }
    announced.append((car, Penalty(lap: lap, milliseconds: seconds * 1000)))
  }

  /// The penalties of that car, in the order announced.
  func penalties(car: Int?) -> [Penalty] {
    announced.filter { $0.car == car }.map(\.penalty)
  }

  /// The message without the sender and without spaces around it.
  private static func stripped(_ message: String) -> String {
    let text = message.hasPrefix(sender) ? message.dropFirst(sender.count) : message[...]
    let withoutHead = text.drop { $0 == " " }
    let length = withoutHead.reversed().drop { $0 == " " }.count
    return String(withoutHead.prefix(length))
  }

  /// Seconds and car number of a time penalty; nil for any other message.
  private static func parse(_ text: String) -> (seconds: Int64, car: Int)? {
    let words = text.split(separator: " ", maxSplits: 7)
    guard words.count >= 7, words[1] == "SECOND" || words[1] == "SECONDS", words[2] == "TIME", words[3] == "PENALTY",
      words[4] == "FOR", words[5] == "CAR", let seconds = Int64(words[0]), (1...600).contains(seconds),
      let car = Int(words[6])
    else { return nil }
    return (seconds, car)
  }

  private static let sender = "FIA STEWARDS:"
}
