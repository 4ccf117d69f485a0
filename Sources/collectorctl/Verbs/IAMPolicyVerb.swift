import Control
import JSON

/// `collectorctl iam-policy`.
enum IAMPolicyVerb {
    static let verb = Verb(
        "iam-policy",
        options: [
            Option(
                "for", takes: .choice(PolicyAudience.allCases.map(\.rawValue)),
                help: "only the policies of one identity"),
            Option("account", takes: .account, "ACCOUNT", help: "only what is needed in this account"),
            Option(
                "split", takes: .choice(PolicySplit.allCases.map(\.rawValue)),
                help: "cut policies to IAM's size of (default: managed)"),
            Option("trust", takes: .account, "ACCOUNT", help: "the trust policy of that account's role instead"),
            Option("output-dir", takes: .file, "DIRECTORY", help: "write each policy to NAME.json in there"),
        ],
        summary: "Print the least-privilege IAM policies for exactly the configured types and store",
        details: [
            "member is for the role in each account; collector for the identity whose keys the daemon has; "
                + "organization and store are for the roles that [Organization] and [Store] name.",
            "A single policy is printed as it is, ready for IAM. Several are one object of policies by name; "
                + "--for, --account and --output-dir take them apart, and -o json adds whom each is for and its size.",
            "The statement CreateTables may be left out where the DynamoDB tables exist.",
        ],
        exitCodes: .daemon + [.notFound, .access],
        examples: [
            .init("collectorctl iam-policy --for member > read.json", "the policy of the role in each account"),
            .init("collectorctl iam-policy --trust 111122223333", "who may assume the role, with the external id"),
            .init("collectorctl iam-policy --output-dir policies", "a file each"),
            .init("collectorctl iam-policy -o table", "which policies there are, and how large"),
        ]
    ) { session throws(CommandFailure) in
        if let account = session.arguments.text("trust") { return try printTrust(account, session) }
        let reply = try session.call(
            IAMPolicyParameters(
                audience: session.arguments.text("for").flatMap(PolicyAudience.init),
                account: session.arguments.text("account"),
                split: session.arguments.text("split").flatMap(PolicySplit.init)))
        for note in reply.notes { session.note(note) }
        if let directory = session.arguments.text("output-dir") {
            try write(reply.documents, to: directory, session)
        } else if session.arguments.text("output") == nil {
            printPlain(reply.documents, session)
        } else {
            try RecordPrinter.print(reply.documents, form, session)
        }
        return .success
    }

    private static func printTrust(_ account: String, _ session: Session) throws(CommandFailure) -> ExitCode {
        for option in ["for", "account", "split", "output-dir"] where session.arguments.text(option) != nil {
            throw CommandFailure(.usage, "--trust and --\(option) exclude each other")
        }
        let reply = try session.call(TrustPolicyParameters(account: account))
        session.note("the trust policy of \(reply.roleARN):")
        for note in reply.notes { session.note(note) }
        session.output.write(JSONForm.indented(reply.document, session.style) + "\n")
        return .success
    }

    private static func printPlain(_ documents: [PolicyDocument], _ session: Session) {
        for each in documents {
            session.note("\(each.name), \(each.characters) characters: attach to \(each.attachTo)")
        }
        let value: JSONValue =
            documents.count == 1
            ? documents[0].document : .object(documents.map { JSONValue.Member($0.name, $0.document) })
        session.output.write(JSONForm.indented(value, session.style) + "\n")
    }

    private static func write(
        _ documents: [PolicyDocument], to directory: String, _ session: Session
    ) throws(CommandFailure) {
        for each in documents {
            let path = "\(directory)/\(each.name).json"
            let file = try OutputFile.creating(path)
            file.write(each.document.indentedText + "\n")
            file.close()
            session.output.write(TerminalText.escaped("\(path)\n"))
        }
    }

    private static let form = RecordForm<PolicyDocument>(
        columns: [
            .init("name", "NAME") { .text($0.name) },
            .init("audience", "FOR") { .text($0.audience.rawValue) },
            .init("characters", "CHARACTERS", isNumber: true) { .number($0.characters) },
            .init("attachTo", "ATTACH TO") { .text($0.attachTo) },
            .init("accounts", "ACCOUNTS", isExtra: true) {
                Cell($0.accounts.isEmpty ? nil : $0.accounts.joined(separator: " "))
            },
            .init("document", "DOCUMENT", isOnRequest: true) { .text($0.document.text) },
        ],
        name: \.name, json: \.wire)
}
