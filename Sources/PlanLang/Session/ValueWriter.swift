/// Values as answers show them.
struct ValueWriter {
  let speech: Speech
  /// Decimal digits that count, for figures of an indicator; -1 when not limited.
  var digits = -1

  /// A value in words.
  func words(_ value: Value) -> Run {
    switch value {
    case .figure(let number, let type):
      if type == .money, let sen = number.roundedHalfEven, !number.isAbsent { return Run(sen: sen) }
      return Run(speech.figure(number, type, digits: digits), number.isAbsent ? .dim : .number)
    case .range(let low, let high, let type) where low == high: return words(.figure(low, type))
    case .range(let low, let high, let type):
      return Run(speech.range(speech.figure(low, type, digits: digits), speech.figure(high, type, digits: digits)), .number)
    case .text(let text): return Run(text, .text)
    case .entity(let entity): return Run(speech.path(entity), .name)
    case .list(let values): return Run("[" + values.prefix(100).map { words($0).text }.joined(separator: "; ") + (values.count > 100 ? "; …" : "") + "]")
    case .series(let series): return Run(series.map { "\($0.year): \(words($0.value).text)" }.joined(separator: "; "))
    }
  }

  /// A value as lines or a table, with its label before it.
  func add(_ value: Value, _ type: ValueType, label: String?, to document: inout Document) {
    let head = label.map { [Run($0, .code), Run(" = ")] } ?? []
    switch value {
    case .series(let series):
      if !head.isEmpty { document.blocks.append(.line(Line([head[0]]))) }
      var table = Table(
        columns: series.map { Table.Column(String($0.year), .right) }, rows: [series.map { words($0.value) }], leading: 0)
      // How it moves, where there is room to see it at a glance.
      let spark = Plot.spark(series.map { Self.real($0.value) })
      if !spark.isEmpty {
        table.columns.append(Table.Column("", isJoined: true))
        table.rows[0].append(Run(spark, .dim))
      }
      document.table(table)
    case .list(let values) where values.count > 4:
      if let label { document.line(Run(label, .code), Run(" = " + speech.say("\(values.count) butir", "\(English.count(values.count, "item"))"))) }
      for item in values.prefix(200) { document.line(Run("  "), words(item)) }
      if values.count > 200 { document.line("  … " + speech.say("\(values.count - 200) lagi", "\(values.count - 200) more"), .dim) }
    default: document.blocks.append(.line(Line(head + [words(value)])))
    }
  }

  /// The figure of a value, or the lower end of a range; nil where there is none.
  static func real(_ value: Value) -> Double? {
    switch value {
    case .figure(let number, .money), .figure(let number, .number), .figure(let number, .grade), .range(let number, _, _):
      number.isAbsent || !number.real.isFinite ? nil : number.real
    default: nil
    }
  }

  // MARK: JSON

  /// The JSON object of a value.
  func json(_ value: Value, _ type: ValueType, _ place: AnswerJSON.Place) -> JSONText {
    var json = AnswerJSON.begin("value", place)
    var shown = type
    if case .series = value { json.string("type", "series") } else { json.string("type", name(shown)) }
    if case .series(let inner) = shown { shown = inner }
    json.string("unit", orNull: unit(shown))
    put(value, "value", &json)
    return AnswerJSON.end(json)
  }

  /// The name of a type in JSON.
  func name(_ type: ValueType) -> String {
    switch type {
    case .money: "rupiah"
    case .number(let unit): speech.plan.units.indices.contains(unit.index) && speech.plan.units[unit.index].isPercent ? "percent" : "number"
    case .grade: "grade"
    case .text: "text"
    case .truth: "truth"
    case .year: "number"
    case .entity: "entity"
    case .list: "set"
    case .range: "range"
    case .series: "series"
    case .scenario: "scenario"
    case .hole: "absent"
    }
  }

  func unit(_ type: ValueType) -> String? {
    switch type {
    case .money: "rupiah"
    case .number(let unit):
      speech.plan.units.indices.contains(unit.index) ? (speech.plan.units[unit.index].isPercent ? "percent" : speech.plan.units[unit.index].name.isEmpty ? nil : speech.plan.units[unit.index].name) : nil
    default: nil
    }
  }

  /// A figure in JSON: exact ones as decimal strings (rupiah, percent in points), Doubles as numbers.
  func put(_ number: Number, _ type: ValueType, _ key: String?, _ json: inout JSONText) {
    if number.isAbsent { return json.null(key) }
    switch type {
    case .money: json.string(key, number.roundedHalfEven.map { Figure.plainMoney(sen: $0) } ?? Figure.plain(number / Number(100)))
    case .truth: json.truth(key, number.a != 0)
    case .grade: json.string(key, speech.figure(number, type))
    case .number(let unit) where speech.plan.units.indices.contains(unit.index) && speech.plan.units[unit.index].isPercent:
      let points = number * Number(100)
      points.isExact ? json.string(key, Figure.plain(points)) : json.real(key, points.real)
    default: number.isExact ? json.string(key, Figure.plain(number)) : json.real(key, number.real)
    }
  }

  /// A figure of draws: a number, in rupiah, points of percent, or its unit; grades are text.
  func put(drawn value: Double, _ type: ValueType, _ key: String, _ json: inout JSONText) {
    switch type {
    case .grade where value.isFinite: json.string(key, speech.figure(Number(real: value.rounded()), type))
    case .money: json.real(key, value / 100)
    case .number(let unit) where speech.plan.units.indices.contains(unit.index) && speech.plan.units[unit.index].isPercent: json.real(key, value * 100)
    default: json.real(key, value)
    }
  }

  func put(_ value: Value, _ key: String?, _ json: inout JSONText) {
    switch value {
    case .figure(let number, let type): put(number, type, key, &json)
    case .range(let low, let high, let type):
      json.object(key) { range in
        put(low, type, "low", &range)
        put(high, type, "high", &range)
      }
    case .text(let text): json.string(key, text)
    case .entity(let entity): json.string(key, speech.handle(entity))
    case .list(let values): json.array(key) { list in for value in values { put(value, nil, &list) } }
    case .series(let series): json.object(key) { object in for entry in series { put(entry.value, String(entry.year), &object) } }
    }
  }
}
