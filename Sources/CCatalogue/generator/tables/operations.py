"""Which operations list resources, and what their resources are called."""

# Services that show another service's resources again, or that need a host per resource or other signatures.
SKIPPED_SERVICES = {
    "bedrock-agent-runtime", "bedrock-agentcore", "cloudsearchdomain", "codecatalyst", "codestar-connections",
    "docdb", "es", "greengrass", "importexport", "kinesisanalytics", "marketplace-reporting", "mturk", "neptune",
    "pinpoint-email", "sagemaker-featurestore-runtime", "sdb", "sms-voice", "swf", "wisdom", "worklink",
}

# No resources, data plane, unbounded, or owned by AWS.
EXCLUDED = {
    "apigateway:GetBasePathMappings", "appsync:ListResolvers", "appsync:ListTypes",
    "autoscaling:DescribeAccountSettings", "autoscaling:DescribeTags", "autoscaling:DescribeWarmPool",
    "backup:ListBackupPlanTemplates", "bedrock:ListFoundationModels", "cloudformation:ListChangeSets",
    "cloudformation:ListTypeVersions", "cloudfront:ListInvalidations", "cloudtrail:ListTrails",
    "cloudwatch:DescribeAnomalyDetectors", "codecommit:ListPullRequests", "cognito-identity:ListIdentities",
    "cognito-idp:ListUsers", "config:DescribeRemediationExceptions", "connect:ListDefaultVocabularies",
    "devops-guru:GetResourceCollection", "ds:ListIpRoutes", "dynamodb:ListGlobalTables",
    "ec2:DescribeInstanceSqlHaStates", "ec2:DescribeIpamByoasn", "ec2:DescribeMetricCategories",
    "ec2:DescribeStoreImageTasks", "ec2:DescribeTags", "ec2:GetIpamPoolCidrs",
    "ec2:GetIpamRoutingPolicyRegistrations", "ec2:GetTransitGatewayPolicyTableEntries",
    "ec2:SearchLocalGatewayRoutes", "ec2:SearchTransitGatewayMulticastGroups", "ecr:ListPullTimeUpdateExclusions",
    "ecs:DescribeClusters", "ecs:DescribeServices", "ecs:ListAccountSettings", "ecs:ListTaskDefinitionFamilies",
    "eks:DescribeCertificateAuthorities", "eks:ListAccessPolicies", "elasticbeanstalk:ListPlatformVersions",
    "elbv2:DescribeListenerCertificates", "glacier:ListJobs", "glue:GetPartitionIndexes", "glue:GetPartitions",
    "glue:GetTableVersions", "glue:ListConnectionTypes", "glue:ListStatements", "iam:ListAccountAliases",
    "iam:ListPolicyVersions", "iam:ListServiceSpecificCredentials", "identitystore:ListUsers",
    "iot:ListCommandExecutions", "kafka:ListClusters", "kinesis:DescribeStream", "kms:ListKeyPolicies",
    "lakeformation:ListPermissions", "lambda:ListProvisionedConcurrencyConfigs", "lightsail:GetBucketAccessKeys",
    "logs:DescribeLogStreams", "mediaconvert:ListPresets", "personalize:ListRecipes", "redshift:DescribePartners",
    "route53:ListVPCAssociationAuthorizations", "route53resolver:ListFirewallDomains", "s3:ListMultipartUploads",
    "s3:ListObjects", "s3:ListObjectsV2", "sagemaker:ListAlgorithms", "secretsmanager:ListResourcePolicies",
    "service-quotas:ListServices", "ses:ListVerifiedEmailAddresses", "shield:DescribeDRTAccess",
    "sns:ListPhoneNumbersOptedOut", "ssm:GetInventory", "ssm:ListComplianceItems", "ssm:ListOpsItemRelatedItems",
    "sso-admin:ListApplicationProviders", "sso-admin:ListRegions", "wafv2:ListAPIKeys", "wafv2:ListManagedRuleSets",
    "workmail:ListUsers",
    # They describe one resource: the list in the reply is part of it.
    "datasync:DescribeLocationFsxOpenZfs", "datasync:DescribeLocationFsxWindows",
    "servicecatalog:DescribeProvisionedProduct",
}

EXCLUDED_PATTERNS = [
    r".*:(List|Describe|Get)(.*)(Events|Executions|Recommendations|Findings|Metrics|Logs|Messages|Records)$",
    r".*:(List|Describe)Engine\w*Versions$",
    r".*:(List|Describe)\w*Offerings$",
    r"quicksight:List.*(Members|Versions|ForUser)$",
    r"sagemaker:List\w*(TrainingJobs|TransformJobs|ProcessingJobs|HyperParameterTuningJobs)$",
]

# Accepted although no sibling operation, CloudFormation type or IAM resource type mentions the noun.
INCLUDED = {
    "athena:ListDatabases", "autoscaling:DescribeNotificationConfigurations",
    "backup:ListRecoveryPointsByBackupVault", "cloudformation:ListExports",
    "ec2:DescribeIamInstanceProfileAssociations", "ec2:DescribeManagedPrefixLists", "ec2:DescribeReservedInstances",
    "ec2:DescribeSpotInstanceRequests", "ec2:DescribeVpcEndpointServiceConfigurations", "ecr:DescribeImages",
    "elasticache:DescribeCacheParameterGroups", "elasticache:DescribeReservedCacheNodes", "events:ListTargetsByRule",
    "iam:ListMFADevices", "kinesis:ListStreams", "kms:ListKeys", "opensearch:DescribeReservedInstances",
    "opensearch:ListDomainNames", "organizations:ListOrganizationalUnitsForParent", "organizations:ListPolicies",
    "rds:DescribeExportTasks", "rds:DescribeReservedDBInstances", "redshift:DescribeDataShares",
    "redshift:DescribeReservedNodes", "resource-groups:ListGroups", "ssm:DescribeInstanceInformation",
    "xray:GetSamplingRules",
    "servicecatalog:SearchProvisionedProducts",
}

# Singular nouns that the operation name does not give.
NOUNS = {
    "backup:ListRecoveryPointsByBackupVault": "RecoveryPoint",
    "cloudwatch:DescribeInsightRules": "InsightRule",
    "ec2:DescribeDhcpOptions": "DhcpOptions",
    "events:ListTargetsByRule": "Target",
    "kinesis:ListStreams": "Stream",
    "lambda:ListVersionsByFunction": "FunctionVersion",
    "opensearch:ListDomainNames": "Domain",
    "organizations:ListOrganizationalUnitsForParent": "OrganizationalUnit",
    "ssm:DescribeInstanceInformation": "ManagedInstance",
    "xray:GetSamplingRules": "SamplingRule",
}

# Kinds that the noun does not give.
KINDS = {
    "backup:ListRecoveryPointsByBackupVault": "recovery-point",
    "cloudwatch:DescribeAlarms": "alarm",
    "ec2:DescribeDhcpOptions": "dhcp-options",
    "ec2:DescribeInstances": "instance",
    "events:ListTargetsByRule": "rule-target",
    "kinesis:ListStreams": "stream",
    "lambda:ListVersionsByFunction": "function-version",
    "opensearch:ListDomainNames": "domain",
    "organizations:ListOrganizationalUnitsForParent": "organizational-unit",
    "ssm:DescribeInstanceInformation": "managed-instance",
    "xray:GetSamplingRules": "sampling-rule",
}
