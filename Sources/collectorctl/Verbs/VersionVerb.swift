import Control
import JSON

/// `collectorctl version`.
enum VersionVerb {
    static let verb = Verb(
        "version", summary: "Print the versions of this program and of the running daemon", callsDaemon: true
    ) { session throws(CommandFailure) in
        let daemon = daemonVersion(session)
        switch session.style.format {
        case .json, .jsonl:
            let document = JSONValue.object([
                .init("collectorctl", .string(Release.version)), .init("daemon", daemon?.wire ?? .null),
            ])
            session.output.write(
                session.style.format == .json
                    ? JSONForm.indented(document, session.style) + "\n" : JSONForm.line(document, session.style))
        case .table, .wide, .csv, .name:
            session.output.write(line + "\n")
            session.output.write("inventory-collectord \(TerminalText.escaped(daemon ?? "(not reachable)"))\n")
        }
        return .success
    }

    static let line = "collectorctl \(Release.version)"

    /// `nil` when it does not answer soon: the version of this program is worth telling all the same.
    private static func daemonVersion(_ session: Session) -> String? {
        let client = try? session.connect(timeout: .seconds(1))
        return try? client?.call(StatusParameters(), timeout: .seconds(2)).version
    }
}
