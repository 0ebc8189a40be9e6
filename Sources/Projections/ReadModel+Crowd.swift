internal import Events

extension ReadModel {
  /// A result counts for windows from now on.
  mutating func accept(_ ordinal: UInt32, plan: UInt64, at time: Timestamp) {
    let run = runs[results[ordinal].run]
    let slot = UInt32(clamping: floorDivided(time.microseconds, by: rules.slotSeconds * 1_000_000))
    let cluster = clusters.cluster(race: run.race, driver: run.driver, slot: slot, plan: plan)
    let isNewUser = results[ordinal].attempt == 1 || !isMember(run.player, of: cluster)
    memberships.note(run.player, in: cluster)
    results[ordinal].cluster = Link(cluster)
    results[ordinal].nextInCluster = clusters[cluster].first
    clusters[cluster].first = Link(ordinal)
    if isNewUser {
      clusters[cluster].users += 1
      if clusters[cluster].users >= rules.clusterUsers { clusters.mark(cluster) }
    }
    count(1, ordinal)
    setWeight(ordinal, to: weight(ordinal, users: clusters[cluster].users))
  }

  /// What it would weigh now; nothing while its player is banned, who stays a member of the cluster.
  mutating func weigh(_ ordinal: UInt32) {
    guard let cluster = results[ordinal].cluster.ordinal else { return }
    setWeight(ordinal, to: weight(ordinal, users: clusters[cluster].users))
  }

  /// Derives the weights again of clusters that have grown or shrunk. Queries of windows need it; batches do not.
  ///
  /// - Complexity: O(members of those clusters).
  public mutating func settle() {
    for cluster in clusters.takeDirty() {
      let users = clusters[cluster].users
      var link = clusters[cluster].first
      while let ordinal = link.ordinal {
        setWeight(ordinal, to: weight(ordinal, users: users))
        link = results[ordinal].nextInCluster
      }
    }
  }

  /// A result does not count any more. The cluster's users are the caller's to count.
  mutating func withdraw(_ ordinal: UInt32, from cluster: UInt32) {
    setWeight(ordinal, to: 0)
    count(-1, ordinal)
    var link = clusters[cluster].first
    if link == Link(ordinal) {
      clusters[cluster].first = results[ordinal].nextInCluster
    } else {
      while let member = link.ordinal, results[member].nextInCluster != Link(ordinal) {
        link = results[member].nextInCluster
      }
      if let member = link.ordinal { results[member].nextInCluster = results[ordinal].nextInCluster }
    }
    results[ordinal].cluster = .none
    results[ordinal].nextInCluster = .none
  }

  /// Whether one of a player's runs is in a cluster already. O(1) amortised, apart from a player's first few runs.
  private mutating func isMember(_ player: UInt32, of cluster: UInt32) -> Bool {
    if !memberships.holds(player), players[player].runCount > MembershipTable.walkedRunsMax {
      memberships.hold(player, clusters: clusters(of: player))
    }
    return memberships.holds(player)
      ? memberships.contains(player, in: cluster) : clusters(of: player).contains(cluster)
  }

  /// The clusters that a player's runs are in, by start of the run. O(runs of the player).
  private func clusters(of player: UInt32) -> [UInt32] {
    var found: [UInt32] = []
    var link = players[player].firstRun
    while let run = link.ordinal {
      if let cluster = runs[run].result.ordinal.flatMap({ results[$0].cluster.ordinal }) { found.append(cluster) }
      link = runs[run].nextOfPlayer
    }
    return found
  }

  private func weight(_ ordinal: UInt32, users: UInt32) -> Int32 {
    if players[runs[results[ordinal].run].player].state == .banned { return 0 }
    let base = rules.weight(iq: Int64(results[ordinal].iq), attempt: Int64(results[ordinal].attempt))
    return Int32(users >= rules.clusterUsers ? base / Int64(users) : base)
  }

  /// Counts an accepted run in or out; those of banned players are not counted at all.
  mutating func count(_ change: Int64, _ ordinal: UInt32) {
    guard players[runs[results[ordinal].run].player].state != .banned else { return }
    let share = share(of: ordinal)
    crowd.count(change, runsOf: share, stopCount: Int(results[ordinal].stopCount))
    changes.touch(race: runs[results[ordinal].run].race)
  }

  private mutating func setWeight(_ ordinal: UInt32, to weight: Int32) {
    let result = results[ordinal]
    guard weight != result.weight else { return }
    results[ordinal].weight = weight
    let run = runs[result.run]
    let cap = rules.cap(countedRuns: Int64(players[run.player].countedCount))
    crowd.change(share(of: ordinal), RunShare(result), weightBy: Int64(weight) - Int64(result.weight), cap: cap)
    changes.touch(race: run.race)
  }

  private mutating func share(of ordinal: UInt32) -> UInt32 {
    let run = runs[results[ordinal].run]
    var first = players[run.player].firstShare
    defer { players[run.player].firstShare = first }
    return crowd.share(of: run.player, in: races[run.race].cell, first: &first)
  }

  /// Takes a race's accepted runs out of their window, and puts them in again after `change`.
  mutating func moveRuns(of race: UInt16, _ change: (inout ReadModel) -> Void) {
    var moved: [(ordinal: UInt32, weight: Int32)] = []
    for ordinal in 0..<UInt32(results.count) {
      guard runs[results[ordinal].run].race == race, results[ordinal].cluster != .none else { continue }
      moved.append((ordinal, results[ordinal].weight))
      setWeight(ordinal, to: 0)
      count(-1, ordinal)
    }
    change(&self)
    for (ordinal, weight) in moved {
      count(1, ordinal)
      setWeight(ordinal, to: weight)
    }
  }
}

/// Quotient rounded down.
private func floorDivided(_ value: Int64, by divisor: Int64) -> Int64 {
  value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
}
