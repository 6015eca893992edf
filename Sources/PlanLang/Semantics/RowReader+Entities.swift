/// From the code and name cells of a row to its entity.
extension RowReader {
  /// The cells of a level in a row, and whether they are those of the row before.
  private func cells(_ kind: EntityKind, _ row: Int) -> (code: Delimited.Span, title: Delimited.Span) {
    let none = Delimited.Span(start: 0, end: 0)
    return (map.code(kind).map { table.span(row, $0) } ?? none, map.title(kind).map { table.span(row, $0) } ?? none)
  }

  /// What the level stood for in the row before, when the cells and what they hang on are the same.
  private func repeated(
    _ kind: EntityKind, _ code: Delimited.Span, _ title: Delimited.Span, parent: EntityID, unit: EntityID
  ) -> Bool {
    let last = levels[Int(kind.rawValue)]
    return last.isSet && last.parent == parent && last.unit == unit && bytes.isSame(last.code, code)
      && bytes.isSame(last.title, title)
  }

  /// Remembers what a level's cells stand for, and says of the row what is to be said.
  private mutating func settle(_ kind: EntityKind, _ level: Level, _ row: Int) -> EntityID? {
    levels[Int(kind.rawValue)] = level
    if let note = level.note { log.add(note.kind, table.number(row), note.what) }
    return level.entity
  }

  // MARK: Departments and sub units

  /// The department of a row; nil after a finding.
  mutating func department(_ row: Int, _ checker: inout Checker) -> EntityID? {
    let (code, title) = cells(.department, row)
    if repeated(.department, code, title, parent: Entities.none, unit: Entities.none) {
      let last = levels[Int(EntityKind.department.rawValue)]
      departmentCode = last.code8
      return settle(.department, last, row)
    }
    var level = Level()
    level.code = code
    level.title = title
    level.isSet = true
    if let read = NomenclatureCode.organisation(bytes.cell(code)) {
      level.code8 = read
      let isUnitOnly = !read.isHeadOffice && map.code(.workUnit) == nil
      let whole = read.symbol(in: &checker.names)
      if isUnitOnly, known.find(.department, Entities.none, whole) == nil {
        level.entity =
          office(of: read, whole, checker)
          ?? make(
            .department, Entities.none, read.headOffice.symbol(in: &checker.names), row, code: .none, isTitled: false,
            &checker)
      } else {
        level.entity =
          known.find(.department, Entities.none, whole)
          ?? make(.department, Entities.none, whole, row, code: codeSite(.department, row), isTitled: true, &checker)
      }
      if read.isRepaired {
        let written = table.text(row, map.code(.department) ?? 0)
        level.note = (.repaired, Bilingual("kode `\(written)` dibaca \(read.text)", "code `\(written)` read as \(read.text)"))
      }
    } else {
      named(&level, row, &checker)
    }
    departmentCode = level.code8
    if let entity = level.entity { compareTitle(.department, entity, title, row, &checker) }
    return settle(.department, level, row)
  }

  /// The department of a sub unit's code: where the unit is known, else the one department of its bidang and number.
  private func office(of unit: NomenclatureCode, _ symbol: Symbol, _ checker: Checker) -> EntityID? {
    let entities = checker.builder.plan.entities
    var found: EntityID?
    for row in 0..<entities.count where entities.codeName[row] != Entities.unnamed {
      if entities.kind[row] == .workUnit, entities.codeName[row] == symbol { return entities.parent[row] }
      guard entities.kind[row] == .department,
        let code = NomenclatureCode.reading(.organisation, checker.names.text(entities.codeName[row])), unit.isUnit(of: code)
      else { continue }
      if code == unit.headOffice { return EntityID(row) }
      if found != nil { return nil }
      found = EntityID(row)
    }
    return found
  }

