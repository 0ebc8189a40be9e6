extension LiveSession {
  /// The topics that are read, the two names of the one that laps are made from among them.
  public static var topicNames: [String] { LiveTopics.names }

  /// The topics that laps are made from: either will do, the first is the fuller one.
  public static let lapTopics = ["TimingData", "TimingDataF1"]

  /// Topics whose absence takes nothing away.
  public static var optionalTopics: Set<String> { LiveTopics.optional }

  /// A session of topics that are in memory: the bytes of each `.jsonStream` by the topic's name.
  public init(topics files: [String: [UInt8]], kind: SessionKind? = nil, official: OfficialResults = OfficialResults())
  {
    self.init()
    givenKind = kind
    self.official = official
    for topic in LiveTopics.names {
      if let bytes = files[topic] {
        read(topic, bytes, input: topic)
      } else if !LiveTopics.optional.contains(topic) {
        missingTopics.append(topic)
      }
    }
  }

  /// Reads one more topic's bytes.
  public mutating func read(topic: String, _ bytes: [UInt8]) {
    read(topic, bytes, input: topic)
  }

  /// Laps that the set on a car has by the feed's own count, as last sent at or before that moment. It is a check and no
  /// source: it freezes in some sessions.
  public func announcedTyreLife(number: Int, at time: Int) -> Int? {
    var highest = -1
    var latest: Int?
    for patch in topics.tyres[number] ?? [] where patch.time <= time {
      if patch.key > highest { (highest, latest) = (patch.key, nil) }
      if patch.key == highest { latest = patch.totalLaps ?? latest }
    }
    return latest
  }

  /// Lap ends that the feed announced, whether the lap was recorded whole or not.
  public var announcedLapEnds: Int { alignedCars(.all).cars.map(\.announcedEnds).reduce(0, +) }

  /// The largest difference between UTC and session time that the feed shows: UTC of session time 0, in milliseconds
  /// since 1970. Nil where nothing tells it.
  public var utcOrigin: Int? {
    if let recordedOrigin { return recordedOrigin }
    if let start = statusSeriesStart, let announced = announcedStart { return start - announced }
    if let origin = topics.heartbeatOrigin { return origin }
    return messages?.compactMap { message in
      guard let utc = message.utcMilliseconds, let time = message.sessionMilliseconds else { return nil }
      return utc - time
    }.max()
  }

  /// UTC of the start in SessionData.
  var statusSeriesStart: Int? {
    let series = topics.sessionData["StatusSeries"]?.indexed ?? []
    return series.first { $0.value["SessionStatus"]?.string == "Started" }?.value["Utc"]?.string
      .flatMap(UTCText.instant)
  }
}

extension LiveSession {
  /// The official results of this session; none where no answer lies beside the topics.
  public var officialRows: [OfficialResults.Row] { official.rows(kind) }

  /// Official times of lap 1 by car number.
  public var officialFirstLaps: [Int: Int] { official.firstLapTimes }
}
