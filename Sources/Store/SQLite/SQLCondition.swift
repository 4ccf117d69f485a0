import Inventory

/// Conditions of a query with their values, in the order of their question marks.
struct SQLCondition: Sendable {
    enum Value: Sendable {
        case text(String)
        case number(Int)
    }

    private var conditions: [String] = []
    private(set) var values: [Value] = []

    /// All of them; they hold for every row when there are none.
    var text: String { conditions.isEmpty ? "1" : conditions.joined(separator: " AND ") }

    mutating func add(_ condition: String, _ values: Value...) {
        conditions.append(condition)
        self.values += values
    }

    /// What a filter says of the partition key, `service#account#region`: a range for what is known from the left, text
    /// tests for the rest.
    mutating func addPartition(service: String?, type: String?, account: String?, region: String?) {
        if let service = service ?? type.map({ String($0.prefix { $0 != "/" }) }) {
            let prefix = "\(service)#" + (account.map { "\($0)#" } ?? "")
            // `$` follows `#`: everything that begins with the prefix and nothing else.
            add("pk >= ? AND pk < ?", .text(prefix), .text(String(prefix.dropLast()) + "$"))
        }
        if let account { add("instr(pk, ?) > 0", .text("#\(account)#")) }
        if let region { add("substr(pk, -?) = ?", .number(region.unicodeScalars.count + 1), .text("#\(region)")) }
    }
}

extension SQLiteStatement {
    /// Binds values from parameter 1 on.
    func bind(_ values: [SQLCondition.Value]) {
        for (offset, value) in values.enumerated() {
            switch value {
            case .text(let text): bind(text, at: Int32(offset + 1))
            case .number(let number): bind(number, at: Int32(offset + 1))
            }
        }
    }
}
