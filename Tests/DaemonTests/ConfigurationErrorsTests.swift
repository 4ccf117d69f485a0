import Configuration
import Testing

@testable import inventory_collectord

@Suite struct ConfigurationErrorsTests {
    private func errors(_ text: String, checks: ConfigurationChecks? = nil) throws -> [String] {
        let tree = try ConfigurationTree()
        try tree.write(mainFile, text)
        let found = tree.errors(checks: checks ?? ConfigurationChecks { _, _ in nil })
        return found.map { $0.replacing("\(mainFile):", with: "") }
    }

    @Test(
        "one mistake gives one error with its place and what to do",
        arguments: [
            ("[Colector]\n", "1:2: unknown section [Colector]; did you mean [Collector]?"),
            (
                "[Acount 111122223333]\n",
                "1:2: unknown section [Acount 111122223333]; did you mean [Account 111122223333]?"
            ),
            (
                "[Web]\n",
                "1:2: unknown section [Web]; the sections are [Collector] [Store] [Organization] "
                    + "[Account 111122223333] [Schedule nightly]"
            ),
            ("[Store x]\n", "1:2: [Store] takes no name; write [Store]"),
            ("[Collector]\nWorker=3\n", "2:1: unknown key Worker= in [Collector]; did you mean Workers=?"),
            ("[Collector]\n RoleArn=x\n", "2:2: unknown key RoleArn= in [Collector]; RoleArn= belongs in [Store]"),
            (
                "[Collector]\nWorkers=1\nWorkers=2\n",
                "3:1: Workers= comes a second time in this file; keep this one or that of line 2"
            ),
            ("[Collector]\nWorkers=0\n", "2:9: Workers=: 0 is out of range; write a number from 1 to 1024"),
            (
                "[Collector]\nShrinkGuard=100%\n",
                "2:13: ShrinkGuard=: 100 is out of range; write a number from 1 to 99"
            ),
            ("[Collector]\nShrinkGuard=50\n", "2:13: ShrinkGuard=: `50` is no share; write off or a share such as 50%"),
            ("[Collector]\nWorkers=1x\n", "2:10: Workers=: `1x` is not a whole number; write a number from 1 to 1024"),
            (
                "[Collector]\nRegions=eu-west-1 eu_west\n",
                "2:19: Regions=: `eu_west` is not a region name; write a name such as eu-west-1"
            ),
            (
                "[Collector]\nRegions=eu-west-1, us-east-1\n",
                "2:18: Regions=: words are separated by spaces; leave out the comma"
            ),
            (
                "[Collector]\nRegions=eu-west-1 enabled\n",
                "2:19: Regions=: `enabled` and region names exclude each other; keep one of the two"
            ),
            (
                "[Collector]\nTypes=core \\\n  !EC2\n",
                "3:4: Types=: `E` is a capital letter; names are in lower case: `ec2`"
            ),
            ("[Collector]\nSocket=run/x\n", "2:8: Socket=: `run/x` is not an absolute path; begin with `/`"),
            (
                "[Collector]\nLogLevel=debgu\n",
                "2:10: LogLevel=: `debgu` is not one of error, warning, notice, info, debug; did you mean `debug`?"
            ),
            (
                "[Collector]\nCallTimeout=5 parsec\n",
                "2:15: CallTimeout=: `parsec` is no unit of time; use ms, s, min, h, d or w"
            ),
            (
                "[Collector]\nListingTimeout=7h\n",
                "2:16: ListingTimeout=: ListingTimeout= is longer than RunTimeout=; "
                    + "RunTimeout= is 6h, ListingTimeout= 7h"
            ),
            (
                "[Store]\nType=dynamo\n",
                "2:6: Type=: `dynamo` is not one of sqlite, dynamodb; did you mean `dynamodb`?"
            ),
            (
                "[Store]\nInventoryTable=my-table\n",
                "2:16: InventoryTable=: has no meaning for SQLite; set Type=dynamodb or leave this out"
            ),
            (
                "[Account 11112222333]\n",
                "1:10: [Account 11112222333]: `11112222333` has 11 digits; "
                    + "an account id has 12 digits, such as 111122223333"
            ),
            (
                "[Account 11112222333x]\n",
                "1:21: [Account 11112222333x]: `x` is no digit of an account id; "
                    + "an account id has 12 digits, such as 111122223333"
            ),
            (
                "[Account 111122223333]\nRoleArn=arn:aws:iam::444455556666:role/R\n",
                "2:22: RoleArn=: the role belongs to account 444455556666; use a role of account 111122223333"
            ),
            (
                "[Account 111122223333]\nRoleArn=arn:aws:iam::111122223333:user/R\n",
                "2:35: RoleArn=: this is not the ARN of a role; "
                    + "write an ARN such as arn:aws:iam::111122223333:role/InventoryReadRole"
            ),
            (
                "[Account 111122223333]\nExternalId=example\n",
                "2:12: ExternalId=: an external id needs a role; set RoleArn= or leave this out"
            ),
            (
                "[Organization]\nExclude=444455556666 111122223333\n[Account 111122223333]\n",
                "2:22: Exclude=: account 111122223333 has a section of its own; "
                    + "remove [Account 111122223333] or the exclusion"
            ),
            (
                "[Organization]\nIncludeOU=r-ab12\nExcludeOU=r-ab12\n",
                "3:11: ExcludeOU=: `r-ab12` is in IncludeOU= too; name it in one of the two"
            ),
            ("[Schedule n]\n", "1:2: [Schedule n] has no Cron=; add a line such as Cron=cron(0 2 * * ? *)"),
            (
                "[Schedule]\nCron=@daily\n",
                "1:10: [Schedule]: a schedule name has 1 to 64 characters, this one 0; write a name such as nightly"
            ),
            (
                "[Schedule n]\nCron=@daily\nTimeZone=Europe//Berlin\n",
                "3:10: TimeZone=: `Europe//Berlin` is not a time zone name; "
                    + "write an IANA name such as UTC or Europe/Berlin"
            ),
            (
                "[Schedule n]\nCron=@daily\nPersistent=maybe\n",
                "3:12: Persistent=: `maybe` is neither yes nor no; write yes or no"
            ),
            (
                "[Schedule n]\nCron=@daily\nServices=ec2/vpc\n",
                "3:13: Services=: `/` is not allowed in a service name; resource types belong in Types="
            ),
            (
                "[Account 111122223333]\n[Schedule n]\nCron=@daily\nAccounts=111122223332\n",
                "4:10: Accounts=: there is no [Account 111122223332]; did you mean `111122223333`?"
            ),
            ("Workers=1\n", "1:1: `Workers` stands before the first section; begin with a header such as [Collector]"),
        ])
    func mistakes(text: String, expected: String) throws {
        #expect(try errors(text) == [expected])
    }