  /// A department whose code cannot be read: by its name.
  private mutating func named(_ level: inout Level, _ row: Int, _ checker: inout Checker) {
    let written = map.code(.department).map { table.text(row, $0) }
    let title = map.title(.department).map { table.text(row, $0) } ?? ""
    let letters = Checker.plain(title)
    guard !letters.isEmpty else {
      let words = written ?? ""
      level.note = (
        .rejected,
        words.isEmpty
          ? Bilingual("tidak ada perangkat daerah", "no department")
          : Bilingual("kode perangkat daerah `\(words)` tidak terbaca", "department code `\(words)` cannot be read")
      )
      return
    }
    let key = TitleKey(kind: .department, parent: Entities.none, letters: letters)
    let isKnown = titled[key] != nil
    level.entity =
      titled[key]
      ?? make(.department, Entities.none, Entities.unnamed, row, code: .none, isTitled: true, &checker)
    guard let written else { return }
    let isCoded = isKnown && level.entity.map { checker.builder.plan.entities.codeName[$0.index] != Entities.unnamed } == true
    level.note =
      isCoded
      ? (
        .repaired,
        Bilingual(
          "kode perangkat daerah `\(written)` tidak terbaca; dikenali dari namanya, \(title)",
          "department code `\(written)` cannot be read; known by its name, \(title)")
      )
      : (
        .suspicious,
        Bilingual(
          "kode perangkat daerah `\(written)` tidak terbaca; dicatat dengan namanya saja, \(title)",
          "department code `\(written)` cannot be read; kept by its name alone, \(title)")
      )
  }

  /// The sub unit of a row, `none` for the head office.
  mutating func unit(_ row: Int, _ department: EntityID, _ checker: inout Checker) -> EntityID {
    let (code, title) = cells(.workUnit, row)
    if map.code(.workUnit) == nil {
      guard let read = departmentCode, !read.isHeadOffice else { return Entities.none }
      let symbol = read.symbol(in: &checker.names)
      if checker.builder.plan.entities.codeName[department.index] == symbol { return Entities.none }
      return known.find(.workUnit, department, symbol)
        ?? make(.workUnit, department, symbol, row, code: codeSite(.department, row), isTitled: false, &checker)
    }
    if repeated(.workUnit, code, title, parent: department, unit: Entities.none) {
      return settle(.workUnit, levels[Int(EntityKind.workUnit.rawValue)], row) ?? Entities.none
    }
    var level = Level()
    level.code = code
    level.title = title
    level.parent = department
    level.isSet = true
    let written = table.text(row, map.code(.workUnit) ?? 0)
    if let read = NomenclatureCode.organisation(bytes.cell(code)) {
      let symbol = read.symbol(in: &checker.names)
      if let whole = departmentCode, !read.isUnit(of: whole) {
        level.note = (
          .suspicious,
          Bilingual(
            "sub unit \(read.text) bukan bagian dari perangkat daerah \(whole.text)",
            "sub unit \(read.text) is not part of department \(whole.text)")
        )
      }
      if checker.builder.plan.entities.codeName[department.index] != symbol {
        level.entity =
          known.find(.workUnit, department, symbol)
          ?? make(.workUnit, department, symbol, row, code: codeSite(.workUnit, row), isTitled: true, &checker)
      }
    } else if !written.isEmpty {
      level.note = (
        .suspicious,
        Bilingual(
          "kode sub unit `\(written)` tidak terbaca; dicatat pada perangkat daerahnya",
          "sub unit code `\(written)` cannot be read; kept at its department")
      )
    }
    return settle(.workUnit, level, row) ?? Entities.none
  }

  // MARK: Programme, activity, sub activity

  /// The entity that a row's money stands at; nil after a finding.
  mutating func leaf(_ row: Int, _ department: EntityID, _ unit: EntityID, _ checker: inout Checker) -> EntityID? {
    var at = department
    for kind in [EntityKind.program, .activity, .subactivity] where map.has(kind) {
      let (code, title) = cells(kind, row)
      if repeated(kind, code, title, parent: at, unit: unit) {
        let last = levels[Int(kind.rawValue)]
        let entity = settle(kind, last, row)
        if last.note?.kind == .rejected { return nil }
        at = entity ?? at
        continue
      }
      var level = Level()
      level.code = code
      level.title = title
      level.parent = at
      level.unit = unit
      level.isSet = true
      place(kind, &level, row, at, unit, &checker)
      if let entity = level.entity { compareTitle(kind, entity, title, row, &checker) }
      let entity = settle(kind, level, row)
      if level.note?.kind == .rejected { return nil }
      at = entity ?? at
    }
    guard at != department else {
      note(.rejected, row, "tidak ada kode program", "no programme code")
      return nil
    }
    let program = checker.builder.plan.entities.ancestor(.program, of: at)
    if let program, at == program || !checkedPrograms.contains(program) { checkAffairs(program, row, checker) }
    return at
  }

