extension ConfigurationSchema {
    static let organization: [Setting<OrganizationSettings>] = [
        Setting(
            "RoleArn", \.roleARN, SettingSyntax<String>.roleARN.orUnset,
            """
            A role in the management account, or in a delegated administrator's, to assume for reading the \
            organization. Empty: the daemon's own credentials.
            """, example: "arn:aws:iam::111122223333:role/InventoryOrganization"),
        Setting(
            "MemberRoleName", \.memberRoleName, .text(AWSName.roleName),
            "The name, with its path if it has one, of the role to assume in each member account."),
        Setting(
            "ExternalId", \.externalID, SettingSyntax<ExternalID>.externalID.orUnset,
            "The external id that the roles ask for. It is left out of logs.", example: "example"),
        Setting(
            "SessionName", \.sessionName, .text(AWSName.sessionName), "How the daemon appears in AWS's audit logs."),
        Setting(
            "Exclude", \.exclude, .accountIDs, "Accounts of the organization that are not collected.",
            example: "444455556666"),
        Setting(
            "IncludeOU", \.includeOU, .organizationalUnits,
            "Collects only the accounts below these organizational units. Empty: the whole organization.",
            example: "ou-ab12-11111111"),
        Setting(
            "ExcludeOU", \.excludeOU, .organizationalUnits,
            "Leaves out the accounts below these organizational units, also where IncludeOU= names one above.",
            example: "ou-ab12-22222222"),
    ]

    static let account: [Setting<AccountSettings>] = [
        Setting(
            "Name", \.name, .freeText, "A name for people. Everything up to the end of the line belongs to it.",
            example: "production"),
        Setting(
            "RoleArn", \.roleARN, SettingSyntax<String>.roleARN.orUnset,
            """
            The role to assume in this account. Empty: the organization's MemberRoleName= where there is an \
            organization, otherwise the daemon's own credentials.
            """, example: "arn:aws:iam::111122223333:role/InventoryReadRole"),
        Setting(
            "ExternalId", \.externalID, SettingSyntax<ExternalID>.externalID.orUnset,
            "The external id that the role asks for. It is left out of logs.", example: "example"),
        Setting(
            "SessionName", \.sessionName, .text(AWSName.sessionName), "How the daemon appears in AWS's audit logs."),
        Setting(
            "Regions", \.regions, SettingSyntax<RegionSelection>.regions.orUnset,
            "The regions of this account. Empty: as in [Collector].", example: "eu-west-1 us-east-1"),
        Setting(
            "Types", \.types, SettingSyntax<[String]>.types.orUnset,
            "The resource types of this account. Empty: as in [Collector].", example: "core !ec2/snapshot"),
    ]
}
