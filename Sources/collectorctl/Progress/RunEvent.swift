import Control

/// One thing the daemon told about a run that is followed.
struct RunEvent: Equatable {
    var run: String
    var state: RunState
    /// An identical run was under way, and this is it.
    var joined = false
    var progress: Progress?
    var summary: RunSummary?

    init(_ reply: RefreshReply) {
        run = reply.run
        state = reply.state
        joined = reply.joined
        progress = reply.progress
        summary = reply.summary
    }

    init(_ reply: DescribeRunReply) {
        run = reply.run
        state = reply.state
        progress = reply.progress
        summary = reply.summary
    }
}