    @Test("all mistakes of all files are reported at once, file by file and line by line")
    func allAtOnce() throws {
        let tree = try ConfigurationTree()
        try tree.write("/etc/inventory-collectord/collectord.conf.d/1.conf", "[Store]\nTyp=sqlite\n")
        try tree.write(mainFile, "[Schedule a]\n[Collector]\nWorkers=0\nfoo\nTypes=a/b/c\n")
        let places = tree.errors().map { $0.split(separator: " ").first.map(String.init) ?? "" }
        #expect(
            places == [
                "\(mainFile):1:2:", "\(mainFile):3:9:", "\(mainFile):4:1:", "\(mainFile):5:7:",
                "/etc/inventory-collectord/collectord.conf.d/1.conf:2:1:",
            ])
    }

    @Test("mistakes of schedules point into the value")
    func schedules() throws {
        let checks = ConfigurationChecks { expression, zone in
            if zone == "Mars/Base" {
                return ScheduleMistake(isInTimeZone: true, column: 1, message: "no such zone", suggestion: "use UTC")
            }
            return expression.contains("99") ? ScheduleMistake(column: 6, message: "99 is out of range") : nil
        }
        let text = "[Schedule a]\nCron=cron(99 2 * * ? *)\n[Schedule b]\nTimeZone=Mars/Base\nCron=@daily\n"
        #expect(
            try errors(text, checks: checks) == [
                "2:11: Cron=: 99 is out of range", "4:10: TimeZone=: no such zone; use UTC",
            ])
    }

    @Test("words that fit nothing in the catalogue are reported where they stand")
    func selections() throws {
        let checks = ConfigurationChecks(
            schedule: { _, _ in nil },
            selection: { word, _ in word == "ec3" ? ("no such service", "did you mean `ec2`?") : nil })
        #expect(
            try errors("[Collector]\nTypes=s3 ec3 # x\n", checks: checks) == [
                "2:10: Types=: no such service; did you mean `ec2`?"
            ])
    }

    @Test("a drop-in may switch to SQLite without taking back DynamoDB's keys")
    func switching() throws {
        let tree = try ConfigurationTree()
        try tree.write(mainFile, "[Store]\nType=dynamodb\nInventoryTable=my-table\n")
        try tree.write("/etc/inventory-collectord/collectord.conf.d/1.conf", "[Store]\nType=sqlite\n")
        #expect(tree.errors() == [])
    }

    @Test("a refused value brings no further errors of what depends on it")
    func noConsequences() throws {
        let text = "[Store]\nType=dynamo\nInventoryTable=mine\n[Account 111122223333]\nRoleArn=x\nExternalId=word\n"
        #expect(try errors(text).count == 2)
    }

    @Test("a long list of errors is cut and counted")
    func many() throws {
        let tree = try ConfigurationTree()
        try tree.write(mainFile, "[Collector]\n" + String(repeating: "x\n", count: 150))
        let errors = #expect(throws: ConfigurationErrors.self) { try tree.load() }
        #expect(errors?.errors.count == 150)
        #expect(errors?.description.hasSuffix("… and 50 errors more") == true)
    }
}
