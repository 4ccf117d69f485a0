import Glibc

@testable import Schedule

/// The checked-in zones of `Fixtures/`, so that a test does not depend on the tzdata of the machine.
enum Fixtures {
    static let path = "\(#filePath.dropLast("/Fixtures.swift".count))/Fixtures"
    static let zones = TimeZoneDirectory(path: path + "/zoneinfo")

    static func zone(_ name: String) throws -> TimeZoneRules { try zones.rules(for: name) }

    /// The lines of a file without the first.
    static func rows(of name: String) throws -> [[String]] {
        let bytes = try bytes(of: path + "/" + name)
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst()
            .map { $0.split(separator: ",").map(String.init) }
    }

    static func bytes(of path: String) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Missing(path: path) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return bytes }
            bytes += buffer.prefix(count)
        }
    }

    struct Missing: Error { let path: String }
}

/// The firings after an instant, in UTC text.
func firings(
    _ expression: String, zone: String = "UTC", after: String, count: Int, anchor: String? = nil
) throws -> [String] {
    var calculator = ScheduleCalculator(directory: Fixtures.zones)
    let next = try calculator.next(
        expression: expression, zone: zone, after: instant(after), count: count, anchor: anchor.map { try instant($0) })
    return next.map(ISO8601.format)
}

/// An ISO 8601 text as an instant.
func instant(_ text: String) throws -> Instant {
    guard let instant = ISO8601.parse(text) else { throw Fixtures.Missing(path: "instant \(text)") }
    return instant
}

/// ISO 8601 texts with any offset, in UTC.
func utc(_ texts: [String]) throws -> [String] { try texts.map { ISO8601.format(try instant($0)) } }
