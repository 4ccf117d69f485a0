import CSystemd

#if canImport(Glibc)
    import Glibc
#endif

/// Everything this project asks of libsystemd, as plain Swift values. Each pointer lives within the call it is for.
enum LibSystemd {
    /// Sends a notification; positive when it was sent, 0 without a service manager, else a negative `errno`.
    static func notify(_ state: String) -> Int32 { sd_notify(0, state) }

    /// Sends a notification with descriptors, which the receiver duplicates; answers as `notify` does.
    static func notify(_ state: String, with descriptors: [Int32]) -> Int32 {
        sd_pid_notify_with_fds(0, 0, state, descriptors, UInt32(descriptors.count))
    }

    /// The watchdog's limit for this process; `nil` when none is set. A wrong variable counts as none.
    static func watchdogMicroseconds() -> UInt64? {
        var microseconds: UInt64 = 0
        return sd_watchdog_enabled(0, &microseconds) > 0 ? microseconds : nil
    }

    /// The names of the inherited descriptors, of which the first is 3, and removes the variables that told them;
    /// a negative `errno` on failure. Marks the descriptors close-on-exec.
    static func takeListenNames() -> Result<[String], FailedCall> {
        var list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        let count = sd_listen_fds_with_names(1, &list)
        guard count >= 0 else { return .failure(FailedCall(call: "sd_listen_fds", code: -count)) }
        // The library gives `count` strings, each and the list itself allocated with malloc for the caller to free.
        var names: [String] = []
        if let list {
            for index in 0..<Int(count) {
                guard let name = list[index] else { break }
                names.append(String(cString: name))
                free(name)
            }
            free(list)
        }
        return .success(names)
    }

    static let firstListenDescriptor = SD_LISTEN_FDS_START

    /// Whether a descriptor is a listening stream socket of this family.
    static func isListeningStream(_ descriptor: Int32, family: Int32) -> Bool {
        sd_is_socket(descriptor, family, Int32(SOCK_STREAM.rawValue), 1) > 0
    }

    /// Whether a descriptor is a connected local stream socket.
    static func isConnectedStream(_ descriptor: Int32) -> Bool {
        sd_is_socket(descriptor, AF_UNIX, Int32(SOCK_STREAM.rawValue), 0) > 0
    }

    /// Sends one entry of `NAME=value` fields to the journal; a negative `errno` on failure. Without a journal the
    /// library drops the entry and calls that a success.
    static func send(_ fields: [[UInt8]]) -> Int32 {
        let bytes = fields.flatMap(\.self)
        return bytes.withUnsafeBytes { buffer in
            var offset = 0
            // Each vector covers one field of `bytes`, which outlives the call; the library only reads.
            let vectors = fields.map { field in
                defer { offset += field.count }
                return iovec(
                    iov_base: UnsafeMutableRawPointer(mutating: buffer.baseAddress?.advanced(by: offset)),
                    iov_len: field.count)
            }
            return sd_journal_sendv(vectors, Int32(vectors.count))
        }
    }
}