  /// Finds or makes the entity of a level.
  private mutating func place(
    _ kind: EntityKind, _ level: inout Level, _ row: Int, _ parent: EntityID, _ unit: EntityID,
    _ checker: inout Checker
  ) {
    let cell = bytes.cell(level.code)
    if cell.isEmpty { return placeByTitle(kind, &level, row, parent, &checker) }
    let written = String(decoding: cell, as: UTF8.self)
    var upper = parent
    let symbol: Symbol
    if let read = NomenclatureCode.activity(cell), read.activityKind == kind {
      symbol = read.symbol(in: &checker.names)
      let owner = kind == .subactivity && unit != Entities.none ? unit : upper
      if known.find(kind, owner, symbol) == nil { upper = ancestors(of: read, kind, level.code, upper, row, &checker) }
      level.note = misfit(read, parent, checker)
    } else if let asWritten = Code.activity(written) {
      symbol = checker.names.intern(asWritten)
      let guess = Self.guess(asWritten)
      level.note = (
        .suspicious,
        Bilingual(
          "`\(written)` bukan kode \(Lowering.words(kind).id)\(guess.map { " (mungkin \($0))" } ?? ""); dipakai apa adanya",
          "`\(written)` is no \(Lowering.words(kind).en) code\(guess.map { " (perhaps \($0))" } ?? ""); used as it is")
      )
    } else {
      placeByTitle(kind, &level, row, parent, &checker)
      let isRead = level.entity != nil
      level.note =
        isRead
        ? (
          .suspicious,
          Bilingual(
            "kode `\(written)` tidak terbaca; dicatat dengan namanya saja", "code `\(written)` cannot be read; kept by its name alone")
        )
        : (.rejected, Bilingual("kode `\(written)` tidak terbaca", "code `\(written)` cannot be read"))
      return
    }
    let owner = kind == .subactivity && unit != Entities.none ? unit : upper
    level.entity = known.find(kind, owner, symbol)
    if level.entity == nil {
      let made = make(kind, upper, symbol, row, code: codeSite(kind, row), isTitled: true, &checker)
      known.insert(kind, owner, symbol, made)
      level.entity = made
    }
    if kind == .subactivity, unit != Entities.none, let made = level.entity, units.insert(made).inserted {
      checker.builder.plan.attributes.append(
        Attribute(entity: made, role: .workUnit, text: "", value: Number(Int64(unit.raw)), site: codeSite(kind, row)))
    }
  }

  private mutating func placeByTitle(
    _ kind: EntityKind, _ level: inout Level, _ row: Int, _ parent: EntityID, _ checker: inout Checker
  ) {
    let letters = Checker.plain(String(decoding: bytes.cell(level.title), as: UTF8.self))
    if letters.isEmpty { return }
    let key = TitleKey(kind: kind, parent: parent, letters: letters)
    level.entity = titled[key] ?? make(kind, parent, Entities.unnamed, row, code: .none, isTitled: true, &checker)
  }

  /// The programme and activity above a code that no column names: they are its first parts.
  private mutating func ancestors(
    of code: NomenclatureCode, _ kind: EntityKind, _ span: Delimited.Span, _ parent: EntityID, _ row: Int,
    _ checker: inout Checker
  ) -> EntityID {
    var at = parent
    for (upper, parts) in [(EntityKind.program, 3), (.activity, 5)] where upper.rawValue < kind.rawValue {
      let has = checker.builder.plan.entities.kind[at.index]
      if has.rawValue >= upper.rawValue { continue }
      // A script may hang a sub kegiatan on its programme.
      if kind == .subactivity, known.find(kind, at, code.symbol(in: &checker.names)) != nil { return at }
      let symbol = code.prefix(parts).symbol(in: &checker.names)
      if let found = known.find(upper, at, symbol) {
        at = found
        continue
      }
      var end = Int(span.start)
      var dots = 0
      while end < Int(span.end) {
        if bytes[end] == 46 {
          dots += 1
          if dots == parts { break }
        }
        end += 1
      }
      let place = Site(start: base + span.start, end: base + UInt32(end))
      let made = make(upper, at, symbol, row, code: place, isTitled: false, &checker)
      known.insert(upper, at, symbol, made)
      at = made
    }
    return at
  }

  /// A code that does not begin with the code it stands below.
  private func misfit(_ code: NomenclatureCode, _ parent: EntityID, _ checker: Checker) -> (Finding.Kind, Bilingual)? {
    let entities = checker.builder.plan.entities
    guard entities.kind[parent.index] != .department, entities.codeName[parent.index] != Entities.unnamed,
      let upper = NomenclatureCode.reading(.activity, checker.names.text(entities.codeName[parent.index]).uppercased()),
      !code.isWithin(upper)
    else { return nil }
    return (.suspicious, Bilingual("kode \(code.text) bukan bagian dari \(upper.text)", "code \(code.text) is not part of \(upper.text)"))
  }

