import Glibc
import Testing

@testable import Schedule

@Suite struct TimeZoneTests {
    @Test("offsets of real zones and of every form of POSIX rule equal those of other readers, 1970 to 2199")
    func offsets() throws {
        var zones = TimeZoneCache(directory: Fixtures.zones)
        let rows = try Fixtures.rows(of: "offsets.csv")
        #expect(rows.count > 5000)
        for row in rows {
            let rules = try zones.rules(for: row[0])
            let instant = try #require(Instant(row[1]))
            #expect(rules.offset(at: instant) == Int64(row[2]), "\(row[0]) at \(ISO8601.format(instant))")
        }
    }

    @Test("UTC needs no file and links are names like any other")
    func names() throws {
        let nowhere = TimeZoneDirectory(path: "/nonexistent")
        #expect(try nowhere.rules(for: "UTC") == .utc)
        #expect(try Fixtures.zone("GMT").offset(at: 0) == 0)
    }

    @Test(
        "a name that is not an IANA name opens no file",
        arguments: [
            "", "../../etc/passwd", "/etc/localtime", "Europe//Berlin", "Europe/", "Europe/../Europe/Berlin", ".",
            "Europe/Ber lin", "Europe/Ber\0lin", "Österreich", String(repeating: "a", count: 65),
        ])
    func refusedNames(name: String) {
        do throws(ScheduleError) {
            _ = try Fixtures.zones.rules(for: name)
            Issue.record("accepted")
        } catch {
            #expect(error.subject == .timeZone)
            #expect(!error.message.contains("unknown"))
        }
    }

    @Test(
        "an unknown zone names the closest one",
        arguments: [
            ("Europe/Berln", "Europe/Berlin"), ("europe/berlin", "Europe/Berlin"), ("Berlin", "Europe/Berlin"),
            ("New_York", "America/New_York"), ("utc", "UTC"), ("Asia/Calcutta2", nil), ("Europe", nil),
        ] as [(String, String?)])
    func suggestions(name: String, suggestion: String?) {
        do throws(ScheduleError) {
            _ = try Fixtures.zones.rules(for: name)
            Issue.record("accepted")
        } catch {
            let hint = suggestion.map { "; did you mean \($0)?" } ?? ""
            #expect(error.message == "unknown time zone `\(name)`\(hint)")
        }
    }

    @Test("a folder without zones says what to install")
    func missingFolder() {
        do throws(ScheduleError) {
            _ = try TimeZoneDirectory(path: "/nonexistent").rules(for: "Europe/Berlin")
            Issue.record("accepted")
        } catch {
            #expect(error.message.contains("install the package tzdata"))
        }
    }

    @Test("a damaged file is refused with its reason, never trusted")
    func damaged() throws {
        let good = try Fixtures.bytes(of: Fixtures.path + "/zoneinfo/Europe/Berlin")
        let cases: [([UInt8], String)] = [
            ([], "too short for a header"),
            (Array("not a zone, but long enough to hold a whole header".utf8), "does not start with `TZif`"),
            (Array(good.prefix(1000)), "cut short"),
            (Array(good.prefix(good.count - 3)), "rule for the future is missing"),
            (good.replacing(at: 4, with: [UInt8(ascii: "1")]), "version is unknown"),
            (good.replacing(at: 32, with: [0x7f, 0xff, 0xff, 0xff]), "more records than it can hold"),
        ]
        for (bytes, reason) in cases {
            do throws(ScheduleError) {
                _ = try TimeZoneFile.parse(bytes, name: "Test/Zone")
                Issue.record("accepted: \(reason)")
            } catch {
                #expect(error.message.hasPrefix("the file of `Test/Zone` is damaged: "))
                #expect(error.message.contains(reason), "\(error)")
            }
        }
    }

