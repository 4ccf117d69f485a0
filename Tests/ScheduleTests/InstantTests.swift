import Glibc
import Testing

@testable import Schedule

@Suite struct InstantTests {
    @Test(
        "ISO 8601 texts with an offset are read",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2024-01-15T10:30:00Z", 1_705_314_600),
            ("2024-01-15T10:30Z", 1_705_314_600), ("2024-01-15t10:30:00z", 1_705_314_600),
            ("2024-01-15T11:30:00+01:00", 1_705_314_600), ("2024-01-15T07:00:00-0330", 1_705_314_600),
            ("2024-01-15T12:30:00+02", 1_705_314_600), ("2024-01-15T10:30:00.999Z", 1_705_314_600),
            ("1969-12-31T23:59:59.5Z", -1), ("0000-03-01T00:00:00Z", -62_162_035_200),
            ("9999-12-31T23:59:59Z", 253_402_300_799),
        ])
    func parse(text: String, instant: Instant) {
        #expect(ISO8601.parse(text) == instant)
    }

    @Test(
        "other texts are refused",
        arguments: [
            "", "2024", "2024-01-15", "2024-01-15T10:30:00", "2024-01-15 10:30:00Z", "2024-02-30T00:00:00Z",
            "2024-13-01T00:00:00Z", "2024-01-15T24:00:00Z", "2024-01-15T10:60:00Z", "2024-01-15T10:30:60Z",
            "2024-01-15T10:30:00Zx", "2024-01-15T10:30:00.Z", "2024-01-15T10:30:00+1", "2024-01-15T10:30:00+01:",
            "2024-01-15T10:30:00+24:00", "20240115T103000Z", "+2024-01-15T10:30:00Z", "２０２４-01-15T10:30:00Z",
        ])
    func refuse(text: String) {
        #expect(ISO8601.parse(text) == nil)
    }

    @Test("dates and texts agree with the C library from the year 1 to 9999")
    func calendar() throws {
        for day in stride(from: Int64(-719_162), through: 2_932_896, by: 97) {
            var seconds = time_t(day * 86400 + 4321)
            var parts = tm()
            gmtime_r(&seconds, &parts)
            let date = CivilDate(dayNumber: day)
            #expect(date.year == Int(parts.tm_year) + 1900)
            #expect(date.month == Int(parts.tm_mon) + 1)
            #expect(date.day == Int(parts.tm_mday))
            #expect(CivilDate.weekday(ofDayNumber: day) == Int(parts.tm_wday))
            #expect(date.dayNumber == day)
            #expect(ISO8601.parse(ISO8601.format(Int64(seconds))) == Int64(seconds))
        }
    }

    @Test("a delay is fixed by host and schedule, in every release")
    func stableDelay() {
        // Worked out apart in Python from the published constants; a change here moves every schedule of every host.
        #expect(StableDelay.seconds(host: "collector-1", schedule: "nightly", maximum: 900) == 254)
        #expect(StableDelay.seconds(host: "collector-2", schedule: "nightly", maximum: 900) == 172)
        #expect(StableDelay.seconds(host: "collector-1", schedule: "hourly", maximum: 86400) == 82300)
        #expect(StableDelay.seconds(host: "", schedule: "", maximum: 1_000_000) == 148383)
        #expect(StableDelay.seconds(host: "a", schedule: "b", maximum: 0) == 0)
        #expect(StableDelay.seconds(host: "a", schedule: "b", maximum: -5) == 0)
    }

    @Test("delays of many hosts fill the whole span evenly")
    func spread() {
        var buckets = [Int](repeating: 0, count: 10)
        for host in 0..<10_000 {
            let delay = StableDelay.seconds(host: "host-\(host)", schedule: "nightly", maximum: 899)
            #expect((0...899).contains(delay))
            buckets[Int(delay / 90)] += 1
        }
        #expect(buckets.allSatisfy { (850...1150).contains($0) }, "\(buckets)")
    }
}
