/// Finds the word a person probably meant.
enum Spelling {
    /// The candidate with the fewest changed letters, or one that the word begins; `nil` when none is near.
    static func closest(to word: String, among candidates: some Sequence<String>) -> String? {
        let wanted = Array(word.lowercased().utf8)
        guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
        var best: (distance: Int, candidate: String)?
        for candidate in candidates {
            let letters = Array(candidate.lowercased().utf8)
            let isStart = wanted.count >= 3 && letters.starts(with: wanted)
            let distance = isStart ? 1 : Self.distance(wanted, letters)
            guard distance <= max(1, wanted.count / 3), best.map({ distance < $0.distance }) ?? true else { continue }
            best = (distance, candidate)
        }
        return best?.candidate
    }

    /// `did you mean X?`, where something is near.
    static func hints(for word: String, among candidates: some Sequence<String>) -> [String] {
        closest(to: word, among: candidates).map { ["did you mean \($0)?"] } ?? []
    }

    /// Letters to insert, delete, replace or swap with their neighbour (optimal string alignment).
    private static func distance(_ first: [UInt8], _ second: [UInt8]) -> Int {
        var before: [Int] = []
        var row = Array(0...second.count)
        for i in first.indices {
            var next = [i + 1]
            for j in second.indices {
                var cost = min(row[j] + (first[i] == second[j] ? 0 : 1), row[j + 1] + 1, next[j] + 1)
                if i > 0, j > 0, first[i] == second[j - 1], first[i - 1] == second[j] {
                    cost = min(cost, before[j - 1] + 1)
                }
                next.append(cost)
            }
            before = row
            row = next
        }
        return row[second.count]
    }
}
