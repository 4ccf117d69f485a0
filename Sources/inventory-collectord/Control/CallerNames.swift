import Dispatch
import Glibc
import Synchronization

/// What the system calls its users, for the record of who asked for what.
///
/// The system may ask a directory server that does not answer: a look-up has a thread of its own, and nobody waits longer
/// than `patience` for it. All callers share one look-up at a time and a memory of recent answers.
final class CallerNames: Sendable {
    /// A caller's own wait for the name. The call goes on without it.
    private static let patience = DispatchTimeInterval.milliseconds(500)
    /// How long an answer counts; an unknown name too, so that a server that hangs costs one wait a minute and user.
    private static let freshness = Duration.seconds(60)
    /// Users remembered, and look-ups that may wait behind one that hangs.
    private static let capacity = 64

    private struct Answer {
        var name: String?
        var until: ContinuousClock.Instant
    }

    private let answers = Mutex<[Int: Answer]>([:])
    private let waiting = Atomic<Int>(0)
    private let lookups = DispatchQueue(label: "caller names")
    private let clock = DispatchQueue(label: "caller names, time-outs")
    private let lookUp: @Sendable (Int) -> String?

    /// `lookUp` may block; by default it asks the system.
    init(lookUp: @escaping @Sendable (Int) -> String? = CallerNames.system) { self.lookUp = lookUp }

    /// The user's name; `nil` when the system knows none or does not say in time.
    func name(of uid: Int) async -> String? {
        let known = answers.withLock { answers in answers[uid].flatMap { $0.until > .now ? $0 : nil } }
        if let known { return known.name }
        guard waiting.load(ordering: .relaxed) < Self.capacity else { return nil }
        return await withCheckedContinuation { continuation in
            let reply = Reply(continuation)
            waiting.add(1, ordering: .relaxed)
            lookups.async { [self] in
                let name = lookUp(uid)
                waiting.subtract(1, ordering: .relaxed)
                remember(name, uid)
                reply.send(name)
            }
            clock.asyncAfter(deadline: .now() + Self.patience) { [self] in
                reply.send(nil) { remember(nil, uid) }
            }
        }
    }

    private func remember(_ name: String?, _ uid: Int) {
        answers.withLock { answers in
            if answers.count >= Self.capacity { answers.removeAll() }
            answers[uid] = Answer(name: name, until: .now + Self.freshness)
        }
    }

    /// Asks the system's user databases; may block.
    static let system: @Sendable (Int) -> String? = { uid in
        guard let number = uid_t(exactly: uid) else { return nil }
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        // 16 KiB hold any entry that occurs; a larger one is as good as none.
        var buffer = [CChar](repeating: 0, count: 16 << 10)
        // The strings of `entry` lie in `buffer`, which outlives their use: the name is copied within the closure.
        return buffer.withUnsafeMutableBufferPointer { bytes in
            guard let base = bytes.baseAddress,
                getpwuid_r(number, &entry, base, bytes.count, &found) == 0, found != nil,
                let name = entry.pw_name
            else { return nil }
            return String(cString: name)
        }
    }

    /// Resumes a continuation once, whoever comes first.
    private final class Reply: Sendable {
        private let continuation: Mutex<CheckedContinuation<String?, Never>?>

        init(_ continuation: CheckedContinuation<String?, Never>) { self.continuation = Mutex(continuation) }

        /// Does nothing when the other one was first. What is noted is known to whoever is resumed.
        func send(_ name: String?, noting note: () -> Void = {}) {
            let mine = continuation.withLock { continuation in
                defer { continuation = nil }
                return continuation
            }
            guard let mine else { return }
            note()
            mine.resume(returning: name)
        }
    }
}
