/// Keys that a program of the operator prints, as JSON of version 1.
///
/// <https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html>. The program is started directly,
/// without a shell. What it prints and its arguments never appear in errors, as both may hold secrets.
struct CredentialProcess {
    /// A program that waits for a person or a dead network must not hold up the service for ever.
    static let timeLimit = Duration.seconds(60)

    let command: String
    let profile: String
    let environment: [String: String]
    var timeLimit = Self.timeLimit

    func fetch() async throws(CredentialsError) -> Credentials {
        guard let words = CommandLineWords.split(command), let program = words.first else {
            throw error(.badConfiguration, "the command is empty or a quotation in it is not closed")
        }
        let name = program.split(separator: "/").last.map(String.init) ?? program
        let process = ChildProcess(
            arguments: words, environment: environment.map { "\($0.key)=\($0.value)" },
            outputLimitInBytes: CredentialsDocument.sizeLimitInBytes, timeLimit: timeLimit)
        switch await process.run() {
        case .exited(let status, let output):
            guard status == 0 else {
                throw error(.refused(code: "exit \(status)"), "\(name) ended with exit status \(status)")
            }
            return try keys(output, name: name)
        case .signalled(let signal):
            throw error(.refused(code: "signal \(signal)"), "\(name) was ended by signal \(signal)")
        case .notStarted(let reason):
            throw error(.badConfiguration, "\(name) cannot be started: \(reason)")
        case .timedOut:
            throw error(.unreachable, "\(name) did not end within \(timeLimit)")
        case .outputTooLarge:
            let limit = CredentialsDocument.sizeLimitInBytes
            throw error(.refused(code: "BadReply"), "\(name) printed more than \(limit) bytes")
        case .cancelled: throw .cancelled
        }
    }

    private func keys(_ output: [UInt8], name: String) throws(CredentialsError) -> Credentials {
        let document = try CredentialsDocument(
            output, source: "credential_process of the profile \"\(profile)\" (\(name))")
        guard document.value["Version"]?.int == 1 else {
            throw error(.refused(code: "BadReply"), "\(name) did not print \"Version\": 1")
        }
        return try document.credentials(tokenMember: "SessionToken")
    }

    private func error(_ kind: CredentialsError.Kind, _ message: String) -> CredentialsError {
        CredentialsError(kind: kind, message: "credential_process of the profile \"\(profile)\": \(message)")
    }
}
