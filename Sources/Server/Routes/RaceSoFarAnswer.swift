import Commands
import Events
import Racing

extension Api {
  /// The race of a run up to its lap.
  func answer(_ race: RaceSoFar, position: Position) -> Answer {
    var json = JSONWriter(capacity: 16_384)
    json.object { json in
      json.field("position", position.rawValue)
      json.field("model", library.modelVersion)
      json.field("synthetic", library.summary(race.race)?.isSynthetic ?? false)
      json.field("id", race.simulation.description)
      json.field("lap", race.lap)
      json.field("laps", race.lapCount)
      json.array("kinds", race.kinds) { $0.value($1.name) }
      json.array("cars", race.cars) { json, car in json.object { $0.members(of: car) } }
    }
    return Answer(json)
  }
}

extension JSONWriter {
  fileprivate mutating func members(of car: RaceSoFar.Car) {
    field("driver", car.driver.description)
    array("elapsedMilliseconds", car.elapsed) { $0.value($1) }
    array("stints", car.sets) { json, set in
      json.object { json in
        json.field("compound", set.compound.name)
        json.field("firstLap", set.firstLap)
        json.field("lastLap", set.lastLap)
        json.field("age", set.ageAtStart)
      }
    }
  }
}
