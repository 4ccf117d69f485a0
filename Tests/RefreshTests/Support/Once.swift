import Synchronization

/// True the first time it is asked, or the first few times.
final class Once: Sendable {
    private let left: Mutex<Int>

    init(_ times: Int = 1) { left = Mutex(times) }

    func take() -> Bool {
        left.withLock { left in
            guard left > 0 else { return false }
            left -= 1
            return true
        }
    }
}
