import Control

/// What went wrong in a run, grouped so that one cause is told once. Pure.
struct RunFailures {
    private struct Cause: Hashable {
        let account: String
        let outcome: String
        let operation: String
        let code: String
    }

    private struct Group {
        var message: String
        var types: Set<String> = []
        var regions: Set<String> = []
        var count = 0
    }

    /// Causes kept apart; an estate of thousands of accounts can fail in as many ways at once.
    private static let causeLimit = 1000
    /// Causes told; coverage tells all.
    private static let shownLimit = 10

    private var groups: [Cause: Group] = [:]
    /// Failed listings that found no room.
    private var rest = 0

    mutating func add(_ listing: ListingReport) {
        guard let outcome = listing.outcome, !ListingOutcome.good.contains(outcome) else { return }
        let cause = Cause(
            account: listing.account, outcome: outcome, operation: listing.error?.operation ?? "",
            code: listing.error?.code ?? "")
        guard groups[cause] != nil || groups.count < Self.causeLimit else {
            rest += 1
            return
        }
        var group = groups[cause] ?? Group(message: listing.error?.message ?? "")
        group.types.insert(listing.type)
        group.regions.insert(listing.region)
        group.count += 1
        groups[cause] = group
    }

    /// Two or three lines a cause, the most frequent first.
    func lines(run: String) -> [String] {
        let sorted = groups.sorted { first, second in
            (second.value.count, first.key.account, first.key.operation, first.key.code)
                < (first.value.count, second.key.account, second.key.operation, second.key.code)
        }
        var lines: [String] = []
        for (cause, group) in sorted.prefix(Self.shownLimit) {
            let call = [cause.operation, cause.code].filter { !$0.isEmpty }.joined(separator: ": ")
            let places = Self.some(group.regions)
            lines.append(
                "\(cause.account) \(places) \(Self.some(group.types)): \(cause.outcome)"
                    + (call.isEmpty ? "" : " (\(call))") + (group.count > 1 ? ", \(group.count) listings" : ""))
            if !group.message.isEmpty { lines.append("    \(group.message.prefix(Self.messageLimit))") }
            if let remedy = ListingOutcome.remedy(cause.outcome) { lines.append("    → \(remedy)") }
        }
        let hidden = sorted.dropFirst(Self.shownLimit).reduce(rest) { $0 + $1.value.count }
        if hidden > 0 { lines.append("and \(hidden) more listings: collectorctl coverage \(run)") }
        return lines.map(TerminalText.escaped)
    }

    /// AWS's messages for denied calls name the role and the action within this much.
    private static let messageLimit = 240

    /// `eu-west-1`, or `eu-west-1 and 16 more`.
    private static func some(_ names: Set<String>) -> String {
        guard let first = names.min() else { return "" }
        return names.count == 1 ? first : "\(first) and \(names.count - 1) more"
    }
}
