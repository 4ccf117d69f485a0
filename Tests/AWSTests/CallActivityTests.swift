import Synchronization
import Testing

@testable import AWS

/// When everything of one purpose only waits.
@Suite struct CallActivityTests {
    private final class Reports: Sendable {
        private let all = Mutex<[Bool]>([])
        var values: [Bool] { all.withLock { $0 } }
        func add(_ isStalled: Bool) { all.withLock { $0.append(isStalled) } }
    }

    @Test("is stalled while every call waits, and told once each time that changes")
    func transitions() {
        let reports = Reports()
        let activity = CallActivity { reports.add($0) }
        activity.begin()
        activity.begin()
        activity.wait()
        #expect(reports.values == [])
        activity.wait()
        #expect(reports.values == [true])
        activity.begin()
        #expect(reports.values == [true, false])
        activity.end()
        activity.goOn()
        activity.end()
        #expect(reports.values == [true, false, true, false, true])
        activity.goOn()
        activity.end()
        #expect(reports.values == [true, false, true, false, true, false])
    }
}
