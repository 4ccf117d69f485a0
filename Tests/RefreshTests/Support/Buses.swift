import Testing

/// Event buses, their rules and their targets: parents and children in three levels, each listed in pages.
struct Buses: Sendable {
    /// Rules by bus, and targets of each rule.
    var rules: [String: [String]]
    var targets = ["t1", "t2", "t3"]
    /// Resources in a page.
    var pageSize = 2

    /// Buses `b0`, `b1`, … with rules `b0-r0`, …
    init(buses: Int, rules: Int, prefix: String = "b") {
        self.rules = Dictionary(
            uniqueKeysWithValues: (0..<buses).map { bus in
                ("\(prefix)\(bus)", (0..<rules).map { "\(prefix)\(bus)-r\($0)" })
            })
    }

    /// What a page of a listing is: the operation, whose children, and where it starts.
    struct Page: Hashable, Sendable, CustomStringConvertible {
        var operation: String
        var parent = ""
        var start = 0

        init(_ operation: String, _ parent: String = "", _ start: Int = 0) {
            self.operation = operation
            self.parent = parent
            self.start = start
        }

        var description: String { "\(operation) \(parent) \(start)" }
    }

    /// `nil` for calls that are no pages.
    static func page(_ call: FakeAWS.Call) -> Page? {
        guard call.service == "events" else { return nil }
        let start = call.field("NextToken").flatMap { Int($0) } ?? 0
        switch call.operation {
        case "ListEventBuses": return Page("ListEventBuses", "", start)
        case "ListRules": return Page("ListRules", call.field("EventBusName") ?? "?", start)
        case "ListTargetsByRule":
            return Page("ListTargetsByRule", "\(call.field("EventBusName") ?? "?")/\(call.field("Rule") ?? "?")", start)
        default: return nil
        }
    }

    func answer(_ call: FakeAWS.Call) -> FakeAWS.Answer {
        guard let page = Self.page(call) else {
            guard call.operation == "DescribeRule" else { return .ok("{}") }
            return .ok(rule(call.field("EventBusName") ?? "?", call.field("Name") ?? "?"))
        }
        switch page.operation {
        case "ListEventBuses":
            let names = rules.keys.sorted { ($0.count, $0) < ($1.count, $1) }
            return part(names, page.start, "EventBuses") {
                "{\"Name\":\"\($0)\",\"Arn\":\"\(Self.arn("event-bus/" + $0))\"}"
            }
        case "ListRules":
            return part(rules[page.parent] ?? [], page.start, "Rules") { rule(page.parent, $0) }
        default:
            let rule = page.parent.drop { $0 != "/" }.dropFirst()
            return part(targets, page.start, "Targets") {
                "{\"Id\":\"\($0)\",\"Arn\":\"\(Self.arn("target/\(rule)/\($0)"))\"}"
            }
        }
    }

    private func rule(_ bus: String, _ name: String) -> String {
        "{\"Name\":\"\(name)\",\"Arn\":\"\(Self.arn("rule/\(bus)/\(name)"))\",\"EventBusName\":\"\(bus)\"}"
    }

    private func part(
        _ names: [String], _ start: Int, _ member: String, _ text: (String) -> String
    ) -> FakeAWS.Answer {
        let end = min(start + pageSize, names.count)
        let items = names[min(start, end)..<end].map(text).joined(separator: ",")
        return .ok("{\"\(member)\":[\(items)]" + (end < names.count ? ",\"NextToken\":\"\(end)\"" : "") + "}")
    }

    private static func arn(_ rest: String) -> String { "arn:aws:events:me-south-1:111122223333:\(rest)" }

    /// Every page that a run asks for which lists everything once.
    var pages: Set<Page> {
        func starts(_ count: Int) -> [Int] { Array(stride(from: 0, to: max(count, 1), by: pageSize)) }
        var pages = Set(starts(rules.count).map { Page("ListEventBuses", "", $0) })
        for (bus, rules) in rules {
            pages.formUnion(starts(rules.count).map { Page("ListRules", bus, $0) })
            for rule in rules {
                pages.formUnion(starts(targets.count).map { Page("ListTargetsByRule", "\(bus)/\(rule)", $0) })
            }
        }
        return pages
    }
}
