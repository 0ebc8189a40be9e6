import Commands
import Events
import Racing
import Testing

/// In a live run nothing is driven past a change of the track status that the player has not seen.
struct InterruptionTests {
  @Test func `an advance stops before the safety car and before the restart`() async throws {
    let pits = Pits()
    let run = try await pits.start().simulation
    let first = try await pits.advance(run, to: 12)
    #expect(first.interruption == Interruption(lap: 8, reason: .trackStatus(.safetyCar)))
    #expect(first.view.lap == 7)
    #expect(first.view.next?.kind == .safetyCar)
    let second = try await pits.advance(run, to: 12)
    #expect(second.interruption == Interruption(lap: 11, reason: .trackStatus(.green)))
    #expect(try await pits.advance(run, to: 12).interruption == nil)
  }

  @Test func `a decision beyond the safety car drives up to it and is not made`() async throws {
    let pits = Pits()
    let run = try await pits.start().simulation
    let outcome = try await pits.decide(run, 12, .pit(.hard))
    #expect(outcome.interruption == Interruption(lap: 8, reason: .trackStatus(.safetyCar)))
    #expect(outcome.view.lap == 7)
    #expect(outcome.view.decisions.map(\.kind) == [.start])
    #expect(try await pits.events(of: run).last == .simulationAdvanced(SimulationAdvanced(lap: 7)))
  }

  @Test func `a decision for the lap on which the safety car comes out is asked again`() async throws {
    let pits = Pits()
    let run = try await pits.start().simulation
    #expect(try await pits.decide(run, 8, .pit(.hard)).interruption != nil)
    let outcome = try await pits.decide(run, 8, .pit(.hard))
    #expect(outcome.interruption == nil)
    #expect(outcome.view.decisions.last?.kind == .pit)
  }

  @Test func `an advance that ends where the change is known is complete`() async throws {
    let pits = Pits()
    let run = try await pits.start().simulation
    let outcome = try await pits.advance(run, to: 7)
    #expect(outcome.interruption == nil)
    #expect(outcome.view.next?.kind == .safetyCar)
  }

  @Test func `with everything shown nothing interrupts`() async throws {
    let pits = Pits()
    let run = try await pits.start(mode: .hindsight).simulation
    let outcome = try await pits.decide(run, 12, .pit(.hard))
    #expect(outcome.interruption == nil)
    #expect(outcome.view.lap == 11)
    #expect(!outcome.view.isRanked)
  }

  @Test func `a refusal never tells where the track status changes`() async throws {
    // Asking for a far lap either costs the laps up to there or is judged without looking at them.
    let pits = Pits()
    let choices: [MakeDecision.Choice] = [.stayOut, .pit(.soft), .pit(.medium), .pit(.hard), .pace(.push)]
    for lap in 3...18 {
      for choice in choices {
        let runs = (quiet: try await quiet.start().simulation, changing: try await pits.start().simulation)
        let refusals = (
          quiet: await refusal(quiet, runs.quiet, lap, choice),
          changing: await refusal(pits, runs.changing, lap, choice)
        )
        #expect(refusals.quiet == refusals.changing, "lap \(lap), \(choice)")
      }
    }
  }

  /// The same race without a safety car.
  private let quiet = Pits(.init(safetyCar: nil))

  private func refusal(_ pits: Pits, _ run: StreamID, _ lap: Int, _ choice: MakeDecision.Choice) async -> CommandError?
  {
    do throws(CommandError) {
      try await pits.decide(run, lap, choice)
      return nil
    } catch {
      return error
    }
  }

  @Test func `what cannot be done on a far lap leaves the laps up to there driven`() async throws {
    let pits = Pits()
    let run = try await pits.start().simulation
    let outcome = try await pits.decide(run, 6, .stayOut)
    #expect(outcome.interruption == Interruption(lap: 6, reason: .notPossible))
    #expect(outcome.view.lap == 5)
  }
}
