/// Attributes of entities that are words: label, priority, function, affairs; and the goals they support.
extension Lowering {
  /// `p.fungsi = kesehatan`, `p.label memuat "banjir"`, `p.sasaran = s1`: the words on the right name a category, not a
  /// value; nil when the comparison is none of these.
  mutating func attributeComparison(_ parts: [NodeID], at site: Site) -> Operand? {
    guard let word = comparedAttribute(parts) else { return nil }
    let lead = tree[parts[1]].lead
    guard case .entity(let base) = reach(firstChild(parts[0])) else { return complain(.notAnExpression, at: tree[parts[0]].site) }
    guard let set = anchors(word, parts[1], lead, at: tree[parts[0]].site, isTest: true) else { return .hole() }
    formula.sets.append(disjoint(set))
    let made = register()
    emit(.inSet, made, base.register, 0, formula.sets.count - 1)
    if lead == Node.unequal { emit(.not, made, made) }
    return Operand(register: made, type: .truth)
  }

  private func firstChild(_ id: NodeID) -> NodeID { tree.firstChild(of: id) ?? id }

  /// The attribute that two sides compare with a category, or nil.
  func comparedAttribute(_ parts: [NodeID]) -> Word? {
    guard parts.count == 2, tree[parts[0]].kind == .member, let owner = tree.firstChild(of: parts[0]) else { return nil }
    let last = Array(tree.children(of: parts[0]))
    guard last.count == 2, tree[last[1]].kind == .word, let word = tree[last[1]].word else { return nil }
    switch word {
    case .label, .priority, .function, .affairs, .location, .ward, .kind, .spendingKind, .mission, .goal, .objective: break
    default: return nil
    }
    switch tree[parts[1]].lead {
    case Node.equal, Node.unequal, Node.member, Node.contains: break
    default: return nil
    }
    for item in values(of: parts[1]) {
      switch tree[item].kind {
      case .text, .code, .literal, .word: break
      case .name: if isValue(Symbol(raw: tree[item].payload)) { return nil }
      case .member: if Self.kind(word) == nil { return nil }
      default: return nil
      }
    }
    guard spends(owner) else { return nil }
    return word
  }

  /// Whether a name stands for a value that has to be computed.
  private func isValue(_ symbol: Symbol) -> Bool {
    if locals.contains(where: { $0.name == symbol }) { return true }
    return scope.meanings(of: symbol).contains {
      switch $0 {
      case .letting, .parameter: true
      default: false
      }
    }
  }

  /// Whether a path may mean a spending entity, told without compiling it.
  private func spends(_ id: NodeID) -> Bool {
    guard tree[id].kind == .name else { return tree[id].kind == .member || tree[id].kind == .code || tree[id].kind == .word || tree[id].kind == .text }
    let symbol = Symbol(raw: tree[id].payload)
    for local in locals.reversed() where local.name == symbol {
      if case .entity(let kind) = local.operand.type { return kind.map { $0.spends || $0 == .project } ?? true }
      return false
    }
    return scope.entities(named: symbol).contains { plan.entities.kind[$0.index].spends || plan.entities.kind[$0.index] == .project }
  }

  // MARK: Categories derived from codes

  /// Bidang urusan of functions, by codes (domain 5.2); a stated `fungsi` counts too.
  static let functions: [(name: [String], affairs: [String])] = [
    (["pendidikan", "education"], ["1.01"]), (["kesehatan", "health"], ["1.02"]),
    (["perumahan", "perumahan_dan_fasilitas_umum", "housing"], ["1.03", "1.04"]),
    (["ketertiban", "public_order"], ["1.05"]), (["perlindungan_sosial", "sosial", "social"], ["1.06", "2.08", "2.12", "2.14"]),
    (["lingkungan", "lingkungan_hidup", "environment"], ["2.11"]),
    (["ekonomi", "economy"], ["2.07", "2.09", "2.15", "2.16", "2.17", "2.18", "3.25", "3.26", "3.27", "3.28", "3.29", "3.30", "3.31", "3.32"]),
    (["pariwisata", "tourism"], ["3.26"]),
    (["pelayanan_umum", "general_services"], ["4.01", "4.02", "5.01", "5.02", "5.03", "5.04", "5.05", "5.06", "6.01", "7.01", "8.01"]),
  ]