  /// What a spreadsheet may have made of `1.03.10`: `1.03.1.0`.
  private static func guess(_ written: String) -> String? {
    let parts = written.split(separator: ".")
    guard parts.count == 4, parts[2].count == 1, parts[3].count == 1 else { return nil }
    return "\(parts[0]).\(parts[1]).\(parts[2])\(parts[3])"
  }

  /// K06: a programme's bidang urusan is one its department serves; a supporting programme's is the department's own.
  private mutating func checkAffairs(_ program: EntityID, _ row: Int, _ checker: Checker) {
    checkedPrograms.insert(program)
    let entities = checker.builder.plan.entities
    guard let office = departmentCode, entities.codeName[program.index] != Entities.unnamed,
      let code = NomenclatureCode.reading(.activity, checker.names.text(entities.codeName[program.index])),
      !office.serves(code)
    else { return }
    note(
      .suspicious, row, "program \(code.text) bukan urusan perangkat daerah \(office.text)",
      "programme \(code.text) is not an affair of department \(office.text)")
  }

  // MARK: New entities

  private func codeSite(_ kind: EntityKind, _ row: Int) -> Site { map.code(kind).map { site(row, $0) } ?? .none }

  /// Makes an entity and remembers it by its code and, without one, by its title; departments by both.
  private mutating func make(
    _ kind: EntityKind, _ parent: EntityID, _ symbol: Symbol, _ row: Int, code: Site, isTitled: Bool,
    _ checker: inout Checker
  ) -> EntityID {
    let titleColumn = isTitled ? map.title(kind) : nil
    let text = titleColumn.map { table.text(row, $0) } ?? ""
    let title = text.isEmpty ? Site.none : titleColumn.map { site(row, $0) } ?? .none
    let place = code == .none && title == .none ? codeSite(.department, row) : code
    let made = checker.imported(
      kind, parent: parent, title: title, code: place, codeName: symbol,
      form: kind == .department ? Self.form(text) : .department)
    if symbol != Entities.unnamed, kind == .department || kind == .workUnit { known.insert(kind, parent, symbol, made) }
    if !text.isEmpty, kind == .department || symbol == Entities.unnamed {
      let key = TitleKey(kind: kind, parent: parent, letters: Checker.plain(text))
      if titled[key] == nil { titled[key] = made }
    }
    if let titleColumn, title != .none {
      titleSpans[made] = table.span(row, titleColumn)
      let span = table.span(row, titleColumn)
      if String(validating: bytes[Int(span.start)..<Int(span.end)], as: UTF8.self) == nil {
        note(.suspicious, row, "nama `\(text)` bukan UTF-8", "the name `\(text)` is not UTF-8")
      }
    }
    return made
  }

  /// The form of a department as its title begins.
  private static func form(_ title: String) -> DepartmentForm {
    let letters = Checker.plain(String(title.prefix(24)))
    if letters.hasPrefix("DINAS") { return .office }
    if letters.hasPrefix("BADAN") { return .board }
    if letters.hasPrefix("KECAMATAN") { return .district }
    if letters.hasPrefix("SEKRETARIAT") { return .secretariat }
    return letters.hasPrefix("RSUD") || letters.hasPrefix("RUMAHSAKIT") ? .hospital : .department
  }

  /// Gives an entity its title when it had none; says when one code goes by two names in a file.
  private mutating func compareTitle(
    _ kind: EntityKind, _ entity: EntityID, _ span: Delimited.Span, _ row: Int, _ checker: inout Checker
  ) {
    guard let column = map.title(kind), !bytes.cell(span).isEmpty else { return }
    if kind == .department, departmentCode?.isHeadOffice == false, map.code(.workUnit) == nil { return }
    guard let first = titleSpans[entity] else {
      titleSpans[entity] = span
      if checker.builder.plan.entities.title[entity.index] == .none {
        checker.builder.plan.entities.title[entity.index] = site(row, column)
      }
      return
    }
    if bytes.isSame(first, span) { return }
    let before = String(decoding: bytes.cell(first), as: UTF8.self)
    let now = String(decoding: bytes.cell(span), as: UTF8.self)
    if Checker.plain(before) == Checker.plain(now) { return }
    note(
      .suspicious, row, "kode yang sama bernama lain: `\(now)`, sebelumnya `\(before)`",
      "the same code has another name: `\(now)`, before `\(before)`")
  }
}
