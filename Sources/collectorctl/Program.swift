import Glibc

/// From the command line to the exit code.
enum Program {
    static func run(_ words: [String]) -> ExitCode {
        let output = OutputFile(descriptor: STDOUT_FILENO)
        let errors = OutputFile(descriptor: STDERR_FILENO)
        do throws(CommandFailure) {
            let code = try answer(words, output, errors)
            output.finish()
            return code
        } catch {
            // What was found before the failure is shown before it.
            output.finish()
            errors.write(error.text)
            errors.flush()
            return error.code
        }
    }

    private static func answer(
        _ words: [String], _ output: OutputFile, _ errors: OutputFile
    ) throws(CommandFailure) -> ExitCode {
        switch try ArgumentParser(verbs: VerbTable.all).parse(words) {
        case .help(let topic):
            output.write(try HelpText(verbs: VerbTable.all).page(for: topic))
            return .success
        case .version:
            output.write(VersionVerb.line + "\n")
            return .success
        case .run(let arguments):
            let terminal = Terminal.current()
            return try arguments.verb.run(Session(arguments, terminal: terminal, output: output, errors: errors))
        }
    }
}
