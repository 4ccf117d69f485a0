import Glibc
import Inventory
import Refresh

/// Opens what a start needs, and tries again where what is in the way may pass by itself: a full disk, another process's
/// lock, no way to AWS.
struct LateStart: Sendable {
    let conditions: Conditions

    /// Between two tries.
    private static let interval = Duration.seconds(10)
    /// The longest that a start waits for one try: half of the unit's TimeoutStartSec=, enough for a table to be made.
    private static let patience = Duration.seconds(45)

    /// Tries once. `false` when another try may succeed; the condition is told then.
    ///
    /// - Throws: what no other try heals; anything when not `tolerant`.
    func open(
        _ kind: Conditions.Kind, tolerant: Bool = true,
        _ attempt: @escaping @Sendable () async throws(StoreError) -> Void
    ) async throws(StoreError) -> Bool {
        do throws(StoreError) {
            if tolerant { try await bounded(attempt) } else { try await attempt() }
            conditions.succeeded(kind)
            return true
        } catch {
            guard tolerant, error.isPassing else { throw error }
            conditions.failed(kind, StoreProblem.text(error))
            return false
        }
    }

    /// Tries until it is done, or another try would not help, which is told; returns early when the task is cancelled.
    func finish(_ kind: Conditions.Kind, _ attempt: @escaping @Sendable () async throws(StoreError) -> Void) async {
        while !Task.isCancelled {
            // Ends early only when the daemon stops.
            try? await Task.sleep(for: Self.interval)
            do throws(StoreError) {
                if try await open(kind, attempt) { return }
            } catch {
                guard error != .cancelled else { return }
                conditions.failed(kind, StoreProblem.text(error))
                return
            }
        }
    }

    /// Gives up on an attempt that takes too long.
    private func bounded(_ attempt: @escaping @Sendable () async throws(StoreError) -> Void) async throws(StoreError) {
        let result = await withTaskGroup(of: Result<Void, StoreError>.self) { group in
            group.addTask {
                do throws(StoreError) { return .success(try await attempt()) } catch { return .failure(error) }
            }
            group.addTask {
                // Ends early only when it does not matter any more.
                try? await Task.sleep(for: Self.patience)
                return .failure(.unavailable("no answer within \(Self.patience)"))
            }
            defer { group.cancelAll() }
            return await group.next() ?? .failure(.cancelled)
        }
        try result.get()
    }

    /// Whether a file may be at that path some day: without a directory for it the configuration is wrong.
    static func isFilePlace(_ path: String) -> Bool {
        isDirectory(path.lastIndex(of: "/").map { String(path[...$0]) } ?? ".") && !isDirectory(path)
    }

    static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}

extension StoreError {
    /// Whether the same call can succeed later without anybody's help.
    var isPassing: Bool {
        switch self {
        case .unavailable, .exhausted: true
        case .refused, .unstorable, .corrupt, .cancelled: false
        }
    }
}
