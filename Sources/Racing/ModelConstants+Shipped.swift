extension ModelConstants {
  /// The published constants, byte for byte; their hash is the model version. `blame calibrate` writes such a text.
  public static let shippedText = String(decoding: PackageResources.model_constants_json, as: UTF8.self)
}