  /// The function a name is nearly that of, when it is none itself; nil when it is one or far from all.
  static func misspelt(function text: String) -> String? {
    let wanted = text.lowercased()
    let known = functions.flatMap(\.name)
    return known.contains(wanted) ? nil : NearMiss.nearest(to: wanted, among: known)
  }

  /// Bidang urusan by name (domain 5.2).
  static let affairs: [(name: [String], code: String)] = [
    (["pendidikan", "education"], "1.01"), (["kesehatan", "health"], "1.02"), (["pupr", "pekerjaan_umum", "public_works"], "1.03"),
    (["perkim", "perumahan", "housing"], "1.04"), (["trantibumlinmas", "ketertiban", "public_order"], "1.05"),
    (["sosial", "social"], "1.06"), (["tenaga_kerja", "naker", "labour"], "2.07"), (["pppa", "women_and_children"], "2.08"),
    (["pangan", "food"], "2.09"), (["pertanahan", "land"], "2.10"), (["lingkungan_hidup", "lingkungan", "environment"], "2.11"),
    (["dukcapil", "kependudukan", "civil_registration"], "2.12"), (["pmd", "desa", "villages"], "2.13"),
    (["ppkb", "family_planning"], "2.14"), (["perhubungan", "transport"], "2.15"), (["kominfo", "communication"], "2.16"),
    (["kukm", "koperasi", "cooperatives"], "2.17"), (["penanaman_modal", "investment"], "2.18"),
    (["pora", "pemuda_dan_olahraga", "youth_and_sport"], "2.19"), (["statistik", "statistics"], "2.20"),
    (["persandian", "encryption"], "2.21"), (["kebudayaan", "culture"], "2.22"), (["perpustakaan", "libraries"], "2.23"),
    (["kearsipan", "archives"], "2.24"), (["kelautan_dan_perikanan", "perikanan", "fisheries"], "3.25"), (["pariwisata", "tourism"], "3.26"),
    (["pertanian", "agriculture"], "3.27"), (["perdagangan", "trade"], "3.30"), (["perindustrian", "industry"], "3.31"),
    (["sekretariat_daerah", "regional_secretariat"], "4.01"), (["sekretariat_dprd", "council_secretariat"], "4.02"),
    (["perencanaan", "planning"], "5.01"), (["keuangan", "finance"], "5.02"), (["kepegawaian", "personnel"], "5.03"),
    (["pelatihan", "training"], "5.04"), (["litbang", "research"], "5.05"), (["pengawasan", "oversight"], "6.01"),
    (["kewilayahan", "territorial"], "7.01"), (["kesbangpol", "politics"], "8.01"),
  ]

  /// Kinds of spending (jenis belanja) by account (domain 5.3).
  static let spendingKinds: [(name: [String], account: String)] = [
    (["operasi", "operating"], "5.1"), (["pegawai", "personnel"], "5.1.01"), (["barang_jasa", "barang_dan_jasa", "goods_and_services"], "5.1.02"),
    (["bunga", "interest"], "5.1.03"), (["subsidi", "subsidies"], "5.1.04"), (["hibah", "grants"], "5.1.05"),
    (["bansos", "bantuan_sosial", "social_assistance"], "5.1.06"), (["modal", "capital"], "5.2"),
    (["btt", "tidak_terduga", "contingency"], "5.3"), (["transfer"], "5.4"),
  ]

