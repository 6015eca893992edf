/// The legal instruments of budget shifts: domain 4.1, PP 12/2019 Ps 161-164 and Permendagri 77/2020 annex Bab VI.D.
public enum Instrument {
  /// A row of the decision table.
  public struct Row: Sendable {
    /// What differs between source and destination.
    public let difference: Bilingual
    /// The instrument.
    public let instrument: Bilingual
    /// Who approves.
    public let approval: Bilingual
    /// Whether the APBD itself changes, so that the shift waits for the Perubahan APBD.
    public let changesBudget: Bool
    /// The source of the rule.
    public let article: Bilingual
  }

  private static let law = Bilingual(same: "Permendagri 77/2020 Bab VI.D")
  private static let perda = Bilingual("Perda Perubahan APBD", "Perda Perubahan APBD (amended budget law)")
  private static let perkada = Bilingual("Perkada perubahan penjabaran APBD", "Perkada changing the detailed budget")
  private static let council = Bilingual("KDH + DPRD", "head of region + DPRD")

  /// The rows 1...12; row 0 is no row.
  public static func row(_ number: Int) -> Row {
    switch number {
    case 1: Row(difference: Bilingual("antar organisasi", "between departments"), instrument: perda, approval: council, changesBudget: true, article: law)
    case 2: Row(difference: Bilingual("antar unit organisasi", "between units"), instrument: perda, approval: council, changesBudget: true, article: law)
    case 3: Row(difference: Bilingual("antar program", "between programmes"), instrument: perda, approval: council, changesBudget: true, article: law)
    case 4: Row(difference: Bilingual("antar kegiatan", "between activities"), instrument: perda, approval: council, changesBudget: true, article: law)
    case 5: Row(difference: Bilingual("antar sub kegiatan", "between subactivities"), instrument: perda, approval: council, changesBudget: true, article: law)
    case 6: Row(difference: Bilingual("antar kelompok belanja", "between groups of spending"), instrument: perda, approval: council, changesBudget: true, article: law)
    case 7: Row(difference: Bilingual("antar jenis belanja", "between kinds of spending"), instrument: perda, approval: council, changesBudget: true, article: law)
    case 8: Row(difference: Bilingual("antar objek dalam jenis yang sama", "between objects of one kind"), instrument: perkada, approval: Bilingual("Sekretaris Daerah", "regional secretary"), changesBudget: false, article: law)
    case 9: Row(difference: Bilingual("antar rincian objek dalam objek yang sama", "between details of one object"), instrument: perkada, approval: Bilingual("PPKD", "regional finance officer"), changesBudget: false, article: law)
    case 10: Row(difference: Bilingual("antar sub rincian objek", "between sub-details"), instrument: perkada, approval: Bilingual("PPKD", "regional finance officer"), changesBudget: false, article: law)
    case 11: Row(difference: Bilingual("antar uraian", "between item lines"), instrument: Bilingual("perubahan rincian DPA", "change of DPA details"), approval: Bilingual("Pengguna Anggaran", "budget user"), changesBudget: false, article: law)
    case 12: Row(difference: Bilingual("sumber dana saja", "source of funds only"), instrument: perkada, approval: Bilingual("TAPD/PPKD", "budget team / finance officer"), changesBudget: false, article: law)
    case 21: Row(difference: Bilingual("RKPD", "annual plan"), instrument: Bilingual("Perubahan RKPD (Perkada)", "change of the RKPD (Perkada)"), approval: Bilingual("KDH", "head of region"), changesBudget: false, article: Bilingual("Permendagri 86/2017 Ps 343", "Permendagri 86/2017 art. 343"))
    case 22: Row(difference: Bilingual("RPJMD", "medium-term plan"), instrument: Bilingual("Perubahan RPJMD (Perda)", "change of the RPJMD (Perda)"), approval: council, changesBudget: true, article: Bilingual("Permendagri 86/2017 Ps 342", "Permendagri 86/2017 art. 342"))
    default: Row(difference: Bilingual("tanpa pergeseran", "no shift"), instrument: Bilingual("-", "-"), approval: Bilingual("-", "-"), changesBudget: false, article: Bilingual("-", "-"))
    }
  }

