import Synchronization

/// What stands of a plan, shared by the copies of a session: each asks it to go where the copy is, which costs what lies
/// between the two.
final class StandingCache: Sendable {
  private let standing = Mutex<Standing?>(nil)

  /// The verdicts of a state; nil while another thread asks, and where nothing stands yet and nothing is to be made.
  func verdicts(of state: ScenarioState, _ context: EditContext, day: Int, shown: Int, isMade: Bool) throws(Halt) -> [Verdict]? {
    let result: Result<[Verdict], Halt>?? = standing.withLockIfAvailable { kept in
      if kept == nil, !isMade { return nil }
      var own = kept.take()
      do throws(Halt) {
        if own?.isOf(day: day) == true { try own?.go(to: state, context) } else { own = try Standing(state, context, day: day) }
        let verdicts = try own?.verdicts(context, shown: shown) ?? []
        kept = own.take()
        return .success(verdicts)
      } catch {
        return .failure(error)
      }
    }
    return try result??.get()
  }
}
