extension Report {
  /// How the numbers were made.
  static let method = [
    "The race is set against an ideal one: the best pace of the race, the best crew, first from the grid, alone on the track, with the best plan known afterwards, under the same neutralisations.",
    "The loss against it is split into six causes and what is left unexplained; the seven add up to the loss exactly.",
    "Each interval holds nine in ten of the refits of the model to resampled laps.",
    "Alternatives are the best plan for each number of stops and tyre at the start, with rivals as they really drove; their windows are the laps on which a stop costs a second more at most.",
    "Windows of the crowd hold seven tenths of the stops of ranked runs, each player weighed, at the log position named above.",
  ]

  /// What the numbers cannot say.
  static let limits = [
    "Everything is estimated from public timing data; fuel, set-up, damage and orders from the pit wall are not in it.",
    "Rivals do not react to another strategy, so gains of alternatives are upper bounds where they would have been covered.",
    "Alternatives are driven again in every refit as they are, so their intervals do not hold that another refit might "
      + "have chosen another plan.",
  ]
}
