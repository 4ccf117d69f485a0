/// The words for how a listing ended, as far as they matter to people.
enum ListingOutcome {
    /// As it should be: nothing for an operator to do.
    static let good: Set<String> = ["complete", "empty", "notEnabled", "unsupported"]
    private static let proofs: Set<String> = ["complete", "empty"]

    /// Whether there is nothing to do about a listing. A complete one with an error is held back by the shrink guard.
    static func isGood(_ outcome: String, hasError: Bool) -> Bool {
        good.contains(outcome) && !(hasError && proofs.contains(outcome))
    }
    /// AWS gave no credentials or no access.
    static let access: Set<String> = ["credentials", "denied", "deniedByPolicy"]

    /// Listings among these that did not end as they should.
    static func problems(in outcomes: [String: Int]) -> Int {
        outcomes.reduce(0) { good.contains($1.key) ? $0 : $0 + $1.value }
    }

    /// `complete 100, empty 15, denied 5`: the good ones first, then by name; nothing for nothing.
    static func line(_ outcomes: [String: Int]) -> String {
        let order = ["complete", "empty", "notEnabled", "unsupported"]
        func rank(_ name: String) -> Int { order.firstIndex(of: name) ?? order.count }
        let sorted = outcomes.filter { $0.value != 0 }.sorted { (rank($0.key), $0.key) < (rank($1.key), $1.key) }
        return sorted.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }

    static func style(of outcome: String?) -> Style {
        switch outcome {
        case nil: .dim
        case "complete"?, "empty"?: .good
        case "notEnabled"?, "unsupported"?: .plain
        case "cancelled"?, "interrupted"?, "throttled"?: .warning
        default: .bad
        }
    }

    /// What an operator can do about it; `nil` where nothing needs doing.
    static func remedy(_ outcome: String) -> String? {
        switch outcome {
        case "denied": "allow the operation in the policy of the role that the daemon assumes"
        case "deniedByPolicy":
            "a policy of the organisation denies it; exclude the region or type, or change the policy"
        case "credentials": "check RoleArn, ExternalId and the role's trust policy; collectorctl accounts tells more"
        case "throttled": "the next run tries again; if it stays, lower Workers= in the configuration"
        case "timedOut": "check the network path to the AWS endpoint; the next run tries again"
        case "failed": "collectorctl coverage shows AWS's message; the next run tries again"
        case "cancelled", "interrupted": "run it again: collectorctl refresh"
        default: nil
        }
    }
}
