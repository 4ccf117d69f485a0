import Glibc
import Telemetry
import Testing

@Suite("The files for the service manager")
struct UnitFilesTests {
    /// The repository's `systemd` directory.
    private let directory = #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined() + "/systemd"

    @Test("the catalog explains each message that has an id, and no other")
    func catalog() throws {
        let lines = try text("inventory-collectord.catalog").split(separator: "\n", omittingEmptySubsequences: false)
        let ids = lines.filter { $0.hasPrefix("-- ") }.map { String($0.dropFirst(3)) }
        #expect(ids == MessageID.allCases.map(\.rawValue))
        #expect(lines.filter { $0.hasPrefix("Subject: ") }.count == ids.count)
        let long = lines.filter { $0.utf8.count > 80 && !$0.hasPrefix("#") }
        #expect(long.isEmpty, "journalctl -x shows the text as it is")
    }

    @Test("the catalog names only fields that records carry")
    func catalogFields() throws {
        let parts = try text("inventory-collectord.catalog").split(separator: "@", omittingEmptySubsequences: false)
        let fields = parts.enumerated().filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
        #expect(!fields.isEmpty)
        for field in fields { #expect(LogField(rawValue: field) != nil, "\(field)") }
    }

    @Test(
        "the service is as closed as promised", .enabled(if: isInstalled("systemd-analyze"), "no systemd-analyze here"))
    func exposure() {
        // In tenths: 1.2, as the best unit that Debian ships.
        let command = "systemd-analyze security --offline=true --threshold=12 --no-pager"
        #expect(run("\(command) '\(directory)/inventory-collectord.service' >/dev/null 2>&1") == 0)
    }

    @Test("the units are free of mistakes", .enabled(if: isInstalled("systemd-analyze"), "no systemd-analyze here"))
    func verify() {
        // The programs need not be installed for this.
        let script = """
            set -e
            copy=$(mktemp -d)
            trap 'rm -r "$copy"' EXIT
            sed -E 's|^(ExecStart\\|ExecReload)=.*|\\1=/bin/true|' '\(directory)/inventory-collectord.service' \
            > "$copy/inventory-collectord.service"
            cp '\(directory)/inventory-collectord.socket' "$copy"
            problems=$(systemd-analyze verify --man=no "$copy"/inventory-collectord.* 2>&1)
            test -z "$problems" || { echo "$problems" >&2; exit 1; }
            """
        #expect(run(script) == 0)
    }

    @Test("the daemon and the unit agree on the socket's path and name")
    func socket() throws {
        let unit = try text("inventory-collectord.socket").split(separator: "\n")
        #expect(unit.contains("ListenStream=/run/inventory-collectord/control"))
        #expect(unit.contains("FileDescriptorName=control"))
    }

    private func text(_ name: String) throws -> String {
        let file = try #require(fopen("\(directory)/\(name)", "r"))
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = fread(&bytes, 1, bytes.count, file)
        return try #require(String(validating: bytes[..<count], as: UTF8.self))
    }
}

private func run(_ command: String) -> Int32 {
    guard let output = popen(command, "w") else { return -1 }
    return pclose(output)
}

private func isInstalled(_ program: String) -> Bool { run("command -v \(program) >/dev/null 2>&1") == 0 }
