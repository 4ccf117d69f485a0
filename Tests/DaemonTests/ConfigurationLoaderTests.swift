import Configuration
import Testing

@testable import inventory_collectord

@Suite struct ConfigurationLoaderTests {
    private func load(_ text: String, environment: [String: String] = [:]) throws -> CollectorConfiguration {
        let tree = try ConfigurationTree()
        try tree.write(mainFile, text)
        return try tree.load(environment: environment).configuration
    }

    @Test("without any file everything is at its default and the caller's account is collected")
    func noFiles() throws {
        let loaded = try ConfigurationTree().load()
        #expect(loaded.configuration == CollectorConfiguration())
        #expect(loaded.files.isEmpty && loaded.origins.isEmpty)
        #expect(loaded.configuration.collectsOwnAccount)
        let schedule = try #require(loaded.configuration.schedules.first)
        #expect(schedule.name == "default" && schedule.cron == "cron(0 2 * * ? *)" && schedule.timeZone == "UTC")
    }

    @Test("every kind of value is read, with comments behind all but free text")
    func values() throws {
        let configuration = try load(
            """
            [Collector]          # the daemon
            Workers=64           # many
            Regions=eu-west-1 us-east-1 eu-west-1
            Types=core \\
                !ec2/snapshot
            LogLevel=debug
            CallTimeout=1min 30s
            [Store]
            Type=dynamodb        # or sqlite
            RoleArn=             # none
            Region=eu-central-1
            DataFormat=json
            [Organization]
            IncludeOU=ou-ab12-11111111 r-ab12
            Exclude=444455556666
            [Account 111122223333]
            Name=team #1 größe
            RoleArn=arn:aws-us-gov:iam::111122223333:role/path/Reader
            ExternalId=a:b/c
            Types=all
            [Schedule hourly.ec2]
            Cron=cron(0 8 ? * 2#1 *)
            TimeZone=America/Argentina/Buenos_Aires
            Services=ec2 !s3*
            RandomizedDelaySec=15min
            Persistent=no
            """)
        #expect(configuration.collector.workers == 64)
        #expect(configuration.collector.regions == .listed(["eu-west-1", "us-east-1"]))
        #expect(configuration.collector.types == ["core", "!ec2/snapshot"])
        #expect(configuration.collector.logLevel == .debug)
        #expect(configuration.collector.callTimeout == .seconds(90))
        #expect(configuration.store.engine == .dynamodb && configuration.store.roleARN == nil)
        #expect(configuration.store.region == "eu-central-1" && configuration.store.dataFormat == .json)
        #expect(configuration.organization?.includeOU == ["ou-ab12-11111111", "r-ab12"])
        #expect(configuration.organization?.memberRoleName == "InventoryReadRole")
        let account = try #require(configuration.accounts.first)
        #expect(account.id == "111122223333" && account.name == "team #1 größe")
        #expect(account.externalID?.value == "a:b/c" && account.types == ["all"] && account.regions == nil)
        #expect(configuration.types(of: account) == ["all"])
        #expect(configuration.regions(of: account) == .listed(["eu-west-1", "us-east-1"]))
        let schedule = try #require(configuration.schedules.first)
        #expect(configuration.schedules.count == 1 && schedule.name == "hourly.ec2")
        #expect(schedule.cron == "cron(0 8 ? * 2#1 *)" && schedule.services == ["ec2", "!s3*"])
        #expect(schedule.randomizedDelay == .seconds(900) && !schedule.persistent)
    }

    @Test("a commented configuration as people write it loads")
    func commented() throws {
        let configuration = try load(
            """
            [Collector]
            Workers=32
            Socket=/run/inventory-collectord/control
            #LogLevel=info

            [Store]
            Type=sqlite                                  # or dynamodb
            Path=/srv/inventory.db                       # absolute
            #InventoryTable=aws-inventory-data

            [Organization]                               # optional: discover accounts
            #RoleArn=  MemberRoleName=InventoryReadRole  ExternalId=  Exclude=

            [Account 111122223333]
            Name=production
            RoleArn=arn:aws:iam::111122223333:role/InventoryReadRole
            ExternalId=example
            #Regions=eu-west-1 us-east-1   Types=core !ec2/snapshot

            [Schedule nightly]
            Cron=cron(0 2 * * ? *)
            TimeZone=UTC
            """)
        #expect(configuration.store.path == "/srv/inventory.db" && configuration.store.engine == .sqlite)
        #expect(configuration.organization == OrganizationSettings())
        #expect(configuration.accounts.map(\.name) == ["production"])
        #expect(configuration.schedules == [ScheduleSettings(name: "nightly", cron: "cron(0 2 * * ? *)")])
    }

