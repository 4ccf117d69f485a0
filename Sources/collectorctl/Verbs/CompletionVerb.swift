/// `collectorctl completion`.
enum CompletionVerb {
    static let verb = Verb(
        "completion", operands: [Operand("SHELL", .choice(["bash", "zsh", "fish"]))],
        summary: "Print the completion script for a shell",
        details: ["The script asks the running daemon for services, accounts, regions and runs."],
        examples: [
            .init("source <(collectorctl completion bash)", "for this bash"),
            .init("collectorctl completion fish > ~/.config/fish/completions/collectorctl.fish", "for every fish"),
        ]
    ) { session throws(CommandFailure) in
        let verbs = VerbTable.all
        switch session.arguments.operands[0] {
        case "bash": session.output.write(BashCompletion(verbs: verbs).script)
        case "zsh": session.output.write(ZshCompletion(verbs: verbs).script)
        default: session.output.write(FishCompletion(verbs: verbs).script)
        }
        return .success
    }
}
