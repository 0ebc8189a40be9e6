/// Why a race has no model, or stored bytes could not be read.
public enum ModelError: Error, Equatable, Sendable {
  /// The race is not fit to be modelled.
  case refused(Refusal)
  /// The normal equations have no solution at this column: the constants give a parameter no prior.
  case notPositiveDefinite(column: Int)
  /// A stored race cannot be read: the line, from 1, and what is wrong with it.
  case malformedRecord(line: Int, reason: String)
  /// A stored artefact cannot be read: the byte, from 0, and what is wrong there.
  case malformedArtefact(offset: Int, reason: String)
  /// The constants of the model cannot be used: what is wrong and where.
  case malformedConstants(reason: String)

  /// Why a race is not modelled.
  public enum Refusal: Equatable, Sendable {
    /// The laps driven differ from the official distance.
    case distanceDiffers(official: Int, driven: Int)
    /// The data are of quality C; the note says why.
    case poorQuality(note: String)
    /// Too few laps can be used for fitting.
    case tooFewCleanLaps(found: Int, needed: Int)
    /// The race was too short.
    case tooShort(laps: Int, needed: Int)
    /// The record contradicts itself.
    case inconsistent(reason: String)
  }
}

extension ModelError: CustomStringConvertible {
  /// The error in words.
  public var description: String {
    switch self {
    case .refused(let refusal): "the race is not modelled: \(refusal)"
    case .notPositiveDefinite(let column):
      "the fit has no solution: column \(column) of the normal equations has no positive pivot; check the priors"
    case .malformedRecord(let line, let reason): "line \(line) of the race record: \(reason)"
    case .malformedArtefact(let offset, let reason): "byte \(offset) of the race artefact: \(reason)"
    case .malformedConstants(let reason): "the model constants: \(reason)"
    }
  }
}

extension ModelError.Refusal: CustomStringConvertible {
  /// The reason in words.
  public var description: String {
    switch self {
    case .distanceDiffers(let official, let driven):
      "the laps reach \(driven) but the official distance is \(official) laps"
    case .poorQuality(let note): "its data are of quality C (\(note))"
    case .tooFewCleanLaps(let found, let needed): "only \(found) laps can be used for fitting, and \(needed) are needed"
    case .tooShort(let laps, let needed): "it had \(laps) laps, and \(needed) are needed"
    case .inconsistent(let reason): "its record contradicts itself: \(reason)"
    }
  }
}
