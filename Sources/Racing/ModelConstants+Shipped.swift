extension ModelConstants {
  /// The published constants, byte for byte; their hash is the model version.
  package static let shippedText = #"""
    {
      "algorithmRevision": 2,
      "cleaning": {
        "anchorLimitMilliseconds": 1000, "wetShare": "0.02", "dryFactor": "1.07", "dryQuantile": "0.05",
        "wetFactor": "1.25", "minimumCleanLaps": 300, "minimumLaps": 20
      },
      "fit": {
        "iterations": 8,
        "firstScale": "0.35", "minimumScale": "0.08", "madFactor": "1.4826", "huber": "1.2",
        "common": {"mean": "0", "deviation": "1000"},
        "fuel": {"mean": "-0.05", "deviation": "0.02"},
        "dryIncrement": "0.2", "dryRidge": "1.0", "wetIncrement": "2.0", "wetRidge": "15",
        "team": {"mean": "0", "deviation": "0.30"},
        "driver": {"mean": "0", "deviation": "0.20"},
        "compound": [
          {"mean": "-0.2", "deviation": "0.1"},
          {"mean": "0", "deviation": "0.1"},
          {"mean": "0.2", "deviation": "0.1"},
          {"mean": "0", "deviation": "2.0"},
          {"mean": "0", "deviation": "2.0"}
        ],
        "wear": {"mean": "0.05", "deviation": "0.02"},
        "compoundWear": [
          {"mean": "0.03", "deviation": "0.01"},
          {"mean": "0", "deviation": "0.01"},
          {"mean": "-0.02", "deviation": "0.01"},
          {"mean": "0", "deviation": "0.02"},
          {"mean": "0", "deviation": "0.02"}
        ],
        "cliff": {"mean": "0", "deviation": "0.0004"}, "cliffAge": "15",
        "driverWear": {"mean": "0", "deviation": "0.004"}, "driverWearAge": "12",
        "traffic": [
          {"mean": "0.8", "deviation": "0.6"}, {"mean": "0.6", "deviation": "0.6"}, {"mean": "0.2", "deviation": "0.6"}
        ],
        "otherTraffic": [
          {"mean": "0.4", "deviation": "0.4"}, {"mean": "0.3", "deviation": "0.4"}, {"mean": "0.2", "deviation": "0.4"}
        ],
        "lapped": {"mean": "1.2", "deviation": "0.6"}, "passed": {"mean": "0.2", "deviation": "0.3"},
        "warmUp": {"mean": "0", "deviation": "0.3"},
        "smearLimit": "3", "smearGap": "2", "referenceLaps": 10, "referenceShare": "0.3"
      },
      "lapKinds": {
        "wearQuarters": [4, 4, 2, 1, 0], "yellowLimit": "1.1", "virtualSafetyCarDefault": "1.4",
        "safetyCarDefault": "1.6", "safetyCarQuantile": "0.05", "minimumCars": 3
      },
      "pitLoss": {
        "safetyCarPercent": 62, "virtualSafetyCarPercent": 80, "laneLimitMilliseconds": 60000, "minimumStops": 5,
        "bestQuantile": "0.10", "defaultSpreadMilliseconds": 600
      },
      "tables": {
        "windowPenaltyMilliseconds": 60000, "windowMargin": 2, "capQuantile": "0.90", "capMargin": 2, "minimumCap": 8,
        "spareLaps": 2
      },
      "follow": {
        "obstaclePercent": 130, "neutralisedGapMilliseconds": 800, "passCostMilliseconds": 400,
        "passMarginMilliseconds": 200, "rangeMilliseconds": 3500, "thetaFactor": "0.3", "restartTheta": 3, "restartLaps": 2,
        "knotDeltas": [-6000, -750, -250, 0, 250, 750, 1250, 1750, 2500, 3500],
        "oneLapGaps": [450, 500, 580, 650, 740, 1000, 1390, 1870, 2550, 3500],
        "raceGaps": [260, 260, 260, 260, 422, 838, 1299, 1792, 2518, 3500]
      },
      "modes": {
        "pushMilliseconds": -250, "pushQuarters": 7, "saveMilliseconds": 300, "saveQuarters": 2
      },
      "boxNow": {"freshMilliseconds": 1500, "errorMilliseconds": 1800},
      "neutralisation": {
        "safetyCarStart": "0.0103", "virtualSafetyCarStart": "0.0099", "safetyCarLaps": "4.2",
        "virtualSafetyCarLaps": "2.0", "typicalSafetyCarMillionths": 570000
      },
      "autopsy": {
        "incidentMilliseconds": 2000, "incidentScales": 4, "blameMilliseconds": 500, "nameMilliseconds": 1000,
        "namePercent": 15, "meaningfulMilliseconds": 3000, "slotDefaultMilliseconds": 600,
        "slotLimitMilliseconds": 3000, "minimumLaps": 15
      },
      "scoring": {
        "weights": [35, 20, 35, 10], "optimalMilliseconds": 200, "windowMilliseconds": 1000,
        "decisionDecayTenths": 5, "outcomeDecayTenths": 14, "mapFrom": [4906, 8501], "mapTo": [3900, 7300]
      },
      "crowd": {"mass": "0.70", "priorUsers": 4, "kernelFloorLaps": 1},
      "rating": {"priorRuns": 5, "priorHundredths": 6000},
      "rules": [
        {"season": 2023, "slug": "qatar", "maximumStintLaps": 18},
        {"season": 2025, "slug": "qatar", "maximumStintLaps": 25},
        {"season": 2025, "slug": "monaco", "minimumStops": 2}
      ],
      "circuits": [
        {"id": "austin", "inMilliseconds": 420, "outMilliseconds": 20710, "lossMilliseconds": 21370,
          "stops": 83, "errorMilliseconds": 210, "passAdvantageMilliseconds": 1060, "safetyCarMillionths": 430000},
        {"id": "bahrain", "inMilliseconds": 2780, "outMilliseconds": 22120, "lossMilliseconds": 24920,
          "stops": 112, "errorMilliseconds": 160, "passAdvantageMilliseconds": 1030, "safetyCarMillionths": 610000},
        {"id": "baku", "inMilliseconds": 4970, "outMilliseconds": 17490, "lossMilliseconds": 22220,
          "stops": 35, "errorMilliseconds": 380, "passAdvantageMilliseconds": 1730, "safetyCarMillionths": 530000},
        {"id": "catalunya", "inMilliseconds": 3880, "outMilliseconds": 19140, "lossMilliseconds": 23180,
          "stops": 135, "errorMilliseconds": 140, "passAdvantageMilliseconds": 880, "safetyCarMillionths": 480000},
        {"id": "hungaroring", "inMilliseconds": 2690, "outMilliseconds": 19200, "lossMilliseconds": 21990,
          "stops": 107, "errorMilliseconds": 230, "passAdvantageMilliseconds": 1620, "safetyCarMillionths": 300000},
        {"id": "imola", "inMilliseconds": 4660, "outMilliseconds": 23600, "lossMilliseconds": 28810,
          "stops": 25, "errorMilliseconds": 350, "passAdvantageMilliseconds": 1860, "safetyCarMillionths": 570000},
        {"id": "interlagos", "inMilliseconds": 3880, "outMilliseconds": 18040, "lossMilliseconds": 22230,
          "stops": 69, "errorMilliseconds": 180, "passAdvantageMilliseconds": 880, "safetyCarMillionths": 730000},
        {"id": "jeddah", "inMilliseconds": 3180, "outMilliseconds": 18450, "lossMilliseconds": 21300,
          "stops": 18, "errorMilliseconds": 460, "passAdvantageMilliseconds": 1510, "safetyCarMillionths": 570000},
        {"id": "las-vegas", "inMilliseconds": 5670, "outMilliseconds": 17310, "lossMilliseconds": 23370,
          "stops": 53, "errorMilliseconds": 340, "passAdvantageMilliseconds": 1010, "safetyCarMillionths": 570000},
        {"id": "lusail", "inMilliseconds": 4130, "outMilliseconds": 23960, "lossMilliseconds": 27900,
          "stops": 48, "errorMilliseconds": 320, "passAdvantageMilliseconds": 1560, "safetyCarMillionths": 570000},
        {"id": "marina-bay", "inMilliseconds": 8530, "outMilliseconds": 21460, "lossMilliseconds": 30070,
          "stops": 25, "errorMilliseconds": 400, "passAdvantageMilliseconds": 2180, "safetyCarMillionths": 700000},
        {"id": "melbourne", "inMilliseconds": 14630, "outMilliseconds": 6170, "lossMilliseconds": 21150,
          "stops": 44, "errorMilliseconds": 250, "passAdvantageMilliseconds": 1040, "safetyCarMillionths": 590000},
        {"id": "mexico-city", "inMilliseconds": 3510, "outMilliseconds": 20020, "lossMilliseconds": 23700,
          "stops": 59, "errorMilliseconds": 210, "passAdvantageMilliseconds": 1180, "safetyCarMillionths": 530000},
        {"id": "miami", "inMilliseconds": 5220, "outMilliseconds": 15130, "lossMilliseconds": 20270,
          "stops": 45, "errorMilliseconds": 210, "passAdvantageMilliseconds": 920, "safetyCarMillionths": 570000},
        {"id": "monaco", "inMilliseconds": 18890, "outMilliseconds": 3160, "lossMilliseconds": 22040,
          "stops": 5, "errorMilliseconds": 5110, "passAdvantageMilliseconds": 4150, "safetyCarMillionths": 530000},
        {"id": "montreal", "inMilliseconds": 16480, "outMilliseconds": 3470, "lossMilliseconds": 19750,
          "stops": 23, "errorMilliseconds": 230, "passAdvantageMilliseconds": 2000, "safetyCarMillionths": 700000},
        {"id": "monza", "inMilliseconds": 4580, "outMilliseconds": 20910, "lossMilliseconds": 25670,
          "stops": 74, "errorMilliseconds": 170, "passAdvantageMilliseconds": 1080, "safetyCarMillionths": 570000},
        {"id": "paul-ricard", "inMilliseconds": 20320, "outMilliseconds": 7640, "lossMilliseconds": 28260,
          "stops": 5, "errorMilliseconds": 370, "passAdvantageMilliseconds": 1200, "safetyCarMillionths": 570000},
        {"id": "shanghai", "inMilliseconds": 5300, "outMilliseconds": 18680, "lossMilliseconds": 23870,
          "stops": 22, "errorMilliseconds": 220, "passAdvantageMilliseconds": 980, "safetyCarMillionths": 570000},
        {"id": "silverstone", "inMilliseconds": -220, "outMilliseconds": 21760, "lossMilliseconds": 21610,
          "stops": 27, "errorMilliseconds": 480, "passAdvantageMilliseconds": 1010, "safetyCarMillionths": 690000},
        {"id": "spa-francorchamps", "inMilliseconds": 4370, "outMilliseconds": 14430, "lossMilliseconds": 18940,
          "stops": 105, "errorMilliseconds": 140, "passAdvantageMilliseconds": 1010, "safetyCarMillionths": 570000},
        {"id": "spielberg", "inMilliseconds": 3710, "outMilliseconds": 17830, "lossMilliseconds": 21770,
          "stops": 106, "errorMilliseconds": 220, "passAdvantageMilliseconds": 740, "safetyCarMillionths": 480000},
        {"id": "suzuka", "inMilliseconds": 2430, "outMilliseconds": 20180, "lossMilliseconds": 22650,
          "stops": 62, "errorMilliseconds": 240, "passAdvantageMilliseconds": 1210, "safetyCarMillionths": 590000},
        {"id": "yas-marina", "inMilliseconds": 2160, "outMilliseconds": 20890, "lossMilliseconds": 22990,
          "stops": 85, "errorMilliseconds": 170, "passAdvantageMilliseconds": 750, "safetyCarMillionths": 480000},
        {"id": "zandvoort", "inMilliseconds": 3280, "outMilliseconds": 19620, "lossMilliseconds": 23090,
          "stops": 56, "errorMilliseconds": 200, "passAdvantageMilliseconds": 1630, "safetyCarMillionths": 570000},
        {"id": "", "inMilliseconds": 4100, "outMilliseconds": 18500, "lossMilliseconds": 22600,
          "stops": 0, "passAdvantageMilliseconds": 1200, "safetyCarMillionths": 570000}
      ]
    }
    """#
}
