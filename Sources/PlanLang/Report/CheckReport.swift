/// One thing that a check found, for programs that collect findings: an instance of a rule, or a message.
public struct CheckCase: Sendable {
  /// How it stands.
  public enum Standing: Sendable { case met, broken, remark, skipped, fault }
  /// What it belongs to: a scenario, or nothing for a message.
  public var suite: String
  /// The rule's name, or the message's code.
  public var id: String
  /// Its title and where it was judged.
  public var name: String
  /// How it stands.
  public var standing: Standing
  /// The figures, or the message.
  public var words: String
  /// The file it stands in; empty when there is none.
  public var file: String
  /// Line and column from 1.
  public var line: Int
  /// Column from 1.
  public var column: Int
}

/// Findings as JUnit XML and as SARIF 2.1.0 (OASIS), for continuous integration.
public enum CheckReport {
  /// JUnit: a suite a scenario, a case an instance; broken mandatory rules and errors fail, remarks are told and pass.
  public static func junit(_ cases: [CheckCase]) -> String {
    var suites: [(name: String, cases: [CheckCase])] = []
    for one in cases {
      let name = one.suite.isEmpty ? "planrepl" : one.suite
      if let at = suites.firstIndex(where: { $0.name == name }) {
        suites[at].cases.append(one)
      } else {
        suites.append((name, [one]))
      }
    }
    func count(_ cases: [CheckCase], _ standing: CheckCase.Standing) -> Int {
      cases.filter { $0.standing == standing }.count
    }
    func numbers(_ cases: [CheckCase]) -> String {
      "tests=\"\(cases.count)\" failures=\"\(count(cases, .broken))\" errors=\"\(count(cases, .fault))\" "
        + "skipped=\"\(count(cases, .skipped))\""
    }
    var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites \(numbers(cases))>\n"
    for suite in suites {
      xml += "  <testsuite name=\"\(HTMLText.escaped(suite.name))\" \(numbers(suite.cases))>\n"
      for one in suite.cases {
        let name = one.name.isEmpty ? one.id : one.id + " " + one.name
        xml += "    <testcase classname=\"\(HTMLText.escaped(suite.name))\" name=\"\(HTMLText.escaped(name))\""
        if !one.file.isEmpty { xml += " file=\"\(HTMLText.escaped(one.file))\" line=\"\(one.line)\"" }
        let words = HTMLText.escaped(one.words)
        switch one.standing {
        case .met: xml += "/>\n"
        case .broken: xml += "><failure message=\"\(words)\"/></testcase>\n"
        case .fault: xml += "><error message=\"\(words)\"/></testcase>\n"
        case .skipped: xml += "><skipped message=\"\(words)\"/></testcase>\n"
        case .remark: xml += "><system-out>\(words)</system-out></testcase>\n"
        }
      }
      xml += "  </testsuite>\n"
    }
    return xml + "</testsuites>\n"
  }

  /// SARIF: what is broken, remarked or faulty as results with their places; each rule once.
  public static func sarif(_ cases: [CheckCase]) -> String {
    let results = cases.filter { $0.standing != .met && $0.standing != .skipped }
    var ids: [String] = []
    for one in results where !ids.contains(one.id) { ids.append(one.id) }
    var json = JSONText()
    json.open()
    json.string("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
    json.string("version", "2.1.0")
    json.array("runs") { runs in
      runs.object { run in
        run.object("tool") { tool in
          tool.object("driver") { driver in
            driver.string("name", "planrepl")
            driver.array("rules") { rules in
              for id in ids { rules.object { $0.string("id", id) } }
            }
          }
        }
        run.array("results") { list in
          for one in results { list.object { put(one, ids, &$0) } }
        }
      }
    }
    json.close()
    return json.text + "\n"
  }

  private static func put(_ one: CheckCase, _ ids: [String], _ json: inout JSONText) {
    json.string("ruleId", one.id)
    json.integer("ruleIndex", ids.firstIndex(of: one.id) ?? 0)
    json.string("level", one.standing == .remark ? "warning" : "error")
    let place = one.suite.isEmpty ? "" : one.suite + ": "
    json.object("message") { $0.string("text", place + one.name + (one.name.isEmpty ? "" : ": ") + one.words) }
    if one.file.isEmpty { return }
    json.array("locations") { places in
      places.object { place in
        place.object("physicalLocation") { physical in
          physical.object("artifactLocation") { $0.string("uri", one.file) }
          physical.object("region") { region in
            region.integer("startLine", one.line)
            region.integer("startColumn", one.column)
          }
        }
      }
    }
  }
}
