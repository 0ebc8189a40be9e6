/// The Grands Prix of the seasons since 2018: their words, their slugs and where they were held.
struct GrandPrixNames: Sendable {
  /// One Grand Prix.
  struct Entry: Sendable {
    /// `monaco`.
    let slug: String
    /// `Monaco Grand Prix`, as in the season's own calendar.
    let name: String
    /// The circuit's identifier.
    let circuit: String
    /// Seasons in which it was held there.
    let seasons: ClosedRange<Int>
  }

  /// The Grand Prix with those words; case is ignored.
  static func named(_ name: String) -> Entry? {
    let wanted = name.lowercased()
    return all.first { $0.name.lowercased() == wanted }
  }

  /// The Grand Prix with that slug in that season, or in any when it moved since.
  static func slug(_ slug: String) -> Entry? {
    all.first { $0.slug == slug }
  }

  private static let usual = 2018...2100

  private static let all: [Entry] = [
    Entry(slug: "70th-anniversary", name: "70th Anniversary Grand Prix", circuit: "silverstone", seasons: 2020...2020),
    Entry(slug: "abu-dhabi", name: "Abu Dhabi Grand Prix", circuit: "yas-marina", seasons: usual),
    Entry(slug: "australia", name: "Australian Grand Prix", circuit: "melbourne", seasons: usual),
    Entry(slug: "austria", name: "Austrian Grand Prix", circuit: "spielberg", seasons: usual),
    Entry(slug: "azerbaijan", name: "Azerbaijan Grand Prix", circuit: "baku", seasons: usual),
    Entry(slug: "bahrain", name: "Bahrain Grand Prix", circuit: "bahrain", seasons: usual),
    Entry(slug: "belgium", name: "Belgian Grand Prix", circuit: "spa-francorchamps", seasons: usual),
    Entry(slug: "brazil", name: "Brazilian Grand Prix", circuit: "interlagos", seasons: 2018...2020),
    Entry(slug: "canada", name: "Canadian Grand Prix", circuit: "montreal", seasons: usual),
    Entry(slug: "china", name: "Chinese Grand Prix", circuit: "shanghai", seasons: usual),
    Entry(slug: "eifel", name: "Eifel Grand Prix", circuit: "nurburgring", seasons: 2020...2020),
    Entry(slug: "emilia-romagna", name: "Emilia Romagna Grand Prix", circuit: "imola", seasons: usual),
    Entry(slug: "france", name: "French Grand Prix", circuit: "paul-ricard", seasons: 2018...2022),
    Entry(slug: "germany", name: "German Grand Prix", circuit: "hockenheimring", seasons: 2018...2019),
    Entry(slug: "great-britain", name: "British Grand Prix", circuit: "silverstone", seasons: usual),
    Entry(slug: "hungary", name: "Hungarian Grand Prix", circuit: "hungaroring", seasons: usual),
    Entry(slug: "italy", name: "Italian Grand Prix", circuit: "monza", seasons: usual),
    Entry(slug: "japan", name: "Japanese Grand Prix", circuit: "suzuka", seasons: usual),
    Entry(slug: "las-vegas", name: "Las Vegas Grand Prix", circuit: "las-vegas", seasons: usual),
    Entry(slug: "mexico", name: "Mexican Grand Prix", circuit: "mexico-city", seasons: usual),
    Entry(slug: "mexico", name: "Mexico City Grand Prix", circuit: "mexico-city", seasons: usual),
    Entry(slug: "miami", name: "Miami Grand Prix", circuit: "miami", seasons: usual),
    Entry(slug: "monaco", name: "Monaco Grand Prix", circuit: "monaco", seasons: usual),
    Entry(slug: "netherlands", name: "Dutch Grand Prix", circuit: "zandvoort", seasons: usual),
    Entry(slug: "portugal", name: "Portuguese Grand Prix", circuit: "portimao", seasons: 2020...2021),
    Entry(slug: "qatar", name: "Qatar Grand Prix", circuit: "lusail", seasons: usual),
    Entry(slug: "russia", name: "Russian Grand Prix", circuit: "sochi", seasons: 2018...2021),
    Entry(slug: "sakhir", name: "Sakhir Grand Prix", circuit: "bahrain", seasons: 2020...2020),
    Entry(slug: "sao-paulo", name: "São Paulo Grand Prix", circuit: "interlagos", seasons: usual),
    Entry(slug: "saudi-arabia", name: "Saudi Arabian Grand Prix", circuit: "jeddah", seasons: usual),
    Entry(slug: "singapore", name: "Singapore Grand Prix", circuit: "marina-bay", seasons: usual),
    Entry(slug: "spain", name: "Spanish Grand Prix", circuit: "catalunya", seasons: 2018...2025),
    Entry(slug: "styria", name: "Styrian Grand Prix", circuit: "spielberg", seasons: 2020...2021),
    Entry(slug: "turkey", name: "Turkish Grand Prix", circuit: "istanbul", seasons: 2020...2021),
    Entry(slug: "tuscany", name: "Tuscan Grand Prix", circuit: "mugello", seasons: 2020...2020),
    Entry(slug: "united-states", name: "United States Grand Prix", circuit: "austin", seasons: usual),
  ]
}