  /// The row of one pair of places (algorithm 4.3): the highest level at which they differ.
  static func row(_ a: ExtraCell, _ b: ExtraCell, _ plan: Plan) -> Int {
    if a.year != b.year { return 1 }
    func differ(_ kind: EntityKind) -> Bool {
      plan.entities.ancestor(kind, of: a.leaf) != plan.entities.ancestor(kind, of: b.leaf)
    }
    if a.leaf != b.leaf {
      if differ(.department) { return 1 }
      if unit(a.leaf, plan) != unit(b.leaf, plan) { return 2 }
      if differ(.program) { return 3 }
      if differ(.activity) { return 4 }
      if differ(.subactivity) { return 5 }
    }
    for level in 2...6 {
      let x = plan.accounts.ancestors[a.account.index * 6 + level - 1]
      let y = plan.accounts.ancestors[b.account.index * 6 + level - 1]
      if x != y { return level + 4 }
    }
    return a.source != b.source ? 12 : 11
  }

  /// The unit a leaf belongs to: above it, or stated by imported data.
  private static func unit(_ leaf: EntityID, _ plan: Plan) -> EntityID? {
    if let unit = plan.entities.ancestor(.workUnit, of: leaf) { return unit }
    return plan.attributes(of: leaf).first { $0.role == .workUnit }.map { EntityID(raw: UInt32(truncatingIfNeeded: $0.value.a)) }
  }

  /// Which cell pays which: the same source, then greedily from the lowest level up, so that the weakest instrument
  /// that explains the change is found.
  static func paired(
    _ taken: [(place: ExtraCell, sen: Int64)], _ given: [(place: ExtraCell, sen: Int64)], _ plan: Plan
  ) -> [Movement.Stream] {
    taken.count * given.count <= 250_000 ? pairedOneByOne(taken, given, plan) : pairedByLevels(taken, given, plan)
  }

  /// All pairs, weakest row first.
  static func pairedOneByOne(
    _ taken: [(place: ExtraCell, sen: Int64)], _ given: [(place: ExtraCell, sen: Int64)], _ plan: Plan
  ) -> [Movement.Stream] {
    var left = taken
    var wanted = given
    var streams: [Movement.Stream] = []
    var pairs: [(row: Int, i: Int, j: Int)] = []
    for i in left.indices {
      let from = left[i].place
      for j in wanted.indices where from.source == wanted[j].place.source && from.document == wanted[j].place.document {
        pairs.append((row(from, wanted[j].place, plan), i, j))
      }
    }
    pairs.sort { $0.row != $1.row ? $0.row > $1.row : $0.i != $1.i ? $0.i < $1.i : $0.j < $1.j }
    for pair in pairs {
      let sen = min(left[pair.i].sen, wanted[pair.j].sen)
      if sen <= 0 { continue }
      streams.append(Movement.Stream(from: left[pair.i].place, to: wanted[pair.j].place, sen: sen))
      left[pair.i].sen -= sen
      wanted[pair.j].sen -= sen
    }
    return streams
  }

