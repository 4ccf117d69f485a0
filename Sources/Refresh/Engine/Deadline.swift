/// Work with a bound on its time.
enum Deadline {
    private enum Event<Result: Sendable>: Sendable {
        case done(Result)
        case late
        case cancelled
    }

    /// The work's answer and whether the time ran out before it: then the work was cancelled, and its answer is what it
    /// made of that. `onLate` runs before the work is cancelled, so that the work can tell this from other cancellations.
    static func run<Result: Sendable>(
        within limit: Duration, onLate: () -> Void = {}, _ work: @Sendable @escaping () async -> Result
    ) async -> (result: Result, isLate: Bool) {
        await withTaskGroup(of: Event<Result>.self) { group in
            group.addTask { .done(await work()) }
            group.addTask {
                do {
                    try await Task.sleep(for: limit)
                    return .late
                } catch {
                    return .cancelled
                }
            }
            var isLate = false
            while let event = await group.next() {
                switch event {
                case .done(let result):
                    group.cancelAll()
                    return (result, isLate)
                case .late:
                    isLate = true
                    onLate()
                    group.cancelAll()
                case .cancelled: break
                }
            }
            preconditionFailure("the work's own event always comes")
        }
    }
}