  mutating func function(_ text: String, at site: Site) -> [EntityID]? {
    let wanted = text.lowercased()
    let stated = stated(.function, text, false)
    guard let row = Self.functions.first(where: { $0.name.contains(wanted) }) else {
      if !stated.isEmpty { return stated }
      _ = complain(.unknownName(name: text, nearest: diagnostics.nearest(to: text, among: Self.functions.map { $0.name[0] })), at: site)
      return nil
    }
    return programmes(ofAffairs: row.affairs) + stated
  }

  mutating func affairs(_ item: NodeID, _ text: String) -> [EntityID]? {
    if tree[item].kind == .code || tree[item].kind == .literal {
      guard let canonical = Code.activity(sources.text(tree[item].site)) else {
        _ = complain(.unknownCode(code: text), at: tree[item].site)
        return nil
      }
      return programmes(ofAffairs: [canonical])
    }
    let wanted = text.lowercased()
    let stated = stated(.affairs, text, false)
    guard let row = Self.affairs.first(where: { $0.name.contains(wanted) }) else {
      if !stated.isEmpty { return stated }
      let nearest = diagnostics.nearest(to: text, among: Self.affairs.map { $0.name[0] })
      _ = complain(.unknownName(name: text, nearest: nearest), at: tree[item].site)
      return nil
    }
    return programmes(ofAffairs: [row.code]) + stated
  }

  /// `jenis = modal`: the account of a kind of spending; nil where a part of the plan states that kind itself.
  mutating func account(ofKind item: NodeID) -> AccountID? {
    let text = Self.unquoted(sources.text(tree[item].site))
    guard stated(.spendingKind, text, false).isEmpty,
      let row = Self.spendingKinds.first(where: { $0.name.contains(text.lowercased()) })
    else { return nil }
    return builder.account(row.account, names: &names)
  }

  /// Programmes whose code begins with one of some codes.
  func programmes(ofAffairs codes: [String]) -> [EntityID] {
    var found: [EntityID] = []
    for row in plan.entities.kind.indices where plan.entities.kind[row] == .program {
      let code = plan.entities.codeName[row]
      guard code != Entities.unnamed else { continue }
      let text = names.text(code)
      if codes.contains(where: { text.hasPrefix($0 + ".") }) { found.append(EntityID(row)) }
    }
    return found
  }

  func stated(_ role: Attribute.Role, _ text: String, _ contains: Bool) -> [EntityID] {
    let wanted = text.lowercased()
    return plan.attributes.filter {
      guard $0.role == role else { return false }
      let has = $0.text.lowercased()
      return contains ? has.contains(wanted) : has == wanted
    }.map(\.entity)
  }

  /// The texts of an attribute of an entity, as a list: those stated on it or above, and a function's or affairs' name
  /// that its code says.
  mutating func stated(_ word: Word, of base: Operand) -> Operand {
    let role: Attribute.Role
    switch word {
    case .label: role = .label
    case .priority: role = .priority
    case .function: role = .function
    case .affairs: role = .affairs
    case .location: role = .location
    case .kind, .spendingKind: role = .spendingKind
    default: role = .ward
    }
    let made = register()
    emit(.stated, made, base.register, 0, Int(role.rawValue))
    let derived: [(name: [String], codes: [String])] =
      role == .function ? Self.functions.map { ($0.name, $0.affairs) } : role == .affairs ? Self.affairs.map { ($0.name, [$0.code]) } : []
    for category in derived {
      let set = programmes(ofAffairs: category.codes)
      guard !set.isEmpty else { continue }
      formula.sets.append(set.sorted())
      formula.texts.append(category.name[0])
      let (holds, text) = (register(), register())
      emit(.inSet, holds, base.register, 0, formula.sets.count - 1)
      let skip = here
      emit(.jumpIfFalse, 0, holds)
      emit(.text, text, 0, 0, formula.texts.count - 1)
      emit(.append, made, text)
      land(skip)
    }
    return Operand(register: made, type: .list(.text))
  }
}
