extension ConfigurationSchema {
    /// `sun_path` of a Unix socket address has 108 bytes with the closing NUL, unix(7).
    private static let longestSocketPathInBytes = 107

    static let collector: [Setting<CollectorSettings>] = [
        Setting(
            "Workers", \.workers, .integer(1...1_024),
            """
            How many listings are in flight at the same time, over all accounts and regions. More workers finish \
            sooner until AWS throttles; memory grows with the number.
            """),
        Setting(
            "ApiShare", \.apiShare, .integer(10...100),
            """
            How much of each of AWS's request limits is used once throttled calls have shown where it is, in percent. \
            Less leaves room for other programs that call AWS in the same accounts.
            """),
        Setting(
            "Regions", \.regions, .regions,
            """
            The regions to collect: enabled asks each account which regions it has enabled; a list collects exactly \
            these. Services without regions, such as IAM, are collected in any case.
            """, example: "eu-west-1 us-east-1"),
        Setting(
            "Types", \.types, .types,
            """
            The resource types to collect: the groups core and all, services, types with * and ?, and ! in front to \
            take some away again. The last word that fits a type decides.
            """, example: "core rds/* !ec2/snapshot"),
        Setting(
            "Unredacted", \.unredacted, .types,
            """
            Resource types whose secrets are stored as they are, in words as for Types=: environment variables of \
            functions and containers, user data, passwords in connections. Everybody who can read the store reads \
            them then. Empty: every known secret is replaced by a marker.
            """, example: "lambda/function"),
        Setting(
            "StateDirectory", \.stateDirectory, .path(),
            "Where the daemon keeps runs, schedule positions and the change log. It must be able to write there."),
        Setting(
            "Socket", \.socket, .path(limit: longestSocketPathInBytes),
            "The control socket that collectorctl talks to. Not used when systemd hands the socket over."),
        Setting("LogLevel", \.logLevel, .logLevel, "The least important messages that are logged."),
        Setting(
            "CallTimeout", \.callTimeout, .timeSpan(.seconds(1)...(.seconds(900))),
            "The longest that one request to AWS may take; it is tried again afterwards."),
        Setting(
            "ListingTimeout", \.listingTimeout, .timeSpan(.seconds(1)...(.seconds(86_400))),
            """
            The longest that one resource type in one account and region may take, with all its pages and retries. \
            What was stored of it before is kept.
            """),
        Setting(
            "RunTimeout", \.runTimeout, .timeSpan(.seconds(1)...(.seconds(7 * 86_400))),
            "The longest that one run may take; listings that are not done by then end as timed out."),
        Setting(
            "ShrinkGuard", \.shrinkGuardInPercent, .percentOrOff,
            """
            A complete listing that has lost more than this share of its resources at once, and at least ten of them, \
            or whose resources lost all their tags, is not believed before another run shows the same: until then \
            nothing of it is deleted or overwritten, and the run counts as a partial success.
            """),
        Setting(
            "CatalogueDirectory", \.catalogueDirectory, .path(),
            "Where operators add or change resource types with *.json files. It need not exist."),
    ]

    static let store: [Setting<StoreSettings>] = [
        Setting(
            "Type", \.engine, SettingSyntax<StoreSettings.Engine>.oneOf(StoreSettings.Engine.self),
            "sqlite keeps the inventory in one local file; dynamodb in two tables that many readers can share."),
        Setting(
            "Path", \.path, .path(),
            "The SQLite file. Where StateDirectory= is changed and this is not, the file is inventory.db in there."),
        Setting(
            "InventoryTable", \.inventoryTable, .text(AWSName.tableName), "The DynamoDB table of the resources."),
        Setting(
            "MetadataTable", \.metadataTable, .text(AWSName.tableName),
            "The DynamoDB table that tells what was refreshed when."),
        Setting(
            "Region", \.region, SettingSyntax<String>.region.orUnset,
            "The region of the DynamoDB tables. Empty: as for the AWS CLI (AWS_REGION, profile).",
            example: "us-east-1"),
        Setting(
            "RoleArn", \.roleARN, SettingSyntax<String>.roleARN.orUnset,
            "A role to assume for the DynamoDB tables. Empty: the daemon's own credentials.",
            example: "arn:aws:iam::111122223333:role/InventoryStore"),
        Setting(
            "DataFormat", \.dataFormat, SettingSyntax<StoreSettings.DataFormat>.oneOf(StoreSettings.DataFormat.self),
            "How DynamoDB items hold the resource: map is a DynamoDB map, json a string. SQLite always holds JSON."),
    ]
}
