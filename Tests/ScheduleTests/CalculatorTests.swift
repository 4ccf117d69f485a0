import Testing

@testable import Schedule

@Suite struct CalculatorTests {
    @Test("a count outside 1 to 10,000 is refused", arguments: [0, -1, 10_001, Int.max])
    func count(count: Int) {
        var calculator = ScheduleCalculator(directory: Fixtures.zones)
        #expect(
            throws: ScheduleError(
                subject: .argument, message: "count \(count) is out of range; use 1 to 10000")
        ) {
            try calculator.next(expression: "@daily", after: 0, count: count)
        }
    }

    @Test("the largest count is answered in order")
    func largest() throws {
        var calculator = ScheduleCalculator(directory: Fixtures.zones)
        let all = try calculator.next(expression: "* * * * *", zone: "Europe/Berlin", after: 0, count: 10_000)
        #expect(all.count == 10_000)
        #expect(all.first == 60)
        #expect(zip(all, all.dropFirst()).allSatisfy { $1 == $0 + 60 })
    }

    @Test("an answer is the same from the cache, and a fault is a fault each time")
    func cached() throws {
        var calculator = ScheduleCalculator(directory: Fixtures.zones)
        for _ in 0..<2 {
            #expect(try calculator.next(expression: "@yearly", zone: "Asia/Kolkata", after: 0) == [31_516_200])
            #expect(throws: ScheduleError.self) { try calculator.next(expression: "@never", after: 0) }
            #expect(throws: ScheduleError.self) {
                try calculator.next(expression: "@daily", zone: "No/Where", after: 0)
            }
        }
        // More expressions than are kept.
        for minute in 0..<2000 {
            let expression =
                "cron(\(minute % 60) \(minute / 60 % 24) * * ? *)" + String(repeating: " ", count: minute / 1440)
            let expected = Int64(minute % 1440 * 60)
            #expect(try calculator.next(expression: expression, after: -1) == [expected])
        }
    }
}
