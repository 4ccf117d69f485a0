/// The names of crontab(5) that stand for five fields.
enum Macro {
    private static let fields: [(name: String, fields: String)] = [
        ("hourly", "0 * * * *"),
        ("daily", "0 0 * * *"),
        ("midnight", "0 0 * * *"),
        ("weekly", "0 0 * * 0"),
        ("monthly", "0 0 1 * *"),
        ("yearly", "0 0 1 1 *"),
        ("annually", "0 0 1 1 *"),
    ]

    static let names = fields.map(\.name)

    /// Reads `@name`, in any case; `range` starts with the `@`.
    static func parse(_ text: ExpressionText, range: Range<Int>) throws(ScheduleError) -> CronSchedule {
        let name = text.quote(range.lowerBound + 1..<range.upperBound).lowercased()
        guard let fields = fields.first(where: { $0.name == name })?.fields else {
            let known = names.map { "@" + $0 }.joined(separator: " ")
            let reason = name == "reboot" ? "@reboot is not a time" : "unknown name `\(text.quote(range))`"
            throw text.error(at: range.lowerBound, "\(reason); use one of \(known)")
        }
        let equal = ExpressionText(fields)
        return try CronParser.parseCrontab(equal, range: 0..<equal.bytes.count)
    }
}
