import JSON

/// Why the daemon does not do what was asked: the typed errors of the interface.
package enum CollectorError: Error, Sendable, Equatable {
    case noSuchService(String)
    case noSuchType(String)
    case noSuchAccount(String)
    case noSuchRegion(String)
    case noSuchRun(String)
    case noSuchResource(String)
    /// Changes so old are no longer kept; the oldest entry that is.
    case changesGone(oldest: Int)
    /// The log has no entry so new, so that it is another log than the caller's; its newest one.
    case noSuchChange(newest: Int)
    /// History does not reach so far back, only to this time.
    case noHistory(since: Timestamp)
    /// The configured store does not do that; the text says which does.
    case notSupported(String)
    /// The run has ended, so that it cannot be cancelled.
    case runFinished(String)
    /// The store cannot be read or written; the text says why and what to do.
    case storeUnavailable(String)
    /// The old configuration stays in force; each text is `file:line:column: message`.
    case reloadFailed([String])
    /// Too much is under way already; try again later.
    case busy(String)
    case shuttingDown
    /// AWS gave no credentials or no access; the text says for what and why.
    case accessFailed(String)
    /// The account is entered with the collector's own credentials: there is no role that could trust it.
    case noRole(String)
    /// The reply would exceed this many bytes: ask with `more`, or for less.
    case replyTooLarge(Int)
    /// A parameter has a value that cannot be (`org.varlink.service.InvalidParameter`).
    case invalidParameter(String)
    /// The caller may not do this (`org.varlink.service.PermissionDenied`).
    case permissionDenied
    /// The caller is gone; only the server throws it, out of `ReplyStream.send`. Never on the wire.
    case disconnected
}

extension CollectorError {
    /// Names of the errors that the interface declares, with the member each carries.
    static let declared: [(name: String, member: String?)] = [
        ("NoSuchService", "service"), ("NoSuchType", "type"), ("NoSuchAccount", "account"),
        ("NoSuchRegion", "region"), ("NoSuchRun", "run"), ("NoSuchResource", "id"), ("ChangesGone", "oldest"),
        ("NoSuchChange", "newest"), ("NoHistory", "since"), ("NotSupported", "reason"), ("RunFinished", "run"),
        ("StoreUnavailable", "reason"), ("ReloadFailed", "errors"), ("Busy", "reason"), ("ShuttingDown", nil),
        ("ReplyTooLarge", "limitInBytes"), ("AccessFailed", "reason"), ("NoRole", "account"),
    ]

    /// The error as it travels; `nil` for `disconnected`, because nobody is there to read it.
    package var wire: VarlinkError? {
        switch self {
        case .noSuchService(let service): Self.own("NoSuchService", "service", service.wire)
        case .noSuchType(let type): Self.own("NoSuchType", "type", type.wire)
        case .noSuchAccount(let account): Self.own("NoSuchAccount", "account", account.wire)
        case .noSuchRegion(let region): Self.own("NoSuchRegion", "region", region.wire)
        case .noSuchRun(let run): Self.own("NoSuchRun", "run", run.wire)
        case .noSuchResource(let id): Self.own("NoSuchResource", "id", id.wire)
        case .changesGone(let oldest): Self.own("ChangesGone", "oldest", oldest.wire)
        case .noSuchChange(let newest): Self.own("NoSuchChange", "newest", newest.wire)
        case .noHistory(let since): Self.own("NoHistory", "since", since.wire)
        case .notSupported(let reason): Self.own("NotSupported", "reason", reason.wire)
        case .runFinished(let run): Self.own("RunFinished", "run", run.wire)
        case .storeUnavailable(let reason): Self.own("StoreUnavailable", "reason", reason.wire)
        case .reloadFailed(let errors): Self.own("ReloadFailed", "errors", errors.wire)
        case .busy(let reason): Self.own("Busy", "reason", reason.wire)
        case .shuttingDown: VarlinkError(name: "\(CollectorMethod.interface).ShuttingDown")
        case .accessFailed(let reason): Self.own("AccessFailed", "reason", reason.wire)
        case .noRole(let account): Self.own("NoRole", "account", account.wire)
        case .replyTooLarge(let limit): Self.own("ReplyTooLarge", "limitInBytes", limit.wire)
        case .invalidParameter(let parameter): .invalidParameter(parameter)
        case .permissionDenied: .permissionDenied
        case .disconnected: nil
        }
    }

    /// The typed form of a received error; `nil` for one that this program does not know.
    package init?(_ error: VarlinkError) {
        func text(_ key: String) -> String { error.parameters[key]?.string ?? "" }
        switch error.name.split(separator: ".").last {
        case _ where error.name == VarlinkError.invalidParameter("").name: self = .invalidParameter(text("parameter"))
        case _ where error.name == VarlinkError.permissionDenied.name: self = .permissionDenied
        case _ where !error.name.hasPrefix("\(CollectorMethod.interface)."): return nil
        case "NoSuchService": self = .noSuchService(text("service"))
        case "NoSuchType": self = .noSuchType(text("type"))
        case "NoSuchAccount": self = .noSuchAccount(text("account"))
        case "NoSuchRegion": self = .noSuchRegion(text("region"))
        case "NoSuchRun": self = .noSuchRun(text("run"))
        case "NoSuchResource": self = .noSuchResource(text("id"))
        case "ChangesGone": self = .changesGone(oldest: error.parameters["oldest"]?.int ?? 0)
        case "NoSuchChange": self = .noSuchChange(newest: error.parameters["newest"]?.int ?? 0)
        case "NoHistory":
            self = .noHistory(since: Timestamp(text("since")) ?? Timestamp(secondsSinceEpoch: 0))
        case "NotSupported": self = .notSupported(text("reason"))
        case "RunFinished": self = .runFinished(text("run"))
        case "StoreUnavailable": self = .storeUnavailable(text("reason"))
        case "ReloadFailed": self = .reloadFailed(error.parameters["errors"]?.strings ?? [])
        case "Busy": self = .busy(text("reason"))
        case "ShuttingDown": self = .shuttingDown
        case "AccessFailed": self = .accessFailed(text("reason"))
        case "NoRole": self = .noRole(text("account"))
        case "ReplyTooLarge": self = .replyTooLarge(error.parameters["limitInBytes"]?.int ?? 0)
        default: return nil
        }
    }

    private static func own(_ name: String, _ key: String, _ value: JSONValue) -> VarlinkError {
        VarlinkError(name: "\(CollectorMethod.interface).\(name)", parameters: .object([.init(key, value)]))
    }
}
