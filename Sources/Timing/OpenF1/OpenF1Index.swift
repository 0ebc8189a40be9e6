/// Meetings and sessions as OpenF1 lists them, for whoever looks for the keys of one.
public enum OpenF1Index {
  /// The key of a season's Grand Prix in an answer of `meetings`; nil where it is not listed.
  public static func meetingKey(slug: String, in answer: [UInt8]) -> Int? {
    rows(answer).first { row in
      row["meeting_name"]?.string.flatMap(GrandPrixNames.named)?.slug == slug && row["is_cancelled"]?.truth != true
    }?["meeting_key"]?.whole
  }

  /// Slugs of the Grands Prix in an answer of `meetings`.
  public static func slugs(in answer: [UInt8]) -> [String] {
    rows(answer).compactMap { $0["meeting_name"]?.string.flatMap(GrandPrixNames.named)?.slug }
  }

  /// The key of a session in an answer of `sessions` of one meeting; nil where it is not listed.
  /// - Parameter name: `Race` or `Qualifying`.
  public static func sessionKey(named name: String, in answer: [UInt8]) -> Int? {
    rows(answer).first { $0["session_name"]?.string == name && $0["is_cancelled"]?.truth != true }?["session_key"]?
      .whole
  }

  private static func rows(_ answer: [UInt8]) -> [[String: JSONValue]] { OpenF1Rows(answer, input: "index").rows }
}
