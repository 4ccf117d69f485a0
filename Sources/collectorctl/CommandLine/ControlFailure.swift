import Control

/// What a failed call means for the user.
enum ControlFailure {
    static func of(_ error: ControlClientError) -> CommandFailure {
        switch error {
        case .unreachable(let reason, let path): return unreachable(reason, path)
        case .disconnected:
            return CommandFailure(.unreachable, "the daemon closed the connection", hints: [statusHint, journalHint])
        case .timedOut:
            return CommandFailure(.unreachable, "the daemon does not answer", hints: [statusHint, journalHint])
        case .interrupted: return CommandFailure(.interrupted, "interrupted")
        case .protocolViolation(let place):
            return CommandFailure(
                .failure, "the daemon's reply is not understood (\(place))",
                hints: ["do collectorctl and the daemon have the same version? see collectorctl version"])
        case .unknownError(let error): return CommandFailure(.failure, "the daemon refuses: \(error)")
        case .refused(let refusal): return refused(refusal)
        }
    }

    private static let statusHint = "is it running? systemctl status inventory-collectord"
    private static let journalHint = "what did it say? journalctl -u inventory-collectord -e"

    private static func unreachable(_ reason: ControlClientError.Unreachable, _ path: String) -> CommandFailure {
        let place = "cannot reach the daemon at \(path)"
        switch reason {
        case .noSuchFile: return CommandFailure(.unreachable, "\(place): there is no such socket", hints: [statusHint])
        case .notRunning: return CommandFailure(.unreachable, "\(place): nobody listens", hints: [statusHint])
        case .permissionDenied:
            return CommandFailure(
                .permission, "\(place): permission denied",
                hints: [
                    "members of the group inventory may use it: sudo usermod -aG inventory $USER, then log in again"
                ])
        case .notASocket: return CommandFailure(.unreachable, "\(place): that is no control socket")
        case .busy: return CommandFailure(.unreachable, "\(place): it takes no more connections", hints: [statusHint])
        case .other(let text): return CommandFailure(.unreachable, "\(place): \(text)", hints: [statusHint])
        }
    }

    private static func refused(_ error: CollectorError) -> CommandFailure {
        switch error {
        case .noSuchService(let name):
            return CommandFailure(.notFound, "there is no service \(name)", hints: ["collectorctl services lists them"])
        case .noSuchType(let name):
            return CommandFailure(
                .notFound, "there is no resource type \(name)", hints: ["collectorctl types -o name lists them"])
        case .noSuchAccount(let name):
            return CommandFailure(
                .notFound, "account \(name) is not collected", hints: ["collectorctl accounts lists those that are"])
        case .noSuchRegion(let name): return CommandFailure(.notFound, "there is no region \(name)")
        case .noSuchRun(let run):
            return CommandFailure(.notFound, "there is no run \(run)", hints: ["collectorctl runs lists the newest"])
        case .noSuchResource(let id):
            return CommandFailure(
                .notFound, "nothing in the inventory has the id, ARN or name \(id)",
                hints: ["collectorctl metadata tells how fresh the inventory is"])
        case .changesGone(let oldest):
            return CommandFailure(
                .failure, "changes so old are no longer kept; the oldest is \(oldest)",
                hints: ["--since \(oldest - 1) tells all that are"])
        case .noSuchChange(let newest):
            return CommandFailure(
                .failure, "the change log has come to \(newest) only: it is not the one the number is from",
                hints: ["--since 0 tells all of it"])
        case .noHistory(let since):
            return CommandFailure(.notFound, "history reaches back to \(since) only")
        case .notSupported(let reason): return CommandFailure(.failure, reason)
        case .runFinished(let run):
            return CommandFailure(.notFound, "run \(run) has ended", hints: ["collectorctl show \(run) tells how"])
        case .storeUnavailable(let reason): return CommandFailure(.failure, "the store is unavailable: \(reason)")
        case .reloadFailed(let errors):
            return CommandFailure(
                .invalidConfiguration, "the configuration is invalid; the old one stays in force", hints: errors)
        case .busy(let reason): return CommandFailure(.failure, "the daemon is busy: \(reason)")
        case .shuttingDown:
            return CommandFailure(.unreachable, "the daemon is shutting down", hints: ["try again in a moment"])
        case .accessFailed(let reason):
            return CommandFailure(.access, reason, hints: ["collectorctl doctor tells what is missing"])
        case .noRole(let account):
            return CommandFailure(
                .notFound, "account \(account) is entered with the collector's own credentials",
                hints: ["there is no role to trust it; collectorctl accounts lists the roles there are"])
        case .replyTooLarge(let limit):
            return CommandFailure(
                .failure, "the reply would be larger than \(limit) bytes", hints: ["narrow the selection"])
        case .invalidParameter(let name): return CommandFailure(.usage, "the daemon refuses the value of \(name)")
        case .permissionDenied: return CommandFailure(.permission, "the daemon refuses: you may not do this")
        case .disconnected: return CommandFailure(.unreachable, "the daemon closed the connection")
        }
    }
}
