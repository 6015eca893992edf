/// A check that is at work on the first pieces of a text while the others are still read.
struct EarlyCheck {
  /// The check so far; nil when it has to begin again with all pieces at hand.
  private var checker: Checker?
  private let source: Source
  private let sources: SourceMap
  /// Whether of a piece only what is still referred to is to be kept.
  private let sheds: Bool
  private var hasShed = false
  private var count = 0

  /// Whether pieces are gone that are needed all the same: the text has to be read anew.
  var isVoid: Bool { checker == nil && hasShed }

  /// A check of one text, which loads no others; `sheds` where nobody will ask for the trees of its pieces.
  init(_ source: Source, _ sources: SourceMap, sheds: Bool) {
    self.source = source
    self.sources = sources
    self.sheds = sheds
  }

  /// Checks the statements of the next piece; what is left of its tree, or nil where all of it is needed.
  mutating func take(_ tree: Tree, _ names: inout Names) -> Tree? {
    defer { count += 1 }
    let before = checker?.waiting
    if count == 0 {
      let length = Double(max(1, tree[tree.root].site.end - tree[tree.root].site.start))
      checker = Checker(
        CheckInput(trees: [(tree, source)], sources: sources), share: length / Double(max(1, source.bytes.count)))
      checker?.begin(&names)
    } else if !Checker.frames(tree) {
      checker?.add(tree, source, &names)
    } else {
      // The frame stands before all else, wherever it is written.
      checker = nil
    }
    guard sheds, count > 0, let before, let left = checker?.shed(since: before) else { return nil }
    hasShed = true
    return left
  }

  /// What the check of all pieces comes to; nil when it has to be done anew.
  mutating func finish(_ names: inout Names) -> Checked? {
    guard var begun = checker else { return nil }
    checker = nil
    return begun.finish(&names)
  }
}

extension Checker {
  /// Whether statements of a text say what all others stand in: the period, documents, sources, scales.
  static func frames(_ tree: Tree) -> Bool {
    tree.children(of: tree.root).contains { id in
      switch tree[id].word {
      case .region, .period, .document, .source, .scale: tree[id].kind == .statement
      default: false
      }
    }
  }

  /// The first pass over the first texts.
  mutating func begin(_ names: inout Names) {
    swap(&self.names, &names)
    declareKnown()
    frame()
    // Packs last: what the plan states itself stands, and the pack gives way.
    for index in trees.indices where packs[index] == nil { statements(ofTree: index) }
    swap(&self.names, &names)
  }

  /// The first pass over a further text.
  mutating func add(_ tree: Tree, _ source: Source, _ names: inout Names) {
    swap(&self.names, &names)
    trees.append(tree)
    scripts.append(source)
    statements(ofTree: trees.count - 1)
    swap(&self.names, &names)
  }

  /// How many statements of programmes that support something wait for the second pass, and how much else refers to trees.
  fileprivate var waiting: (supports: Int, others: Int) {
    (pending.supports.count, pending.others + scope.lettings.count + scope.formulas.count)
  }

  /// Keeps of the last tree what its statements left for the second pass, where that is nothing but what programmes
  /// support: what is left; nil, and nothing changed, where it is anything else.
  fileprivate mutating func shed(since before: (supports: Int, others: Int)) -> Tree? {
    guard waiting.others == before.others else { return nil }
    var left = Tree()
    left.root = NodeID(raw: 1)
    left.nodes.append(Node(kind: .block, site: tree[tree.root].site))
    for at in before.supports..<pending.supports.count {
      pending.supports[at].node = left.adopt(pending.supports[at].node, of: tree)
    }
    let index = treeIndex
    trees[index] = left
    // Nor may the current statement's tree hold the old one.
    treeIndex = index
    return left
  }

  /// What the first pass left to be done.
  mutating func finish(_ names: inout Names) -> Checked {
    swap(&self.names, &names)
    for index in packs.keys.sorted() { usePack(index) }
    checkNames()
    let checked = resolve()
    names = checked.names
    return checked.checked
  }

  private mutating func statements(ofTree index: Int) {
    treeIndex = index
    statements(of: tree.root, parent: Entities.none)
  }
}
