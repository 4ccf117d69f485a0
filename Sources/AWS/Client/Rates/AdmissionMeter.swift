/// How many calls AWS let through lately, for calls that were never throttled: the first guess when one is.
///
/// Holds two generations of at most `limit` keys each: what was not called lately is forgotten.
struct AdmissionMeter: Sendable {
    private struct Count {
        /// Whole seconds.
        var second: Int
        var now: Int
        var before: Int
    }

    private var young: [RateKey: Count] = [:]
    private var old: [RateKey: Count] = [:]

    /// A key takes about 200 bytes; few thousand are called within the same seconds.
    static let limit = 4096

    mutating func record(_ key: RateKey, at instant: Double) {
        let second = Int(instant)
        if var count = young[key] {
            Self.turn(&count, to: second)
            count.now += 1
            young[key] = count
            return
        }
        if young.count >= Self.limit {
            old = young
            young = [:]
        }
        var count = old[key] ?? Count(second: second, now: 0, before: 0)
        Self.turn(&count, to: second)
        count.now += 1
        young[key] = count
    }

    /// Calls in the second before `instant`, estimated from whole seconds.
    func rate(_ key: RateKey, at instant: Double) -> Double {
        guard var count = young[key] ?? old[key] else { return 0 }
        let second = Int(instant)
        Self.turn(&count, to: second)
        return Double(count.now) + Double(count.before) * (1 - (instant - Double(second)))
    }

    mutating func forget(_ key: RateKey) {
        young[key] = nil
        old[key] = nil
    }

    private static func turn(_ count: inout Count, to second: Int) {
        guard second != count.second else { return }
        count = Count(second: second, now: 0, before: second == count.second + 1 ? count.now : 0)
    }
}
