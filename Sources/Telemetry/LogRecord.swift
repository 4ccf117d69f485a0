/// How much a record matters; the raw values are syslog's priorities, which journald uses.
package enum LogLevel: Int, Sendable, Comparable, CaseIterable {
    case error = 3
    case warning = 4
    case notice = 5
    case info = 6
    case debug = 7

    /// `true` when `lhs` is less important than `rhs`.
    package static func < (lhs: LogLevel, rhs: LogLevel) -> Bool { lhs.rawValue > rhs.rawValue }

    /// The word of the `LogLevel=` setting: `error`, `warning`, `notice`, `info`, `debug`.
    package init?(word: String) {
        guard let level = Self.allCases.first(where: { $0.word == word }) else { return nil }
        self = level
    }

    package var word: String { String(describing: self) }
}

/// The journal's name for a fact that a record carries; operators filter by these (`journalctl INVENTORY_RUN=…`).
package enum LogField: String, Sendable, CaseIterable {
    case run = "INVENTORY_RUN"
    case service = "INVENTORY_SERVICE"
    case account = "INVENTORY_ACCOUNT"
    case region = "INVENTORY_REGION"
    case type = "INVENTORY_TYPE"
    case outcome = "INVENTORY_OUTCOME"
    case awsError = "INVENTORY_AWS_ERROR"
    case requestID = "INVENTORY_REQUEST_ID"
    case count = "INVENTORY_COUNT"
    case callerUID = "INVENTORY_CALLER_UID"
    case callerName = "INVENTORY_CALLER_NAME"
    case schedule = "INVENTORY_SCHEDULE"

    /// What stands in the field, for the manual.
    package var meaning: String {
        switch self {
        case .run: "the run's id"
        case .service: "the AWS service, ec2"
        case .account: "the AWS account's 12 digits"
        case .region: "the region; aws-global for global services"
        case .type: "the resource type, ec2/instance"
        case .outcome: "how a listing ended"
        case .awsError: "AWS's error code"
        case .requestID: "the id of the request at AWS"
        case .count: "how many resources the message speaks of"
        case .callerUID: "the uid of the user who asked"
        case .callerName: "that user's name, as the system knew it then"
        case .schedule: "the schedule's name"
        }
    }
}

/// Messages that have a text in the journal catalog; the values never change once released.
package enum MessageID: String, Sendable, CaseIterable {
    case started = "5d7c9fbd9c5c4a0f9a3d0f6f8f2b6a01"
    case stopping = "5d7c9fbd9c5c4a0f9a3d0f6f8f2b6a02"
    case reloaded = "5d7c9fbd9c5c4a0f9a3d0f6f8f2b6a03"
    case reloadFailed = "5d7c9fbd9c5c4a0f9a3d0f6f8f2b6a04"
    case runFinished = "5d7c9fbd9c5c4a0f9a3d0f6f8f2b6a05"
    case runPartial = "5d7c9fbd9c5c4a0f9a3d0f6f8f2b6a06"
    case accountUnreachable = "5d7c9fbd9c5c4a0f9a3d0f6f8f2b6a07"
    case storeUnavailable = "5d7c9fbd9c5c4a0f9a3d0f6f8f2b6a08"
    case schedulesMissed = "5d7c9fbd9c5c4a0f9a3d0f6f8f2b6a09"
    case listingHeldBack = "5d7c9fbd9c5c4a0f9a3d0f6f8f2b6a31"
    case listingReleased = "5d7c9fbd9c5c4a0f9a3d0f6f8f2b6a32"
    case conditionBegan = "5d7c9fbd9c5c4a0f9a3d0f6f8f2b6a33"
    case conditionEnded = "5d7c9fbd9c5c4a0f9a3d0f6f8f2b6a34"
    case cannotStart = "5d7c9fbd9c5c4a0f9a3d0f6f8f2b6b01"
    case callerDropped = "5d7c9fbd9c5c4a0f9a3d0f6f8f2b6b02"
    case runCancelled = "5d7c9fbd9c5c4a0f9a3d0f6f8f2b6b03"

    /// When it is logged, for the manual.
    package var meaning: String {
        switch self {
        case .started: "the daemon is ready"
        case .stopping: "the daemon was asked to stop"
        case .reloaded: "a changed configuration is in force"
        case .reloadFailed: "a wrong configuration was refused"
        case .runFinished: "a run ended and every listing was good"
        case .runPartial: "a run ended and some listings were not good, or it was interrupted"
        case .accountUnreachable: "an account cannot be entered"
        case .storeUnavailable: "the store or the run ledger cannot be used"
        case .schedulesMissed: "scheduled runs were missed while the daemon was down"
        case .listingHeldBack: "a complete listing lost too much at once and is held back"
        case .listingReleased: "a listing that was held back was confirmed, or what it lacked is back"
        case .conditionBegan: "the store, the run ledger or the way to AWS has failed, or still does"
        case .conditionEnded: "it works again"
        case .cannotStart: "the daemon cannot start, and why"
        case .callerDropped: "a program broke the rules of the control socket and was disconnected"
        case .runCancelled: "a user cancelled a run"
        }
    }
}

/// One thing worth telling an operator.
package struct LogRecord: Sendable {
    package var level: LogLevel
    package var message: String
    package var fields: [(field: LogField, value: String)]
    package var id: MessageID?

    package init(level: LogLevel, message: String, fields: [(field: LogField, value: String)], id: MessageID?) {
        self.level = level
        self.message = message
        self.fields = fields
        self.id = id
    }
}

/// Where records go. Called from any thread; must not block for long and must not fail the caller.
package protocol LogSink: Sendable {
    func write(_ record: LogRecord)
}
