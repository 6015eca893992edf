import CKernels

/// Two pieces of work at once.
public enum Beside {
  /// How many cores this process may use.
  static let cores = Int(plan_cores())

  /// Starts the second thread before it is needed, with something to do first.
  static func begin(_ first: @convention(c) () -> Void) { plan_beside_begin(first) }

  /// What two pieces of work need not share.
  private typealias Work = (own: () -> Void, other: () -> Void)

  /// Does both, the second on a thread of its own; they may share nothing that either changes. In turn where the work
  /// is not worth a thread, or there is no core for it.
  static func run(isWorthIt: Bool = true, _ own: () -> Void, _ other: () -> Void) {
    guard isWorthIt, cores > 1 else {
      own()
      other()
      return
    }
    withoutActuallyEscaping(own) { own in
      withoutActuallyEscaping(other) { other in
        var work: Work = (own, other)
        withUnsafeMutablePointer(to: &work) { work in
          plan_beside(
            work, { $0?.assumingMemoryBound(to: Work.self).pointee.own() },
            { $0?.assumingMemoryBound(to: Work.self).pointee.other() })
        }
      }
    }
  }

  /// What both come to, the second on a thread of its own where that is worth it; they may share nothing that either
  /// changes.
  public static func both<A, B>(isWorthIt: Bool = true, _ own: () -> A, _ other: () -> B) -> (A, B) {
    var (one, two): (A?, B?)
    run(isWorthIt: isWorthIt, { one = own() }, { two = other() })
    return (one ?? own(), two ?? other())
  }

  /// What each of some comes to, all at once.
  static func all<A, B>(_ some: [A], _ work: (A) -> B) -> [B] {
    guard some.count > 1 else { return some.map(work) }
    let (early, late) = (Array(some.prefix(some.count / 2)), Array(some.suffix(some.count - some.count / 2)))
    let made = both({ all(early, work) }, { all(late, work) })
    return made.0 + made.1
  }
}
