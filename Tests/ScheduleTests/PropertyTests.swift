import Testing

@testable import Schedule

@Suite struct PropertyTests {
    static let zones = [
        "UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia",
        "Asia/Kolkata", "America/St_Johns", "America/Sao_Paulo", "Africa/Monrovia", "Europe/Dublin",
        "Pacific/Kwajalein", "Antarctica/Troll", "Synthetic/Seconds", "Synthetic/Negative",
    ]

    @Test("the next firing equals that of a minute-by-minute search, near clock changes and far from them")
    func againstBruteForce() throws {
        let seed = Seed.fresh()
        var generator = Seed(seed)
        print("schedule property seed: \(seed)")
        var found = 0
        for _ in 0..<400 {
            let text = RandomExpression.cron(using: &generator)
            let name = Self.zones.randomElement(using: &generator) ?? "UTC"
            let zone = try Fixtures.zone(name)
            let after = start(in: zone, using: &generator)
            let horizon = after + 45 * 86400
            let context: Comment = "\(text) \(name) after \(ISO8601.format(after)), seed \(seed)"
            let expression: ScheduleExpression
            do throws(ScheduleError) {
                expression = try ScheduleExpression(text)
            } catch {
                Issue.record("\(text) refused: \(error), seed \(seed)")
                continue
            }
            let brute = BruteForce(text)
            var last = after
            // A few firings in a row, so that a walk through a clock change is compared too.
            for _ in 0..<4 {
                let expected = brute.next(after: last, before: horizon, zone: zone)
                let got = expression.next(after: last, zone: zone).flatMap { $0 < horizon ? $0 : nil }
                #expect(got.map(ISO8601.format) == expected.map(ISO8601.format), context)
                guard let expected, got == expected else { break }
                found += 1
                last = expected
            }
        }
        #expect(found > 400, "too few expressions fired, seed \(seed)")
    }

    @Test("the next firing never goes back as the instant asked for goes on")
    func monotone() throws {
        let seed = Seed.fresh()
        var generator = Seed(seed)
        for _ in 0..<200 {
            let text = RandomExpression.cron(using: &generator)
            let zone = try Fixtures.zone(Self.zones.randomElement(using: &generator) ?? "UTC")
            let expression = try ScheduleExpression(text)
            let after = start(in: zone, using: &generator)
            guard let first = expression.next(after: after, zone: zone) else { continue }
            #expect(first > after, "\(text), seed \(seed)")
            for _ in 0..<20 {
                let between = Int64.random(in: after..<first, using: &generator)
                #expect(expression.next(after: between, zone: zone) == first, "\(text) \(zone.name), seed \(seed)")
            }
        }
    }

    /// An instant from 1970 to 2199; two of three times within a day and a half of a change of the zone's clock.
    private func start(in zone: TimeZoneRules, using generator: inout Seed) -> Instant {
        let range: Range<Instant> = 0..<ScheduleYears.end - 60 * 86400
        let changes = (1..<max(zone.stretchCount, 1)).map(zone.start).filter(range.contains)
        guard Int.random(in: 0..<3, using: &generator) > 0, let change = changes.randomElement(using: &generator)
        else { return Int64.random(in: range, using: &generator) }
        return max(0, change + Int64.random(in: -130_000...20_000, using: &generator))
    }
}
