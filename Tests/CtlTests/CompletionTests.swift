import Glibc
import Testing

@testable import collectorctl

@Suite("Completion")
struct CompletionTests {
    private static func script(_ shell: String) -> String {
        switch shell {
        case "bash": BashCompletion(verbs: VerbTable.all).script
        case "zsh": ZshCompletion(verbs: VerbTable.all).script
        default: FishCompletion(verbs: VerbTable.all).script
        }
    }

    @Test("The scripts know every verb and every option", arguments: ["bash", "zsh", "fish"])
    func complete(shell: String) {
        let script = Self.script(shell)
        for verb in VerbTable.all {
            for word in verb.name.split(separator: " ") { #expect(script.contains(word), "\(verb.name)") }
            for option in verb.allOptions {
                #expect(script.contains(shell == "fish" ? "-l \(option.name)" : "--\(option.name)"), "\(option.name)")
            }
        }
    }

    @Test(
        "The shell itself accepts its script", .enabled(if: isInstalled("bash")), arguments: ["bash", "zsh", "fish"])
    func syntax(shell: String) async throws {
        guard isInstalled(shell) else { return }
        try await withTemporaryDirectory { directory in
            try ProgramRun.write(Self.script(shell), to: "\(directory)/script")
            let check = shell == "fish" ? "--no-execute" : "-n"
            let result = try await ProgramRun(
                [shell, check, "\(directory)/script"], in: directory, program: "/usr/bin/env"
            ).result()
            #expect(result.code == 0 && result.errors.isEmpty, "\(result.errors)")
        }
    }

    @Test(
        "bash completes verbs, members of groups, options, choices and words from the daemon",
        .enabled(if: isInstalled("bash")),
        arguments: [
            ("collectorctl ref", "refresh"), ("collectorctl schedule ", "next"), ("collectorctl config ch", "check"),
            ("collectorctl refresh --ser", "--service"), ("collectorctl list -o js", "json jsonl"),
            ("collectorctl completion z", "zsh"), ("collectorctl help cov", "coverage"),
            ("collectorctl refresh --service e", "ec2"), ("collectorctl --utc show r", "r1 r0"),
            ("collectorctl list --account ", "111122223333"), ("collectorctl schedule next --tim", "--timezone"),
        ])
    func bash(line: String, words: String) async throws {
        try await RunningDaemon.serving { daemon in
            let script = """
                PATH=$(dirname "$0"):$PATH
                source "$1"
                COMP_WORDS=(\(line)\(line.hasSuffix(" ") ? " ''" : ""))
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                _collectorctl
                echo "${COMPREPLY[*]}"
                """
            try ProgramRun.write(Self.script("bash"), to: "\(daemon.directory)/script")
            let run = try ProgramRun(
                ["bash", "-c", script, ProgramRun.path, "\(daemon.directory)/script"], in: daemon.directory,
                environment: ["INVENTORY_COLLECTOR_SOCKET=\(daemon.path)"], program: "/usr/bin/env")
            let result = try await run.result()
            #expect(result.output == words + "\n", "\(result.errors)")
        }
    }

    @Test(
        "fish completes the same", .enabled(if: isInstalled("fish")),
        arguments: [
            ("collectorctl ref", ["refresh"]), ("collectorctl schedule ", ["next"]),
            ("collectorctl list -o js", ["json", "jsonl"]), ("collectorctl refresh --prog", ["--progress"]),
            ("collectorctl refresh --service e", ["ec2"]), ("collectorctl show r", ["r0", "r1"]),
        ])
    func fish(line: String, words: [String]) async throws {
        try await RunningDaemon.serving { daemon in
            try ProgramRun.write(Self.script("fish"), to: "\(daemon.directory)/script")
            let folder = ProgramRun.path.dropLast("/collectorctl".count)
            let script = "source \(daemon.directory)/script; complete -C '\(line)'"
            let run = try ProgramRun(
                ["fish", "--no-config", "-c", script], in: daemon.directory,
                environment: [
                    "INVENTORY_COLLECTOR_SOCKET=\(daemon.path)", "PATH=\(folder):/usr/bin:/bin",
                    "HOME=\(daemon.directory)",
                ], program: "/usr/bin/env")
            let result = try await run.result()
            let found = result.output.split(separator: "\n").map { String($0.prefix { $0 != "\t" }) }
            #expect(found.sorted() == words, "\(result.errors)")
        }
    }
}

private func isInstalled(_ program: String) -> Bool {
    ["/usr/bin", "/bin", "/usr/local/bin"].contains { access("\($0)/\(program)", X_OK) == 0 }
}
