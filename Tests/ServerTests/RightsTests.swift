import Commands
import EventStore
import Events
import TestSupport
import Testing

@testable import Server

/// Who may ask for what: every endpoint by every sort of caller.
@Suite(.timeLimit(.minutes(5)))
struct RightsTests {
  private enum Caller: CaseIterable {
    case nobody, guest, registered, pro, operating

    var account: Account? {
      let id = UserID(high: 0x0192_0000_0000_7000, low: 1 << 63)
      return switch self {
      case .nobody: nil
      case .guest: Account(id: id, kind: .guest, name: nil)
      case .registered: Account(id: id, kind: .registered, name: "Ada")
      case .pro: Account(id: id, kind: .registered, name: "Ada", isPro: true)
      case .operating: Account(id: id, kind: .registered, name: "Ada", isOperator: true)
      }
    }
  }

  private enum Outcome: Equatable {
    case whole, preview, unauthenticated, forbidden

    init(_ endpoint: Endpoint, _ account: Account?) {
      do throws(Problem) {
        self = try endpoint.access.extent(for: account) == .whole ? .whole : .preview
      } catch {
        self = error.code == .unauthenticated ? .unauthenticated : .forbidden
      }
    }
  }

  /// Endpoints that need an account, written down once more by hand: whoever adds one has to say here what it is.
  private static let accountsOnly: Set<Endpoint> = [
    .startSimulation, .simulation, .raceSoFar, .review, .decide, .advance, .finish, .abandon, .fork, .me, .eraseMe,
    .changeEmail,
    .changePassword, .sessions, .endSession, .export,
  ]
  private static let proOnly: Set<Endpoint> = [.report]
  private static let operatorsOnly: Set<Endpoint> = [
    .importRace, .cancelJob, .decideRules, .quarantine, .startReplay, .replay,
  ]

  @Test func `every endpoint gives every caller exactly what the table says`() {
    for endpoint in Endpoint.allCases {
      for caller in Caller.allCases {
        let expected: Outcome =
          if Self.accountsOnly.contains(endpoint) {
            caller == .nobody ? .unauthenticated : .whole
          } else if Self.proOnly.contains(endpoint) {
            caller == .pro ? .whole : .preview
          } else if Self.operatorsOnly.contains(endpoint) {
            switch caller {
            case .nobody: .unauthenticated
            case .operating: .whole
            default: .forbidden
            }
          } else {
            .whole
          }
        #expect(Outcome(endpoint, caller.account) == expected, "\(endpoint) for \(caller)")
      }
    }
  }

  @Test func `every case of the table refuses whom it must`() throws {
    let expected: [(Endpoint.Access, [Outcome])] = [
      (.everyone, [.whole, .whole, .whole, .whole, .whole]),
      (.accounts, [.unauthenticated, .whole, .whole, .whole, .whole]),
      (.pro, [.preview, .preview, .preview, .whole, .preview]),
      (.operators, [.unauthenticated, .forbidden, .forbidden, .forbidden, .whole]),
    ]
    for (access, outcomes) in expected {
      for (caller, outcome) in zip(Caller.allCases, outcomes) {
        let found: Outcome
        do throws(Problem) { found = try access.extent(for: caller.account) == .whole ? .whole : .preview } catch {
          found = error.code == .unauthenticated ? .unauthenticated : .forbidden
        }
        #expect(found == outcome, "\(access) for \(caller)")
      }
    }
  }

  @Test func `the running server keeps to the table`() async throws {
    try await withServer {
      $0.replicates = 10
      $0.limits.requestTime = .seconds(120)
    } _: { server in
      try await server.sample()
      let registered = try await server.token("Registered").token
      let pro = try await server.token("Pro")
      _ = try await server.parts.accounts.setRight(.pro, of: pro.account.id, isGranted: true)
      let operating = try await server.token("Operator")
      _ = try await server.parts.accounts.setRight(.operating, of: operating.account.id, isGranted: true)
      let tokens: [(Caller, String?)] = [
        (.nobody, nil), (.guest, try await server.guest()), (.registered, registered), (.pro, pro.token),
        (.operating, operating.token),
      ]
      for route in Endpoint.routes where route.endpoint != .eraseMe && route.endpoint.access != .everyone {
        let path = route.path.replacing("{year}/{gp}/{driver}", with: "2000/sample/ADL")
          .replacing("{year}", with: "2000").replacing("{gp}", with: "sample").replacing("{driver}", with: "ADL")
          .replacing("{id}", with: "01920000-0000-7000-8000-000000000000").replacing("{", with: "").replacing(
            "}", with: "")
        // What operators may do is not done here: it would fetch races and replay the log.
        for (caller, token) in tokens where route.endpoint.access != .operators || caller != .operating {
          let status = try await server.http.send(
            route.method, path, body: route.method == "POST" ? "{}" : nil, token: token
          ).status
          let access = route.endpoint.access
          if access == .accounts, caller == .nobody { #expect(status == 401, "\(route.path)") }
          if access == .pro { #expect(status == (caller == .pro ? 200 : 402), "\(route.path) for \(caller)") }
          if access == .operators {
            if caller == .nobody { #expect(status == 401) } else if caller != .operating { #expect(status == 403) }
          }
          if access == .accounts, caller != .nobody {
            #expect(status != 401 && status != 403, "\(route.path) for \(caller)")
          }
          #expect(status != 500, "\(route.path) for \(caller): \(status)")
        }
      }
    }
  }

  @Test func `rights are given and taken by events, at once, and only when something changes`() async throws {
    try await withServer { server in
      let (token, account) = try await server.token("Ada Lovelace")
      func me() async throws -> JSON { JSON(try await server.http.get("/api/v1/auth/me", token: token)) }
      #expect(try await me()["isPro"] as? Bool == false)
      let granted = try #require(try await server.parts.accounts.setRight(.pro, of: account.id, isGranted: true))
      #expect(try await me()["isPro"] as? Bool == true)
      #expect(try await server.parts.accounts.setRight(.pro, of: account.id, isGranted: true) == nil)
      let revoked = try #require(try await server.parts.accounts.setRight(.pro, of: account.id, isGranted: false))
      #expect(revoked > granted)
      #expect(try await me()["isPro"] as? Bool == false)
      _ = try await server.parts.accounts.setRight(.operating, of: account.id, isGranted: true)
      #expect(try await me()["isOperator"] as? Bool == true)
      let types = try await server.parts.log.events(of: StreamID(user: account.id), after: .zero).map(\.event.type)
      #expect(types == [.userRegistered, .proGranted, .proRevoked, .operatorGranted])
      await #expect(throws: AccountError.self) {
        try await server.parts.accounts.setRight(.pro, of: UserID(high: 1, low: 2), isGranted: true)
      }
    }
  }

  @Test func `a right that another process gives or takes holds as soon as its event is here`() async throws {
    try await withServer { server in
      let (token, account) = try await server.token("Grace Hopper")
      for isGranted in [true, false] {
        #expect(JSON(try await server.http.get("/api/v1/auth/me", token: token))["isPro"] as? Bool == !isGranted)
        let position = try await server.parts.commands.setRight(
          .pro, of: account.id, isGranted: isGranted, id: CommandID(name: "elsewhere \(isGranted)"))
        let reached = try #require(position).rawValue
        #expect(try await server.http.get("/api/v1/leaderboard?minPosition=\(reached)").status == 200)
        #expect(JSON(try await server.http.get("/api/v1/auth/me", token: token))["isPro"] as? Bool == isGranted)
      }
    }
  }
}
