import Control

/// `collectorctl refresh`.
enum RefreshVerb {
    static let verb = Verb(
        "refresh",
        options: [
            Option("service", "s", takes: .service, "NAME", repeats: true, help: "only this service"),
            Option(
                "type", "t", takes: .resourceType, "TYPE", repeats: true, help: "only this resource type, ec2/instance"),
            Option("account", "a", takes: .account, "ID", repeats: true, help: "only this account"),
            Option(
                "region", "r", takes: .region, "NAME", repeats: true,
                help: "only this region, aws-global for global ones"),
            Option("force", "f", help: "write every resource again, changed or not"),
        ] + RunWaiter.options,
        summary: "Refresh the inventory now, all of it or a part",
        details: [
            "Prints the id of the run. An identical run that is under way is joined, not repeated.",
            RunWaiter.details,
        ],
        exitCodes: .daemon + [.notFound] + .waiting,
        examples: [
            .init("collectorctl refresh --service ec2 --wait", "ec2 everywhere, with progress"),
            .init("collectorctl refresh -t rds/db-instance -a 111122223333 -r eu-west-1", "one listing"),
        ]
    ) { session throws(CommandFailure) in
        let arguments = session.arguments
        let parameters = RefreshParameters(
            services: arguments.list("service"), accounts: arguments.list("account"),
            regions: arguments.list("region"), types: arguments.list("type"),
            force: arguments.flag("force") ? true : nil)
        guard arguments.flag("wait") else {
            try start(parameters, session)
            return .success
        }
        return try RunWaiter(session: session, printsID: true).wait(.refresh(parameters))
    }

    private static func start(_ parameters: RefreshParameters, _ session: Session) throws(CommandFailure) {
        for option in ["timeout", "progress"] where session.arguments.text(option) != nil {
            throw CommandFailure(.usage, "--\(option) goes with --wait")
        }
        let reply = try session.call(parameters)
        switch session.style.format {
        case .json: session.output.write(JSONForm.indented(reply.wire, session.style) + "\n")
        case .jsonl: session.output.write(JSONForm.line(reply.wire, session.style))
        case .table, .wide, .csv, .name: session.output.write(TerminalText.escaped(reply.run) + "\n")
        }
        if reply.joined { session.note("joined: an identical run was under way already") }
    }
}
