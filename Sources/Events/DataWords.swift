internal import Racing

extension Compound: DataWord {
  init?(word: Word) {
    switch word {
    case "SOFT": self = .soft
    case "MEDIUM": self = .medium
    case "HARD": self = .hard
    case "INTERMEDIATE": self = .intermediate
    case "WET": self = .wet
    default: return nil
    }
  }

  var dataWord: StaticString {
    switch self {
    case .soft: "SOFT"
    case .medium: "MEDIUM"
    case .hard: "HARD"
    case .intermediate: "INTERMEDIATE"
    case .wet: "WET"
    }
  }
}

extension PaceMode: DataWord {
  init?(word: Word) {
    switch word {
    case "normal": self = .normal
    case "push": self = .push
    case "save": self = .save
    default: return nil
    }
  }

  var dataWord: StaticString {
    switch self {
    case .normal: "normal"
    case .push: "push"
    case .save: "save"
    }
  }
}

extension UserRegistered.Kind: DataWord {
  init?(word: Word) {
    switch word {
    case "registered": self = .registered
    case "guest": self = .guest
    case "synthetic": self = .synthetic
    default: return nil
    }
  }

  var dataWord: StaticString {
    switch self {
    case .registered: "registered"
    case .guest: "guest"
    case .synthetic: "synthetic"
    }
  }
}

extension SimulationStarted.Mode: DataWord {
  init?(word: Word) {
    switch word {
    case "live": self = .live
    case "hindsight": self = .hindsight
    default: return nil
    }
  }

  var dataWord: StaticString {
    switch self {
    case .live: "live"
    case .hindsight: "hindsight"
    }
  }
}

extension DecisionMade.Kind: DataWord {
  init?(word: Word) {
    switch word {
    case "start": self = .start
    case "pit": self = .pit
    case "pace": self = .pace
    case "safetyCar": self = .safetyCar
    case "red": self = .red
    case "finish": self = .finish
    default: return nil
    }
  }

  var dataWord: StaticString {
    switch self {
    case .start: "start"
    case .pit: "pit"
    case .pace: "pace"
    case .safetyCar: "safetyCar"
    case .red: "red"
    case .finish: "finish"
    }
  }
}
