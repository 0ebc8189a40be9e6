/// The variable segments of paths. Each name means the same everywhere.
enum PathVariable: String, CaseIterable {
  case year, gp, driver, team, circuit, name, id, user, position, level, index, second, third, fourth

  /// What stands there.
  var parameter: Parameter {
    Parameter(rawValue, schema, about, isRequired: true, example: example)
  }

  private var schema: Schema {
    switch self {
    case .year: .season
    case .gp, .team, .circuit, .name: .text(length: 1...64)
    case .driver: .pattern("^[A-Za-z0-9]{3}$")
    case .id, .user: .identifier
    case .position: .whole(1...Int.max)
    case .level: .whole(0...63)
    case .index, .second, .third, .fourth: .pattern("^(x?[0-9]{3}(\\.p)?|[1-9][0-9]{0,2})$")
    }
  }

  private var about: String {
    switch self {
    case .year: "The season."
    case .gp: "The Grand Prix as in URLs, such as monaco."
    case .driver: "Three letters or digits, such as VER; small letters do too."
    case .team: "The team's name in lower case with hyphens."
    case .circuit: "The circuit's identifier, such as monaco or yas-marina."
    case .name: "The player's name, in any case of letters."
    case .id: "A UUID."
    case .user: "The account's identifier."
    case .position: "A position of the log, from 1."
    case .level: "The level of the tree, 0 for the leaves."
    case .index: "The tile's number in groups of three digits: 234, or x001 before 234; 000.p before a width."
    case .second, .third, .fourth: "The next group of digits, or the width of a tile that is not full."
    }
  }

  private var example: String {
    switch self {
    case .year: "2000"
    case .gp, .circuit: "sample"
    case .driver: "ADL"
    case .team: "aurora"
    case .name: "console"
    case .id, .user: "01940000-0000-7000-8000-000000000001"
    case .position: "1"
    case .level: "0"
    case .index: "000.p"
    case .second, .third, .fourth: "1"
    }
  }
}

extension Endpoint.Route {
  /// The variable segments, in order.
  var variables: [PathVariable] {
    path.split(separator: "/").compactMap { segment in
      segment.hasPrefix("{") ? PathVariable(rawValue: String(segment.dropFirst().dropLast())) : nil
    }
  }
}
