#if canImport(Glibc)
    import Glibc
#endif

/// Tells whether a descriptor leads to the journal, so that structured records reach the same place.
///
/// See `$JOURNAL_STREAM` in systemd.exec(5): device and inode of the stream that the service manager connected. A
/// process whose output was redirected since has the variable and no journal.
package enum JournalStream {
    /// `true` when standard error of this process goes to the journal.
    package static var isStandardError: Bool {
        isConnected(STDERR_FILENO, variable: getenv("JOURNAL_STREAM").map { String(cString: $0) })
    }

    static func isConnected(_ descriptor: Int32, variable: String?) -> Bool {
        guard let parts = variable?.split(separator: ":", omittingEmptySubsequences: false), parts.count == 2,
            let device = UInt(parts[0]), let inode = UInt(parts[1])
        else { return false }
        var status = stat()
        return fstat(descriptor, &status) == 0 && UInt(status.st_dev) == device && UInt(status.st_ino) == inode
    }
}
