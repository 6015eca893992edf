/// `pilih`: the projects that may be chosen and under what, as ids only.
struct ChoiceScript: Sendable {
  /// What is chosen from: projects, or parts of the plan with their money as cost.
  var members: MemberSet
  /// What is made large: a formula of a number, of a member bound to the first local; nil for the stated benefit.
  var worth: FormulaID?
  /// Where what is made large stands.
  var worthSite: Site
  /// The most that may be spent, by year and perhaps source.
  var ceilings: [Ceiling]
  /// Least and most of groups.
  var limits: [Limit]
  /// Those that must be chosen, or must not.
  var fixed: [Fixed]

  /// The most that may be spent in a year.
  struct Ceiling: Sendable {
    var year: Int
    var source: SourceID
    var amount: FormulaID
    var site: Site
  }

  /// `paling sedikit 1 untuk label "x"`, `paling banyak Rp 3 M untuk dinkes tahun 2026`.
  struct Limit: Sendable {
    var isLeast: Bool
    var amount: FormulaID
    var isMoney: Bool
    /// The entities whose parts are meant, or all.
    var group: [EntityID]?
    /// The years whose money is meant; nil for all.
    var years: [Int]?
    var site: Site
    /// Which of the groups `tiap` means.
    var name: Bilingual?
  }

  /// `sertakan x`, `tanpa x`.
  struct Fixed: Sendable {
    var entity: EntityID
    var isIn: Bool
    var site: Site
  }
}
