import Glibc
import Testing

@testable import Store

@Suite("Stored times")
struct ISOTimeTests {
    @Test(
        "Times are written as the C library tells them", arguments: [0, 1_705_314_600, 951_782_400, 4_102_444_799, -1])
    func text(_ seconds: Int) {
        #expect(ISOTime.text(seconds) == reference(seconds))
        #expect(ISOTime.seconds(ISOTime.text(seconds)) == seconds)
    }

    @Test("Every day of 500 years is written and read back")
    func allDays() {
        for day in stride(from: -100_000, through: 100_000, by: 1) {
            let seconds = day * 86_400 + abs(day) % 86_400
            let text = ISOTime.text(seconds)
            if day % 97 == 0 { #expect(text == reference(seconds)) }
            if ISOTime.seconds(text) != seconds { Issue.record("\(text) is not \(seconds)") }
        }
    }

    @Test(
        "Other spellings of an instant are read",
        arguments: [
            "2024-01-15T10:30:00Z", "2024-01-15T10:30:00.123456Z", "2024-01-15T10:30:00+00:00", "2024-01-15T10:30:00",
            "2024-01-15T10:30:00.5", "2024-01-15 12:30:00+02:00", "2024-01-15T10:30:00+0000",
            "2024-01-15T05:30:00-05:00",
        ])
    func spellings(_ text: String) { #expect(ISOTime.seconds(text) == 1_705_314_600) }

    @Test(
        "What is no time is not read",
        arguments: ["", "2024-01-15", "2024-13-15T10:30:00Z", "2024-01-15T24:30:00Z", "2024-01-15T10:30:00X", "x"])
    func noTime(_ text: String) { #expect(ISOTime.seconds(text) == nil) }

    private func reference(_ seconds: Int) -> String {
        var moment = time_t(seconds)
        var parts = tm()
        gmtime_r(&moment, &parts)
        var buffer = [CChar](repeating: 0, count: 32)
        let count = strftime(&buffer, buffer.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
        return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
