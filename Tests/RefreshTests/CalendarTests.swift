import Inventory
import Testing

@testable import Refresh

/// Months of daily refreshes on a virtual clock, with the real store, writer and renewal policy.
@Suite struct CalendarTests {
    private static let day = 86_400
    private static let count = 300

    private static func page(_ contents: [Int]) -> FakeAWS.Answer {
        let items = contents.enumerated().map {
            "<item><vpcId>vpc-\($0.offset)</vpcId><cidrBlock>10.\($0.element).0.0/16</cidrBlock></item>"
        }
        return .ok(
            "<DescribeVpcsResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><vpcSet>\(items.joined())</vpcSet>"
                + "</DescribeVpcsResponse>")
    }

    /// A calendar: how many days, and on which the collector stands still.
    struct Calendar: Sendable, CustomTestStringConvertible {
        let name: String
        let days: Int
        var missed: Set<Int> = []
        /// Resources whose content changes on a day.
        var changes = 0
        var testDescription: String { name }
    }

    static let calendars = [
        Calendar(name: "100 days", days: 100),
        Calendar(name: "100 days without a week", days: 100, missed: Set(70..<77)),
        Calendar(name: "100 days without two weeks", days: 100, missed: Set(60..<74)),
        Calendar(name: "100 days with changes", days: 100, changes: 6),
        Calendar(name: "a year", days: 365),
    ]

    @Test("no live resource expires, renewals cost little and come spread over days", arguments: calendars)
    func calendar(calendar: Calendar) async throws {
        let counting = Box<CountingStore>()
        var options = World.Options()
        options.wrap = { counting.fill(CountingStore($0)) }
        try await World.with(options) { world in
            let store = try #require(counting.value)
            var random = SeededGenerator(seed: 42)
            var contents = Array(repeating: 1, count: Self.count)
            var changed = 0
            var daily: [Int] = []
            for day in 0..<calendar.days {
                defer { world.clock.advance(Self.day) }
                // Readers see every resource at the end of each day, refreshed or not.
                if day > 0 {
                    let live = try await world.store.list(ResourceFilter(), after: nil, limit: 2 * Self.count)
                    #expect(live.records.count == Self.count, "a live resource expired before day \(day)")
                    guard live.records.count == Self.count else { return }
                }
                guard !calendar.missed.contains(day) else { continue }
                for _ in 0..<(day == 0 ? 0 : calendar.changes) {
                    contents[Int.random(in: 0..<Self.count, using: &random)] += 1
                }
                let answer = Self.page(contents)
                world.aws.answer { _ in answer }
                store.forget()
                let run = try await world.refresh()
                #expect(run.state == .succeeded)
                changed += run.changes.updated
                #expect(store.rows.puts == run.changes.created + run.changes.updated)
                #expect(store.rows.deletes == 0)
                daily.append(store.rows.renewals)
            }
            let refreshes = daily.count
            let written = Self.count + changed + daily.reduce(0, +)
            let share = Double(written - changed) / Double(Self.count * refreshes)
            #expect(share < 0.03, "\(share) of rewriting everything")
            // Not all in one night: a fill of one night is renewed over thirty.
            let largest = calendar.missed.isEmpty ? Self.count / 10 : Self.count * 2 / 3
            #expect(daily.allSatisfy { $0 <= largest }, "\(daily.max() ?? 0) renewals in one night")
        }
    }
}
