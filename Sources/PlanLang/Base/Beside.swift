import CKernels

#if canImport(Glibc)
  import Glibc
#endif

/// Two pieces of work at once.
enum Beside {
  /// How many cores there are.
  static var cores: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// What two pieces of work need not share.
  private typealias Work = (own: () -> Void, other: () -> Void)

  /// Does both, the second on a thread of its own; they may share nothing that either changes.
  static func run(_ own: () -> Void, _ other: () -> Void) {
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

  /// What both come to.
  static func both<A, B>(_ own: () -> A, _ other: () -> B) -> (A, B) {
    var (one, two): (A?, B?)
    run({ one = own() }, { two = other() })
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
