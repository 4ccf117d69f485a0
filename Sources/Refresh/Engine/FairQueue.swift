/// Work of several groups. Each piece taken comes from the group with the fewest pieces under way, and of those from the one
/// that was served longest ago, so that a slow group never holds what the others could use.
struct FairQueue<Element> {
    private struct Group {
        var pieces: ArraySlice<Element> = []
        var underWay = 0
    }

    private var groups: [String: Group] = [:]
    /// Groups with waiting pieces, longest served first.
    private var turn: [String] = []
    /// Pieces that wait.
    private(set) var count = 0

    mutating func add(_ element: Element, group: String) {
        if groups[group, default: Group()].pieces.isEmpty { turn.append(group) }
        groups[group, default: Group()].pieces.append(element)
        count += 1
    }

    /// Takes the next piece; `nil` when every group with pieces has `limit` under way. `finish` follows for each.
    mutating func next(limit: Int) -> (element: Element, group: String)? {
        var best: (position: Int, underWay: Int)?
        for (position, group) in turn.enumerated() {
            let underWay = groups[group]?.underWay ?? 0
            guard underWay < limit, underWay < best?.underWay ?? .max else { continue }
            best = (position, underWay)
            if underWay == 0 { break }
        }
        guard let best else { return nil }
        let group = turn.remove(at: best.position)
        guard let element = groups[group]?.pieces.popFirst() else { return nil }
        groups[group]?.underWay += 1
        if groups[group]?.pieces.isEmpty == false { turn.append(group) }
        count -= 1
        return (element, group)
    }

    mutating func finish(group: String) {
        groups[group]?.underWay -= 1
        if let left = groups[group], left.underWay == 0, left.pieces.isEmpty { groups[group] = nil }
    }
}
