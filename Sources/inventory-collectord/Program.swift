import Control
import Glibc
import Inventory
import Schedule
import Telemetry

/// The command line: what the program is asked to do, and its exit code.
struct Program: Sendable {
    /// Exit codes shared with `collectorctl`.
    enum Exit {
        static let ok: Int32 = 0
        static let failure: Int32 = 1
        static let usage: Int32 = 2
        static let permission: Int32 = 4
        static let configuration: Int32 = 6
        static let partial: Int32 = 7
        static let credentials: Int32 = 8

        /// Every code with what it says, for the manual.
        static let meanings: [(code: Int32, text: String)] = [
            (ok, "success; the daemon was asked to stop"),
            (failure, "it cannot start or go on; the last message tells why"),
            (usage, "wrong usage"),
            (permission, "files of its own are refused: their mode, or a newer version's; a restart does not help"),
            (configuration, "the configuration is invalid; a restart does not help"),
            (partial, "--once: some listings failed, their last good rows are kept"),
            (credentials, "--once: no listing had credentials or access; or the AWS configuration cannot be read"),
        ]
    }

    static let version = Release.version

    private let arguments: [String]

    init(arguments: [String]) { self.arguments = arguments }

    static let usage: String = {
        let width = ProgramOption.all.map(\.form.count).max() ?? 0
        let rows = ProgramOption.all.map { option in
            "  \(option.form)\(String(repeating: " ", count: width - option.form.count + 2))\(option.help)\n"
        }
        return """
            Usage: inventory-collectord [--config FILE] [--check-config | --show-config | --once]

            Keeps an inventory of everything that exists in AWS accounts.

            \(rows.joined())
            """
    }()

    func run() async -> Int32 {
        do throws(ProgramArguments.Mistake) {
            let understood = try ProgramArguments(arguments)
            return await carryOut(understood.task, file: understood.file)
        } catch {
            say("inventory-collectord: \(error.text)\n\(Self.usage)")
            return Exit.usage
        }
    }

    private func carryOut(_ task: ProgramOption.Task, file: String?) async -> Int32 {
        switch task {
        case .version:
            print("inventory-collectord \(Self.version)")
            return Exit.ok
        case .help:
            print(Self.usage, terminator: "")
            return Exit.ok
        case .dumpDefaults:
            print(ConfigurationText.dumpDefaults(), terminator: "")
            return Exit.ok
        case .manual(let page):
            print(ManualPages.text(of: page), terminator: "")
            return Exit.ok
        case .checkConfiguration, .showConfiguration, .once, .serve: break
        }
        let environment = ProcessEnvironment.current
        let loader: ConfigurationLoader
        let loaded: LoadedConfiguration
        let catalogue: Catalogue
        do {
            catalogue = try Catalogue.builtIn()
            loader = ConfigurationLoader(
                file: file, environment: environment, checks: .modules(catalogue: catalogue))
            loaded = try loader.load()
        } catch let error as ConfigurationErrors {
            say("\(error)")
            return Exit.configuration
        } catch {
            say("inventory-collectord: \(error)")
            return Exit.failure
        }
        switch task {
        case .checkConfiguration:
            let directory = loaded.configuration.collector.catalogueDirectory
            let problems = catalogue.overridden(by: directory).problems
            for problem in problems { say("\(directory)/\(problem)") }
            guard problems.isEmpty else { return Exit.configuration }
            print(
                "configuration is valid: "
                    + (loaded.files.isEmpty ? "defaults only" : loaded.files.joined(separator: ", ")))
            return Exit.ok
        case .showConfiguration:
            print(ConfigurationText.show(loaded), terminator: "")
            return Exit.ok
        default:
            let daemon = Daemon(loader: loader, loaded: loaded, environment: environment)
            return await task == .once ? daemon.runOnce() : daemon.serve()
        }
    }

    private func say(_ text: String) {
        let line = text.hasSuffix("\n") ? text : text + "\n"
        // There is no better place to report an unwritable standard error to.
        _ = Array(line.utf8).withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}

/// The variables this process was started with.
enum ProcessEnvironment {
    static var current: [String: String] {
        var variables: [String: String] = [:]
        var next = environ
        while let entry = next.pointee {
            let pair = String(cString: entry).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if pair.count == 2 { variables[String(pair[0])] = String(pair[1]) }
            next += 1
        }
        return variables
    }
}

extension ConfigurationChecks {
    /// The checks that the schedule module and the catalogue answer.
    static func modules(catalogue: Catalogue) -> ConfigurationChecks {
        ConfigurationChecks(
            schedule: { expression, timeZone in
                do throws(ScheduleError) {
                    _ = try ScheduleExpression(expression)
                    _ = try TimeZoneDirectory.system.rules(for: timeZone)
                    return nil
                } catch {
                    return ScheduleMistake(
                        isInTimeZone: error.subject == .timeZone, column: error.column, message: error.message)
                }
            },
            selection: { word, directory in
                if word == "*" { return nil }
                do throws(CatalogueError) {
                    _ = try TypeSelection(words: [word], in: catalogue.index)
                    return nil
                } catch {
                    // Only a word that is not built in costs a look at the operator's files.
                    let extended = catalogue.overridden(by: directory).catalogue.index
                    if (try? TypeSelection(words: [word], in: extended)) != nil { return nil }
                    guard case .unknownWord(_, let suggestion) = error else { return ("\(error)", nil) }
                    return ("nothing in the catalogue is called \(word)", suggestion.map { "did you mean \($0)?" })
                }
            })
    }
}