    @Test("the inventory file follows the state directory unless its path is given")
    func storePath() throws {
        #expect(try load("[Collector]\nStateDirectory=/srv/x/\n").store.path == "/srv/x/inventory.db")
        #expect(
            try load("[Collector]\nStateDirectory=/srv/x\n[Store]\nPath=/data/i.db\n").store.path == "/data/i.db")
    }

    @Test("lists collect their values; an empty assignment starts anew, and gives other keys their default back")
    func lists() throws {
        #expect(try load("[Collector]\nTypes=ec2\nTypes=s3\n").collector.types == ["ec2", "s3"])
        #expect(try load("[Collector]\nTypes=ec2\nTypes=\nTypes=s3\n").collector.types == ["s3"])
        #expect(try load("[Collector]\nTypes=ec2\nTypes=\n").collector.types == ["core"])
        #expect(
            try load("[Collector]\nRegions=eu-west-1\nRegions=us-east-1\n").collector.regions
                == .listed(["eu-west-1", "us-east-1"]))
        #expect(try load("[Collector]\nRegions=eu-west-1\nRegions=enabled\n").collector.regions == .enabled)
    }

    @Test("drop-ins override key by key in the order of their names, whatever their directory")
    func dropIns() throws {
        let tree = try ConfigurationTree()
        let directory = "inventory-collectord/collectord.conf.d"
        try tree.write(mainFile, "[Collector]\nWorkers=1\nTypes=ec2\nLogLevel=error\n[Account 111122223333]\nName=a\n")
        try tree.write("/usr/lib/\(directory)/20-b.conf", "[Collector]\nWorkers=20\nTypes=s3\n")
        try tree.write("/run/\(directory)/10-a.conf", "[Collector]\nWorkers=10\nLogLevel=debug\n")
        try tree.write("/etc/\(directory)/30-c.conf", "[Account 111122223333]\nTypes=rds\n[Account 222222222222]\n")
        try tree.write("/etc/\(directory)/40-ignored.conf.bak", "nonsense")
        try tree.write("/etc/\(directory)/.50-hidden.conf", "nonsense")
        let loaded = try tree.load()
        #expect(loaded.configuration.collector.workers == 20)
        #expect(loaded.configuration.collector.types == ["ec2", "s3"])
        #expect(loaded.configuration.collector.logLevel == .debug)
        #expect(loaded.configuration.accounts.map(\.id) == ["111122223333", "222222222222"])
        #expect(loaded.configuration.accounts[0].name == "a" && loaded.configuration.accounts[0].types == ["rds"])
        let names = loaded.files.map { $0.split(separator: "/").last.map(String.init) ?? "" }
        #expect(names == ["collectord.conf", "10-a.conf", "20-b.conf", "30-c.conf"])
        let workers = loaded.origins[SettingID(section: "Collector", key: "Workers")]?.map(\.text)
        #expect(workers == ["\(tree.root)/usr/lib/\(directory)/20-b.conf:2"])
    }

    @Test("a file masks those of the same name below it, also when it is empty or a link to /dev/null")
    func masks() throws {
        let tree = try ConfigurationTree()
        let directory = "inventory-collectord/collectord.conf.d"
        try tree.write("/usr/lib/inventory-collectord/collectord.conf", "[Collector]\nLogLevel=error\n")
        try tree.write("/run/inventory-collectord/collectord.conf", "[Collector]\nWorkers=2\n")
        for name in ["a", "b", "c"] {
            try tree.write("/usr/lib/\(directory)/\(name).conf", "[Collector]\nWorkers=99\nLogLevel=debug\n")
        }
        try tree.write("/etc/\(directory)/a.conf", "[Collector]\nListingTimeout=10min\n")
        try tree.link("/etc/\(directory)/b.conf", to: "/dev/null")
        try tree.write("/run/\(directory)/c.conf", "")
        let collector = try tree.load().configuration.collector
        #expect(collector.workers == 2 && collector.logLevel == .info && collector.listingTimeout == .seconds(600))
    }

    @Test("--config uses that file and its own drop-ins only")
    func explicitFile() throws {
        let tree = try ConfigurationTree()
        try tree.write(mainFile, "[Collector]\nWorkers=1\n")
        let file = try tree.write("/x/my.conf", "[Collector]\nWorkers=3\n")
        try tree.write("/x/my.conf.d/1.conf", "[Collector]\nLogLevel=debug\n")
        var loader = ConfigurationLoader(file: file, root: tree.root, checks: ConfigurationChecks { _, _ in nil })
        let collector = try loader.load().configuration.collector
        #expect(collector.workers == 3 && collector.logLevel == .debug)
        loader.file = "\(tree.root)/x/none.conf"
        let errors = #expect(throws: ConfigurationErrors.self) { try loader.load() }
        #expect(
            errors?.description.hasSuffix("none.conf:1:1: there is no such file; check the path given with --config")
                == true)
    }

    @Test("what is no readable file is an error and never holds up the start")
    func strangeFiles() throws {
        let tree = try ConfigurationTree()
        try tree.pipe("/etc/inventory-collectord/collectord.conf.d/1.conf")
        try tree.link("/etc/inventory-collectord/collectord.conf.d/2.conf", to: "nowhere")
        try tree.write("/etc/inventory-collectord/collectord.conf.d/3.conf/x", "")
        let errors = tree.errors().sorted()
        #expect(errors.count == 3)
        #expect(errors.first?.contains("1.conf:1:1: this is no regular file") == true)
        #expect(errors.dropFirst().first?.contains("2.conf:1:1: the file cannot be opened: No such file") == true)
        #expect(errors.last?.contains("3.conf:1:1: this is no regular file") == true)
    }

    @Test("an external id stays out of descriptions")
    func redaction() throws {
        let account = try load(
            "[Account 111122223333]\nRoleArn=arn:aws:iam::111122223333:role/R\nExternalId=hidden-word\n"
        ).accounts[0]
        var dumped = ""
        dump(account, to: &dumped)
        for text in ["\(account)", String(reflecting: account), dumped] { #expect(!text.contains("hidden-word")) }
        #expect("\(account)".contains("****"))
    }
}
