@testable import Control

/// Runs each step of a task on a thread of its own: the tests' callers block, and the server's tasks must go on.
final class ThreadPerJob: TaskExecutor {
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        do throws(SystemError) {
            try LoopThread.start { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
        } catch {
            job.runSynchronously(on: asUnownedTaskExecutor())
        }
    }
}
