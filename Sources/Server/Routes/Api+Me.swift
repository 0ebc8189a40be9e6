import Events
import HTTPTypes
import NIOCore
import Racing

extension Api {
  func changeEmail(_ call: Call) async throws(Problem) -> Answer {
    let account = try call.account()
    let fields = try Fields.body(call.body, names: ["email", "password"], limits: limits)
    let credentials = try fields.credentials()
    try throttle.tryPassword(of: account.id.description, from: call.address)
    do throws(AccountError) {
      return answer(
        about: try await accounts.changeEmail(
          of: account.id, to: credentials.email, password: credentials.password))
    } catch { throw Problem(error) }
  }

  func changePassword(_ call: Call) async throws(Problem) -> Answer {
    let account = try call.account()
    let fields = try Fields.body(call.body, names: ["password", "newPassword"], limits: limits)
    let old = try fields.required("password", try fields.text("password"))
    let new = try fields.required("newPassword", try fields.text("newPassword"))
    try throttle.tryPassword(of: account.id.description, from: call.address)
    do throws(AccountError) {
      try await accounts.changePassword(of: account, from: old, to: new, keeping: call.signedIn?.session)
    } catch { throw Problem(error, at: "/newPassword") }
    return answer(about: account)
  }

  /// The devices that are signed in.
  func sessions(_ call: Call) async throws(Problem) -> Answer {
    let account = try call.account()
    let devices: [Device]
    do throws(AccountError) { devices = try await accounts.sessions.devices(of: account.id) } catch {
      throw Problem(error)
    }
    var json = JSONWriter(capacity: 256 * (devices.count + 1))
    json.object { json in
      json.field("position", live.position.rawValue)
      json.array("sessions", devices) { json, device in
        json.object { json in
          json.members(of: device)
          json.field("current", device.session == call.signedIn?.session)
        }
      }
    }
    return Answer(json)
  }

  func endSession(_ call: Call) async throws(Problem) -> Answer {
    let account = try call.account()
    let session: SessionID = try call.identifier(0, of: .notFound, "a session")
    let isEnded: Bool
    do throws(AccountError) { isEnded = try await accounts.sessions.end(session, of: account.id) } catch {
      throw Problem(error)
    }
    guard isEnded else { throw Problem(.notFound, "You have no session \(session) that is not over.") }
    var json = JSONWriter()
    json.object { json in
      json.field("position", live.position.rawValue)
      json.field("ended", session.description)
    }
    let answer = Answer(json)
    return session == call.signedIn?.session
      ? answer.signingOut(call.headers, isSecure: ownOrigin.isSecure) : answer
  }

  /// Everything that is known of the caller: the account itself, then what it did, with proofs.
  func export(_ call: Call) async throws(Problem) -> Answer {
    let account = try call.account()
    let devices: [Device]
    do throws(AccountError) { devices = try await accounts.sessions.devices(of: account.id) } catch {
      throw Problem(error)
    }
    let shown: [Disclosures.Disclosure]
    do { shown = try await disclosures.all(of: account.id) } catch { throw Problem(error) }
    let history = try await history(of: account.id, for: call)
    var json = JSONWriter()
    json.object { json in
      json.object("account") { json in
        json.members(of: account)
        json.array("sessions", devices) { json, device in json.object { $0.members(of: device) } }
        json.array("shown", shown) { json, disclosure in
          json.object { json in
            json.field("season", disclosure.race.season)
            json.field("round", disclosure.race.round)
            json.field("what", disclosure.what)
            json.field("firstSeenAt", disclosure.firstSeenAt.text)
          }
        }
      }
    }
    var answer = Answer(type: .jsonLines, body: .init(bytes: json.bytes + [UInt8(ascii: "\n")]))
    answer.body.writeString(history.text)
    answer.headers[.contentDisposition] = "attachment; filename=\"blame-\(account.id).jsonl\""
    return answer
  }
}

extension JSONWriter {
  mutating func members(of device: Device) {
    field("id", device.session.description)
    field("createdAt", device.createdAt.text)
    field("lastUsedAt", device.lastUsedAt.text)
    field("expiresAt", device.expiresAt.text)
    field("device", device.text)
  }
}
