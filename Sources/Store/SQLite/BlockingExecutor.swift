import Dispatch

/// Runs an actor's calls one after another on a thread that may block, outside Swift's shared threads, which may not.
///
/// A serial dispatch queue has a thread while it has work and none when idle.
final class BlockingExecutor: SerialExecutor {
    private let queue: DispatchQueue

    init(label: String) { queue = DispatchQueue(label: label) }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
