import Glibc

/// The folder of compiled time zones, by default the system's tzdata.
///
/// The only file of this module that calls C. Reading blocks; the files are small and local.
package struct TimeZoneDirectory: Sendable, Equatable {
    /// Where Debian's tzdata package installs the zones.
    package static let system = TimeZoneDirectory(path: "/usr/share/zoneinfo")

    package let path: String

    package init(path: String) { self.path = path }

    /// No IANA name is longer than 32 characters; EventBridge allows 50.
    private static let maximumNameLength = 64
    /// A bound on the names looked through for a suggestion; tzdata has about 600 without its copies.
    private static let maximumNames = 4000

    /// Reads the rules of a zone by its IANA name; links such as `GMT` count as names, `UTC` needs no file.
    ///
    /// - Throws: `ScheduleError` of subject `timeZone`: a name of another form (nothing outside the folder is opened),
    ///   an unknown name with the closest known one, a file that cannot be read or is damaged.
    package func rules(for name: String) throws(ScheduleError) -> TimeZoneRules {
        if name == "UTC" { return .utc }
        try Self.check(name)
        return try TimeZoneFile.parse(try contents(of: name), name: name)
    }

    private static func check(_ name: String) throws(ScheduleError) {
        guard !name.isEmpty else {
            throw ScheduleError(
                subject: .timeZone, message: "the name is empty; write one such as Europe/Berlin or UTC")
        }
        guard name.utf8.count <= maximumNameLength else {
            throw ScheduleError(
                subject: .timeZone, column: maximumNameLength + 1,
                message: "the name is longer than \(maximumNameLength) characters")
        }
        var atStart = true
        for (index, character) in name.enumerated() {
            // No dot is allowed, so no `.` or `..` can lead out of the folder.
            let byte = character.asciiValue ?? 0
            let isSlash = byte == UInt8(ascii: "/")
            let isWord = byte.isASCIILetter || byte.isASCIIDigit || "_+-".utf8.contains(byte)
            guard isWord || isSlash && !atStart else {
                throw ScheduleError(
                    subject: .timeZone, column: index + 1,
                    message: "`\(name)` is not an IANA name; write one such as Europe/Berlin or UTC")
            }
            atStart = isSlash
        }
        if atStart {
            throw ScheduleError(
                subject: .timeZone, column: name.count, message: "`\(name)` ends in `/`; write the whole IANA name")
        }
    }

    private func contents(of name: String) throws(ScheduleError) -> [UInt8] {
        // Not blocking: a pipe in place of a zone must not hold the caller.
        let descriptor = open(path + "/" + name, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw openProblem(name, code: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw unknown(name)
        }
        var bytes = [UInt8](repeating: 0, count: TimeZoneFile.maximumSize + 1)
        var count = 0
        while count < bytes.count {
            // The pointer lives for this call only and `bytes.count - count` bytes are writable behind it.
            let got = bytes.withUnsafeMutableBytes { buffer in
                read(descriptor, buffer.baseAddress.map { $0 + count }, buffer.count - count)
            }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else {
                throw ScheduleError(
                    subject: .timeZone, message: "cannot read \(path)/\(name): \(String(cString: strerror(errno)))")
            }
            if got == 0 { break }
            count += got
        }
        guard count <= TimeZoneFile.maximumSize else {
            throw ScheduleError(
                subject: .timeZone,
                message: "the file of `\(name)` is damaged: it is larger than \(TimeZoneFile.maximumSize) bytes")
        }
        return Array(bytes.prefix(count))
    }

    private func openProblem(_ name: String, code: Int32) -> ScheduleError {
        guard code == ENOENT || code == ENOTDIR else {
            return ScheduleError(
                subject: .timeZone, message: "cannot open \(path)/\(name): \(String(cString: strerror(code)))")
        }
        return access(path, R_OK) == 0
            ? unknown(name)
            : ScheduleError(
                subject: .timeZone, message: "no time zones in \(path); install the package tzdata, or use UTC")
    }

    private func unknown(_ name: String) -> ScheduleError {
        let hint = NameDistance.closest(to: name, among: names() + ["UTC"]).map { "; did you mean \($0)?" } ?? ""
        return ScheduleError(subject: .timeZone, message: "unknown time zone `\(name)`\(hint)")
    }

    /// The names of all zones in the folder, without the copies under `posix` and `right`.
    private func names() -> [String] {
        var names: [String] = []
        var folders = [""]
        while let folder = folders.popLast(), names.count < Self.maximumNames {
            guard let stream = opendir(path + "/" + folder) else { continue }
            defer { closedir(stream) }
            while let entry = readdir(stream), names.count < Self.maximumNames {
                // readdir ends d_name with NUL inside the entry, which lives until the next call.
                let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                    pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                guard name.first?.isUppercase == true, !name.contains(".") else { continue }
                if entry.pointee.d_type == DT_DIR {
                    // tzdata's deepest names have three parts.
                    if folder.utf8.filter({ $0 == UInt8(ascii: "/") }).count < 2 { folders.append(folder + name + "/") }
                } else {
                    names.append(folder + name)
                }
            }
        }
        return names
    }
}
