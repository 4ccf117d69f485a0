import Configuration
import Testing

@testable import inventory_collectord

@Suite struct ConfigurationTextTests {
    private static let sampleFile =
        #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined() + "/etc/collectord.conf"

    @Test("the sample file is what the table says")
    func sample() throws {
        let bytes = try #require(try ConfigurationFile.read(Self.sampleFile))
        #expect(
            String(decoding: bytes, as: UTF8.self) == ConfigurationText.dumpDefaults(),
            "write it anew: collectorctl config dump-defaults > etc/collectord.conf")
    }

    @Test("loading the sample gives exactly the defaults")
    func sampleIsDefaults() throws {
        let tree = try ConfigurationTree()
        try tree.write(mainFile, ConfigurationText.dumpDefaults())
        let loaded = try tree.load()
        #expect(loaded.configuration == CollectorConfiguration())
        #expect(loaded.origins.isEmpty)
    }

    @Test("the sample with every setting uncommented loads, and still holds the defaults")
    func uncommented() throws {
        let lines = ConfigurationText.dumpDefaults().split(separator: "\n", omittingEmptySubsequences: false)
        let active = lines.map { line in
            line.hasPrefix("#") && !line.hasPrefix("# ") && line.count > 1 ? line.dropFirst() : line
        }
        let tree = try ConfigurationTree()
        try tree.write(mainFile, active.joined(separator: "\n"))
        let configuration = try tree.load().configuration
        #expect(configuration.collector == CollectorSettings())
        #expect(configuration.store == StoreSettings())
        #expect(configuration.organization == OrganizationSettings())
        #expect(configuration.accounts == [AccountSettings(id: "111122223333")])
        #expect(configuration.schedules == [ScheduleSettings(name: "nightly", cron: "cron(0 2 * * ? *)")])
    }

    @Test("every example of the table is accepted, alone in its section")
    func examples() throws {
        for section in ConfigurationSchema.sections {
            for setting in section.settings where !setting.example.isEmpty {
                var text = section.kind.exampleHeader + "\n\(setting.key)=\(setting.example)\n"
                if section.kind == .store { text += "Type=dynamodb\n" }
                if section.kind == .schedule, setting.key != "Cron" { text += "Cron=@daily\n" }
                if section.kind == .account { text += "[Organization]\n" }
                let tree = try ConfigurationTree()
                try tree.write(mainFile, text)
                #expect(tree.errors() == [], "\(setting.key)")
                let id = SettingID(
                    section: String(section.kind.exampleHeader.dropFirst().dropLast()), key: setting.key)
                #expect(try tree.load().origins[id]?.count == 1)
            }
        }
    }

    @Test("keys are unique in their section and every setting is explained in sentences")
    func table() {
        for section in ConfigurationSchema.sections {
            #expect(Set(section.settings.map(\.key)).count == section.settings.count)
            for setting in section.settings {
                #expect(setting.explanation.hasSuffix(".") && !setting.explanation.contains("\n"), "\(setting.key)")
            }
        }
    }

    @Test("what is shown names the origin of each value and loads to the same configuration")
    func show() throws {
        let tree = try ConfigurationTree()
        try tree.write(
            mainFile,
            """
            [Collector]
            Types=core
            Types=rds/*
            Regions=eu-west-1
            [Store]
            Type=dynamodb
            [Account 111122223333]
            Name=team #1
            ExternalId=example
            [Schedule a]
            Cron=rate(1 hour)
            RandomizedDelaySec=90min
            Persistent=no
            """)
        let loaded = try tree.load(environment: [
            "METADATA_TABLE_NAME": "meta", "INVENTORY_TABLE_NAME": "data", "INVENTORY_ROLE_NAME": "R",
        ])
        let text = ConfigurationText.show(loaded)
        let file = "\(tree.root)\(mainFile)"
        #expect(text.contains("# \(file):2, \(file):3\nTypes=core rds/*\n"))
        #expect(text.contains("# default\nWorkers=32\n"))
        #expect(text.contains("# environment variable METADATA_TABLE_NAME\nMetadataTable=meta\n"))
        #expect(text.contains("RandomizedDelaySec=1h 30min\n"))
        let other = try ConfigurationTree()
        try other.write(mainFile, text)
        #expect(try other.load().configuration == loaded.configuration)
    }
}
