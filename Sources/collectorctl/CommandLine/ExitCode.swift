/// What the program's exit code says. The numbers are part of the interface: scripts rely on them.
enum ExitCode: Int32, Sendable, CaseIterable {
    case success = 0
    case failure = 1
    case usage = 2
    /// Also: the run to cancel has ended.
    case notFound = 3
    case permission = 4
    case unreachable = 5
    case invalidConfiguration = 6
    /// Some listings failed; what they would have replaced is kept.
    case partial = 7
    /// Every listing failed, and each because AWS gave no credentials or no access.
    case access = 8
    /// The wait ended, the run goes on.
    case timedOut = 9
    case cancelled = 10
    /// Ctrl-C (128 + SIGINT); a run that was waited for goes on.
    case interrupted = 130

    /// The meaning in a few words, for help texts and man pages.
    var meaning: String {
        switch self {
        case .success: "success"
        case .failure: "failure"
        case .usage: "wrong usage"
        case .notFound: "no such run, resource, service or account, or the run has ended"
        case .permission: "no permission"
        case .unreachable: "the daemon cannot be reached"
        case .invalidConfiguration: "the configuration is invalid"
        case .partial: "partial success: some listings failed, their last good rows are kept"
        case .access: "every listing failed for lack of AWS credentials or access"
        case .timedOut: "the wait timed out; the run goes on"
        case .cancelled: "the run was cancelled"
        case .interrupted: "interrupted; a run that was waited for goes on"
        }
    }
}
