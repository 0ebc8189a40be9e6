import Postgres
import Racing

extension RaceStore {
  private static let artefact = Statement(
    "artefact_load", "SELECT bytes FROM app.race_artefacts WHERE record_digest = $1 AND model_version = $2")
  private static let artefactByHash = Statement(
    "artefact_by_hash", "SELECT bytes FROM app.race_artefacts WHERE substring(hash FOR 8) = $1")
  private static let saveArtefact = Statement(
    "artefact_save",
    """
    INSERT INTO app.race_artefacts (record_digest, model_version, hash, bytes) VALUES ($1, $2, $3, $4)
    ON CONFLICT (record_digest, model_version) DO UPDATE SET hash = excluded.hash, bytes = excluded.bytes
    """)
  private static let reference = Statement(
    "reference_load", "SELECT bytes FROM app.crowd_references WHERE record_digest = $1 AND model_version = $2")
  private static let saveReference = Statement(
    "reference_save",
    """
    INSERT INTO app.crowd_references (record_digest, model_version, bytes) VALUES ($1, $2, $3)
    ON CONFLICT (record_digest, model_version) DO UPDATE SET bytes = excluded.bytes
    """)

  private static let autopsy = Statement(
    "autopsy_load",
    "SELECT bytes FROM app.race_autopsies WHERE record_digest = $1 AND model_version = $2 AND driver = $3")
  private static let saveAutopsy = Statement(
    "autopsy_save",
    """
    INSERT INTO app.race_autopsies (record_digest, model_version, driver, bytes) VALUES ($1, $2, $3, $4)
    ON CONFLICT (record_digest, model_version, driver) DO UPDATE SET bytes = excluded.bytes
    """)

  /// The stored answer of a driver's autopsy; nil when it was never computed.
  func autopsyBytes(
    recordDigest: String, modelVersion: String, driver: DriverCode
  ) async throws(RaceStoreError) -> [UInt8]? {
    try await bytes(Self.autopsy, [Self.digest(recordDigest), modelVersion, driver.description])
  }

  func saveAutopsy(
    _ bytes: [UInt8], recordDigest: String, modelVersion: String, driver: DriverCode
  ) async throws(RaceStoreError) {
    if isReadOnly { return }
    do {
      _ = try await pool.query(Self.saveAutopsy, [Self.digest(recordDigest), modelVersion, driver.description, bytes])
    } catch { throw .database(error) }
  }

  /// The bytes of the artefact of a record under a model version; nil when it was never computed.
  func artefactBytes(recordDigest: String, modelVersion: String) async throws(RaceStoreError) -> [UInt8]? {
    try await bytes(Self.artefact, [Self.digest(recordDigest), modelVersion])
  }

  /// The bytes of the artefact whose hash begins with those sixteen digits; nil when there is none.
  func artefactBytes(hashPrefix: String) async throws(RaceStoreError) -> [UInt8]? {
    try await bytes(Self.artefactByHash, [Self.digest(hashPrefix)])
  }

  func save(_ artefact: RaceArtefact) async throws(RaceStoreError) {
    if isReadOnly { return }
    do {
      let parameters: Parameters = [
        Self.digest(artefact.recordDigest), artefact.modelVersion, Self.digest(artefact.hash), artefact.encoded(),
      ]
      _ = try await pool.query(Self.saveArtefact, parameters)
    } catch { throw .database(error) }
  }

  /// The bytes of what the windows of a race are measured against; nil when it was never computed.
  func referenceBytes(recordDigest: String, modelVersion: String) async throws(RaceStoreError) -> [UInt8]? {
    try await bytes(Self.reference, [Self.digest(recordDigest), modelVersion])
  }

  func saveReference(
    _ bytes: [UInt8], recordDigest: String, modelVersion: String
  ) async throws(RaceStoreError) {
    if isReadOnly { return }
    do {
      _ = try await pool.query(Self.saveReference, [Self.digest(recordDigest), modelVersion, bytes])
    } catch { throw .database(error) }
  }

  /// The bytes that hexadecimal digits write.
  static func digest(_ digits: String) -> [UInt8] {
    let values = digits.compactMap(\.hexDigitValue)
    return stride(from: 0, to: values.count - 1, by: 2).map { UInt8(values[$0] << 4 | values[$0 + 1]) }
  }
}
