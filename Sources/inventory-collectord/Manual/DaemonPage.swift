import Control
import Manual
import Telemetry

/// inventory-collectord(8).
struct DaemonPage {
    /// Variables of the environment, with what they do.
    private static let environment: [(names: [String], text: String)] = [
        (
            ["AWS_PROFILE", "AWS_REGION", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_<SERVICE>", "AWS_CA_BUNDLE"],
            "As for the AWS CLI, like its other variables and its shared files."
        ),
        (
            ["INVENTORY_TABLE_NAME", "METADATA_TABLE_NAME", "INVENTORY_ROLE_NAME", "EXTERNAL_ID"]
                + ["ROLE_SESSION_NAME", "INVENTORY_ACCOUNTS"],
            "Variables of the system this daemon replaces, honoured where the configuration files are silent."
        ),
        (
            ["CREDENTIALS_DIRECTORY"],
            "Where systemd puts the credentials aws-config and aws-credentials, which stand for ~/.aws/config and "
                + "~/.aws/credentials; see systemd-creds(1)."
        ),
    ]

    var text: String {
        var page = ManualPage(
            name: "inventory-collectord", section: 8, date: Release.date, source: Release.source,
            summary: "keep an inventory of everything that exists in AWS accounts")
        page.section("Synopsis")
        page.paragraph("\(bold: "inventory-collectord") [\(italic: "OPTIONS")]")
        page.paragraph("\(bold: "inventory-collectord.service")")
        page.section("Description")
        page.paragraph(
            "On schedules and on demand the daemon assumes a role in each account, lists the resources of every "
                + "selected service in every region, and writes one item per resource, with a time to live of 90 "
                + "days, to SQLite or DynamoDB. A stored resource is removed only when a listing that is proven "
                + "complete no longer shows it.")
        page.paragraph(
            """
            Started by hand it logs to standard error; under systemd it logs to the journal. \(bold: "collectorctl")(1) \
            talks to it.
            """)
        page.section("Options")
        for option in ProgramOption.all {
            let form: ManualText = "\(bold: option.name)"
            page.item(option.placeholder.map { form + " \(italic: $0)" } ?? form, option.help)
        }
        page.section("Signals")
        page.item("\(bold: "SIGTERM"), \(bold: "SIGINT")", "Stop: listings under way get some time to end.")
        page.item("\(bold: "SIGHUP")", "Read the configuration again; with an error in it the old one stays in force.")
        page.section("Exit status")
        for (code, meaning) in Program.Exit.meanings { page.item("\(bold: String(code))", meaning) }
        addJournal(to: &page)
        page.section("Environment")
        for (names, text) in Self.environment { page.item("\(bold: names.joined(separator: ", "))", text) }
        page.section("Files")
        for directory in ConfigurationFiles.directories {
            page.item(
                "\(italic: directory)/\(italic: ConfigurationFiles.mainFile)",
                "the configuration, with collectord.conf.d/*.conf")
        }
        page.item("\(italic: CollectorSettings().stateDirectory)", "runs, schedule positions and the SQLite store")
        page.item("\(italic: CollectorSettings().socket)", "the control socket")
        page.references([
            ("collectorctl", 1), ("collectord.conf", 5), ("inventory-collector.varlink", 7), ("systemd-creds", 1),
            ("journalctl", 1),
        ])
        return page.text
    }

    private func addJournal(to page: inout ManualPage) {
        page.section("Journal")
        page.paragraph("Messages carry these fields where they are known:")
        for field in LogField.allCases { page.item("\(bold: field.rawValue + "=")", field.meaning) }
        page.paragraph(
            """
            Messages with an id have an explanation, which \(bold: "journalctl -x") shows. \(bold: "MESSAGE_ID=") is one of:
            """)
        for id in MessageID.allCases { page.item("\(bold: id.rawValue)", id.meaning) }
        page.paragraph("What happened to the accounts and regions of one run:")
        page.example("journalctl -u inventory-collectord INVENTORY_RUN=20260131T020000Z-nightly")
    }
}
