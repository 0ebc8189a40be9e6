@testable import Timing

/// Answers of OpenF1 for a made-up race: two cars, five laps, one stop each.
enum MadeUpAnswers {
  static let origin = 1_700_000_000_000
  static let key = 9_999

  static func utc(_ time: Int) -> String { "\(UTCText.text(origin + time).dropLast())000+00:00" }

  /// A lap of 90 s and its thirds, one second slower for the second car.
  static func lap(_ number: Int, _ lap: Int, start: Int? = nil) -> String {
    let third = number == 1 ? "30.0" : "30.333"
    let duration = number == 1 ? "90.0" : "90.999"
    let begin = (lap - 1) * (number == 1 ? 90_000 : 90_999)
    return """
      {"meeting_key":1,"session_key":\(key),"driver_number":\(number),"lap_number":\(lap),\
      "date_start":"\(utc(start ?? begin))","duration_sector_1":\(third),"duration_sector_2":\(third),\
      "duration_sector_3":\(third),"i1_speed":290,"i2_speed":null,"is_pit_out_lap":\(lap == 4),\
      "lap_duration":\(duration),"segments_sector_1":[2049,null],"segments_sector_2":[2048],\
      "segments_sector_3":[2051,2051],"st_speed":311}
      """
  }

  static var laps: [String] { [1, 44].flatMap { number in (1...5).map { lap(number, $0) } } }

  static var answers: [String: String] {
    [
      "laps": "[\(laps.joined(separator: ","))]",
      "drivers": """
      [{"session_key":\(key),"driver_number":1,"name_acronym":"VER","full_name":"Max VERSTAPPEN","team_name":"Red Bull Racing"},
      {"session_key":\(key),"driver_number":44,"name_acronym":"HAM","full_name":"Lewis HAMILTON","team_name":"Mercedes"}]
      """,
      "sessions": """
      [{"session_key":\(key),"meeting_key":1,"session_type":"Race","session_name":"Race","year":2024,"date_start":"\(utc(0))"}]
      """,
      "meetings": "[{\"meeting_key\":1,\"meeting_name\":\"Singapore Grand Prix\",\"year\":2024}]",
      "stints": """
      [{"session_key":\(key),"driver_number":1,"stint_number":1,"lap_start":1,"lap_end":3,"compound":"MEDIUM","tyre_age_at_start":2},
      {"session_key":\(key),"driver_number":1,"stint_number":2,"lap_start":3,"lap_end":5,"compound":"HARD","tyre_age_at_start":0},
      {"session_key":\(key),"driver_number":44,"stint_number":1,"lap_start":1,"lap_end":2,"compound":"SOFT","tyre_age_at_start":0},
      {"session_key":\(key),"driver_number":44,"stint_number":2,"lap_start":3,"lap_end":3,"compound":"SOFT","tyre_age_at_start":2},
      {"session_key":\(key),"driver_number":44,"stint_number":3,"lap_start":5,"lap_end":4,"compound":null,"tyre_age_at_start":null}]
      """,
      "pit": """
      [{"session_key":\(key),"driver_number":1,"lap_number":3,"date":"\(utc(285_000))","pit_duration":22.5},
      {"session_key":\(key),"driver_number":44,"lap_number":9,"date":null,"pit_duration":null}]
      """,
      "position": """
      [{"session_key":\(key),"driver_number":1,"date":"\(utc(-1_000))","position":1},
      {"session_key":\(key),"driver_number":44,"date":"\(utc(-1_000))","position":2}]
      """,
      "session_result": """
      [{"session_key":\(key),"driver_number":1,"position":1,"number_of_laps":5,"dnf":false,"dns":false,"dsq":false,"duration":450.0,"gap_to_leader":0},
      {"session_key":\(key),"driver_number":44,"position":2,"number_of_laps":5,"dnf":false,"dns":false,"dsq":false,"duration":454.995,"gap_to_leader":4.995}]
      """,
    ]
  }

  static func session(_ changes: [String: String] = [:]) -> OpenF1Session {
    let all = answers.merging(changes) { $1 }
    return OpenF1Session(answers: all.mapValues { Array($0.utf8) })
  }
}