  /// The same sums by row without looking at all pairs: both sides in one order in which places that agree down to a
  /// level stand together, merged once a level from the lowest up.
  static func pairedByLevels(
    _ taken: [(place: ExtraCell, sen: Int64)], _ given: [(place: ExtraCell, sen: Int64)], _ plan: Plan
  ) -> [Movement.Stream] {
    func ordered(_ parts: [(place: ExtraCell, sen: Int64)]) -> [(place: ExtraCell, sen: Int64, key: [UInt32])] {
      let keyed = parts.map { (place: $0.place, sen: $0.sen, key: levels(of: $0.place, plan)) }
      let order = keyed.indices.sorted { keyed[$0].key != keyed[$1].key ? keyed[$0].key.lexicographicallyPrecedes(keyed[$1].key) : $0 < $1 }
      return order.map { keyed[$0] }
    }
    var left = ordered(taken)
    var wanted = ordered(given)
    var streams: [Movement.Stream] = []
    for row in stride(from: 11, through: 1, by: -1) {
      let depth = row == 1 ? 2 : row + 2
      var (i, j) = (0, 0)
      while i < left.count, j < wanted.count {
        let (x, y) = (left[i].key.prefix(depth), wanted[j].key.prefix(depth))
        if left[i].sen == 0 || x.lexicographicallyPrecedes(y) {
          i += 1
        } else if wanted[j].sen == 0 || x != y {
          j += 1
        } else {
          let sen = min(left[i].sen, wanted[j].sen)
          streams.append(Movement.Stream(from: left[i].place, to: wanted[j].place, sen: sen))
          left[i].sen -= sen
          wanted[j].sen -= sen
        }
      }
    }
    return streams
  }

  /// What a place is at each level of the table, 13 figures: source and document, year and department, unit, program,
  /// activity, subactivity, and the account from kelompok to sub rincian objek.
  static func levels(of place: ExtraCell, _ plan: Plan) -> [UInt32] {
    let entities = plan.entities
    func at(_ kind: EntityKind) -> UInt32 { (entities.ancestor(kind, of: place.leaf) ?? Entities.none).raw }
    var key = [place.source.raw, place.document.raw, UInt32(truncatingIfNeeded: place.year), at(.department)]
    key += [(unit(place.leaf, plan) ?? Entities.none).raw, at(.program), at(.activity), at(.subactivity)]
    for level in 2...6 { key.append(plan.accounts.ancestors[place.account.index * 6 + level - 1].raw) }
    return key
  }

  /// The row a movement needs: the highest among its pairs; edits of the RKPD or the RPJMD have their own.
  static func row(of streams: [Movement.Stream], _ plan: Plan) -> Int {
    var strongest = 12
    for stream in streams {
      guard let from = stream.from, let to = stream.to else { return 1 }
      strongest = min(strongest, row(from, to, plan))
    }
    return strongest
  }

  /// The row to show for a movement in a document: 21 and 22 for the RKPD and the RPJMD, 0 where no law asks.
  public static func shown(_ movement: Movement, _ plan: Plan) -> Int {
    if let figure = movement.figure {
      switch figure.key {
      case .target(_, let year): return year == -1 || year == plan.yearCount - 1 ? 22 : 21
      default: return 0
      }
    }
    if movement.row == 0 { return 0 }
    switch plan.documents[movement.document.index].stage {
    case .budget: return movement.row
    case .annualPlan: return 21
    case .mediumTerm: return 22
    case .actual, .other: return 0
    }
  }

  /// The strongest of some rows: Perda before Perkada before DPA; 0 for none.
  public static func strongest(_ rows: [Int]) -> Int {
    func strength(_ row: Int) -> Int { row == 0 ? 100 : row == 22 ? 0 : row == 21 ? 8 : row }
    return rows.min { strength($0) < strength($1) } ?? 0
  }

  /// The weakest instrument that explains a net change of cells: matched greedily from the lowest level up.
  public static func explaining(_ state: ScenarioState) -> [Movement.Stream] {
    var taken: [(place: ExtraCell, sen: Int64)] = []
    var given: [(place: ExtraCell, sen: Int64)] = []
    for (i, cell) in state.overlay.cells.enumerated() {
      let place = state.overlay.place(of: cell, state.plan)
      guard place.ledger == .spending else { continue }
      let sen = state.overlay.differences[i]
      if sen < 0 { taken.append((place, -sen)) } else if sen > 0 { given.append((place, sen)) }
    }
    return paired(taken, given, state.plan)
  }
}
