import Control

/// `collectorctl reload`.
enum ReloadVerb {
    static let verb = Verb(
        "reload", summary: "Make the daemon read its configuration again",
        details: ["With an error in it the old configuration stays in force, and the exit code is 6."],
        exitCodes: .daemon + [.invalidConfiguration]
    ) { session throws(CommandFailure) in
        let reply = try session.call(ReloadParameters())
        for warning in reply.warnings { session.note("warning: \(warning)") }
        switch session.style.format {
        case .json: session.output.write(JSONForm.indented(reply.wire, session.style) + "\n")
        case .jsonl: session.output.write(JSONForm.line(reply.wire, session.style))
        case .table, .wide, .csv, .name: session.output.write("the new configuration is in force\n")
        }
        return .success
    }
}