    @Test("no cut and no changed byte of a zone file crashes the reader or gives an offset beyond 26 hours")
    func mutated() throws {
        let good = try Fixtures.bytes(of: Fixtures.path + "/zoneinfo/Australia/Lord_Howe")
        let daily = try ScheduleExpression("cron(45 1 * * ? *)")
        for index in good.indices {
            for value in [0, 1, 0x7f, 0x80, 0xff] as [UInt8] {
                for bytes in [good.replacing(at: index, with: [value]), Array(good.prefix(index))] {
                    guard let rules = try? TimeZoneFile.parse(bytes, name: "Test") else { continue }
                    #expect(daily.next(after: 1_800_000_000, zone: rules) ?? .max > 1_800_000_000)
                    for instant in [Instant.min / 4, 0, 1_800_000_000, Instant.max / 4] {
                        #expect(abs(rules.offset(at: instant)) <= 26 * 3600)
                    }
                }
            }
        }
    }

    @Test("a 32-bit file of version 1 is read without a rule for the future")
    func versionOne() throws {
        let file: [UInt8] =
            Array("TZif".utf8) + [UInt8](repeating: 0, count: 16) + [0, 0, 0, 0] + [0, 0, 0, 0] + [0, 0, 0, 0]
            + [0, 0, 0, 1] + [0, 0, 0, 2] + [0, 0, 0, 8]
            + [0xff, 0xff, 0xff, 0xf6] + [1] + [0, 0, 0x0e, 0x10, 0, 0] + [0xff, 0xff, 0xf1, 0xf0, 0, 4]
            + Array("AAA\0BBB\0".utf8)
        let rules = try TimeZoneFile.parse(file, name: "Test")
        #expect(rules.offset(at: -11) == 3600)
        #expect(rules.offset(at: -10) == -3600)
        #expect(rules.offset(at: 4_000_000_000) == -3600)
    }

    @Test(
        "a text that is no POSIX rule is refused",
        arguments: [
            "", "A1", "AAA", "AAA25", "AAA1BBB", "AAA1BBB,M3.5.0", "AAA1BBB,M0.5.0,M10.5.0", "AAA1BBB,M3.6.0,M10.5.0",
            "AAA1BBB,M3.5.7,M10.5.0", "AAA1BBB,J0,J365", "AAA1BBB,366,1", "AAA1BBB,M3.5.0/168,M10.5.0", "<AAA1",
            "AAA1BBB,M3.5.0,M10.5.0x",
        ])
    func posixRules(text: String) {
        #expect(PosixTimeZone(text) == nil)
    }

    @Test("a pipe, a folder and a file of more than 64 KB in place of a zone are refused at once")
    func oddFiles() throws {
        var template = Array("/tmp/schedule-zones-XXXXXX".utf8CString)
        let folder = String(cString: try #require(mkdtemp(&template)))
        defer {
            for name in ["Pipe", "Large"] { unlink(folder + "/" + name) }
            rmdir(folder + "/Folder")
            rmdir(folder)
        }
        #expect(mkfifo(folder + "/Pipe", 0o600) == 0)
        #expect(mkdir(folder + "/Folder", 0o700) == 0)
        let large = open(folder + "/Large", O_CREAT | O_WRONLY | O_CLOEXEC, 0o600)
        #expect(ftruncate(large, 65 * 1024) == 0)
        close(large)
        let zones = TimeZoneDirectory(path: folder)
        for (name, reason) in [("Pipe", "unknown"), ("Folder", "unknown"), ("Large", "larger than 65536 bytes")] {
            do throws(ScheduleError) {
                _ = try zones.rules(for: name)
                Issue.record("accepted \(name)")
            } catch {
                #expect(error.message.contains(reason))
            }
        }
    }

    @Test(
        "the system's zones are found by name",
        .enabled(if: access("/usr/share/zoneinfo/Europe/Berlin", R_OK) == 0, "needs the package tzdata"))
    func system() throws {
        // Settled history, the same in every tzdata.
        #expect(try TimeZoneDirectory.system.rules(for: "Europe/Berlin").offset(at: 1_720_000_000) == 7200)
    }
}

extension [UInt8] {
    fileprivate func replacing(at index: Int, with bytes: [UInt8]) -> [UInt8] {
        var changed = self
        changed.replaceSubrange(index..<index + bytes.count, with: bytes)
        return changed
    }
}
