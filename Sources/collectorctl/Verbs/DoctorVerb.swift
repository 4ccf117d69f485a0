import Control

/// `collectorctl doctor`.
enum DoctorVerb {
    static let verb = Verb(
        "doctor",
        options: [Option("account", takes: .account, "ACCOUNT", repeats: true, help: "look only at this account")],
        summary: "Look for what keeps the collector from its work, and say what to do about it",
        details: [
            "Looks at the configuration, the state directory, time zones, the store, AWS's endpoint and the clocks, "
                + "the collector's credentials, and in each account at its role, its regions and its permissions.",
            "Permissions are asked of IAM's simulator where that is allowed (iam:SimulatePrincipalPolicy), else each "
                + "list call of the selected types is tried once.",
        ],
        exitCodes: .daemon + [.notFound, .invalidConfiguration, .access],
        examples: [
            .init("collectorctl doctor", "is everything as it should be?"),
            .init("collectorctl doctor --account 111122223333 -o json", "one account, for a script"),
        ]
    ) { session throws(CommandFailure) in
        var failed: Set<CheckArea> = []
        let isTable = session.style.format == .table && session.style.columns == nil && session.style.sort == nil
        var printer = try isTable ? nil : RecordPrinter(form, session)
        try session.stream(DoctorParameters(accounts: session.arguments.list("account"))) {
            reply throws(CommandFailure) in
            for check in reply.checks {
                if check.state == .failed { failed.insert(check.area) }
                if isTable {
                    // A table would wait for its widest row; who looks for a fault wants to see each at once.
                    session.output.write(text(of: check, session.style))
                    session.output.flush()
                } else {
                    try printer?.print(check)
                }
            }
            return true
        }
        printer?.finish()
        return code(for: failed)
    }

    /// The configuration first: what is wrong there may be why the rest is.
    private static func code(for failed: Set<CheckArea>) -> ExitCode {
        if failed.contains(.configuration) { return .invalidConfiguration }
        if failed.contains(.credentials) || failed.contains(.account) { return .access }
        return failed.isEmpty ? .success : .failure
    }

    private static func text(of check: DoctorCheck, _ style: OutputStyle) -> String {
        let state = word(check.state)
        let padding = String(repeating: " ", count: 8 - state.count)
        let place = [check.account, check.check].compactMap(\.self).joined(separator: " ")
        var text = Self.style(of: check.state).applied(to: state, colors: style.colors) + padding
        text += TerminalText.escaped("\(place): \(check.message)") + "\n"
        if let advice = check.advice { text += "        " + TerminalText.escaped("→ \(advice)") + "\n" }
        return text
    }

    private static func word(_ state: CheckState) -> String {
        switch state {
        case .ok: "ok"
        case .warning: "warn"
        case .failed: "fail"
        case .skipped: "skip"
        }
    }

    private static func style(of state: CheckState) -> Style {
        switch state {
        case .ok: .good
        case .warning: .warning
        case .failed: .bad
        case .skipped: .dim
        }
    }

    private static let form = RecordForm<DoctorCheck>(
        columns: [
            .init("state", "STATE") { .styled(word($0.state), style(of: $0.state)) },
            .init("area", "AREA", isExtra: true) { .text($0.area.rawValue) },
            .init("account", "ACCOUNT") { Cell($0.account) },
            .init("check", "CHECK") { .text($0.check) },
            .init("message", "MESSAGE") { .text($0.message) },
            .init("advice", "WHAT TO DO") { Cell($0.advice) },
            .init("actions", "MISSING ACTIONS", isExtra: true) {
                Cell($0.actions.isEmpty ? nil : $0.actions.joined(separator: " "))
            },
        ],
        name: \.check, json: \.wire)
}
