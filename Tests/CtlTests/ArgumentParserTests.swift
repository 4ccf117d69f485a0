import Testing

@testable import collectorctl

@Suite("Command line")
struct ArgumentParserTests {
    private func parse(_ words: [String]) throws(CommandFailure) -> ArgumentParser.Request {
        try ArgumentParser(verbs: VerbTable.all).parse(words)
    }

    private func arguments(_ words: String...) throws -> ParsedArguments {
        guard case .run(let arguments) = try parse(words) else { throw CommandFailure(.failure, "no verb to run") }
        return arguments
    }

    @Test(
        "A value is taken in every form that people write",
        arguments: [
            ["list", "--output", "json"], ["list", "--output=json"], ["list", "-o", "json"], ["list", "-ojson"],
            ["list", "-o=json"], ["-o", "json", "list"], ["--output=json", "list"],
            ["list", "-o", "csv", "-o", "json"],
        ])
    func values(words: [String]) throws {
        guard case .run(let arguments) = try parse(words) else { throw CommandFailure(.failure, "no verb") }
        #expect(arguments.text("output") == "json")
        #expect(arguments.operands.isEmpty)
    }

    @Test("Repeatable options keep all their values in order")
    func repeats() throws {
        let arguments = try arguments("refresh", "--service", "ec2", "-s", "s3", "--service=rds", "-wf")
        #expect(arguments.list("service") == ["ec2", "s3", "rds"])
        #expect(arguments.flag("wait") && arguments.flag("force"))
        #expect(arguments.list("account") == nil)
    }

    @Test("Words after -- are words, whatever they look like")
    func endOfOptions() throws {
        let arguments = try arguments("get", "--", "--weird")
        #expect(arguments.operands == ["--weird"])
    }

    @Test("A verb of two words is found, with options between and after them")
    func twoWords() throws {
        let arguments = try arguments("schedule", "--utc", "next", "@daily", "--count", "3")
        #expect(arguments.verb.name == "schedule next")
        #expect(arguments.operands == ["@daily"])
        #expect(arguments.number("count") == 3)
    }

    @Test(
        "Wrong usage is told with what was probably meant",
        arguments: [
            (["refesh"], "there is no verb \"refesh\"", "did you mean refresh?"),
            (["list", "--acount", "1"], "there is no option --acount", "did you mean --account?"),
            (["list", "-o", "jsn"], "\"jsn\" is not one of", "did you mean json?"),
            (["list", "--output"], "--output needs a value", "usage: collectorctl list"),
            (["list", "--utc=yes"], "--utc takes no value", "usage:"),
            (["show"], "show needs RUN", "usage: collectorctl show RUN"),
            (["show", "a", "b"], "show takes no word \"b\"", "usage:"),
            (["runs", "-n", "0"], "\"0\" is not a number of 1 to 10000", "usage:"),
            (["refresh", "--timeout", "soon"], "\"soon\" is not a time", "usage:"),
            (["list", "--tag", "env"], "not of the form NAME=VALUE", "usage:"),
            (["--wait", "refresh"], "--wait goes after the verb", "usage:"),
            (["status", "--wait"], "--wait is no option of status", "usage:"),
            (["schedule"], "schedule needs next", "collectorctl help schedule next"),
            (["config", "chek"], "there is no verb \"config chek\"", "did you mean config check?"),
            (["completion", "tcsh"], "\"tcsh\" is not one of bash, zsh, fish", "usage:"),
            (["list", ""], "the value is empty", "usage:"),
            ([], "a verb is missing", "collectorctl help"),
        ])
    func usageErrors(words: [String], message: String, hint: String) {
        let error = #expect(throws: CommandFailure.self) { try parse(words) }
        #expect(error?.code == .usage)
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
        #expect(error?.hints.contains { $0.contains(hint) } == true, "\(error?.hints ?? [])")
    }

    @Test(
        "Durations are read as people write them",
        arguments: [
            ("90", 90), ("30s", 30), ("5m", 300), ("1h30m", 5400), ("2d", 172_800), ("1h30", 3630), ("0", 0),
        ])
    func durations(text: String, seconds: Int) { #expect(TimeSpan.parse(text) == .seconds(seconds)) }

    @Test(
        "What is no duration is refused",
        arguments: ["", "m", "5x", "-5", "1.5h", "5 m", "99999999999999999999", "9999d", "m5"])
    func badDurations(text: String) { #expect(TimeSpan.parse(text) == nil) }

    @Test("Options of a verb do not collide with each other or with the common ones")
    func noCollisions() {
        for verb in VerbTable.all {
            let names = verb.allOptions.map(\.name)
            let letters = verb.allOptions.compactMap(\.short)
            #expect(Set(names).count == names.count, "\(verb.name)")
            #expect(Set(letters).count == letters.count, "\(verb.name)")
        }
    }
}
