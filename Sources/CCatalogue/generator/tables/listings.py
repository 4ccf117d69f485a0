"""How to call and read list operations where the model does not say."""

SCALING_NAMESPACES = [{"ServiceNamespace": name} for name in (
    "ecs", "ec2", "dynamodb", "rds", "lambda", "elasticache", "sagemaker", "appstream", "elasticmapreduce", "kafka",
    "cassandra", "comprehend", "neptune", "custom-resource", "workspaces")]
WAF_SCOPES = [{"Scope": "REGIONAL"}, {"Scope": "CLOUDFRONT", "@only": "us-east-1"}]

# Fixed inputs: keep AWS's, shared and public objects out, or give a parameter the service demands. A list means
# one call each; `@only` names the one region where the call is made.
CONSTANTS = {
    "application-autoscaling:DescribeScalableTargets": SCALING_NAMESPACES,
    "application-autoscaling:DescribeScalingPolicies": SCALING_NAMESPACES,
    "appstream:DescribeImages": {"Type": "PRIVATE"},
    "cloudformation:ListTypes": {"Visibility": "PRIVATE"},
    "cloudfront:ListCachePolicies": {"Type": "custom"},
    "cloudfront:ListOriginRequestPolicies": {"Type": "custom"},
    "cloudfront:ListResponseHeadersPolicies": {"Type": "custom"},
    "cloudwatch:DescribeAlarms": {"AlarmTypes": ["MetricAlarm"]},
    "databrew:ListRecipes": [{"RecipeVersion": "LATEST_WORKING"}, {"RecipeVersion": "LATEST_PUBLISHED"}],
    "ec2:DescribeFpgaImages": {"Owners": ["self"]},
    "ec2:DescribeImages": {"Owners": ["self"]},
    "ec2:DescribeManagedPrefixLists": {"Filters": [{"Name": "owner-id", "Values": ["{account}"]}]},
    "ec2:DescribeSnapshots": {"OwnerIds": ["self"]},
    "elasticbeanstalk:DescribeEnvironments": {"IncludeDeleted": False},
    "iam:ListPolicies": {"Scope": "Local"},
    "imagebuilder:ListComponents": {"owner": "Self"},
    "imagebuilder:ListContainerRecipes": {"owner": "Self"},
    "imagebuilder:ListImageRecipes": {"owner": "Self"},
    "imagebuilder:ListImages": {"owner": "Self"},
    "imagebuilder:ListWorkflows": {"owner": "Self"},
    "organizations:ListPolicies": [
        {"Filter": "SERVICE_CONTROL_POLICY"},
        {"Filter": "TAG_POLICY"},
        {"Filter": "BACKUP_POLICY"},
        {"Filter": "AISERVICES_OPT_OUT_POLICY"},
    ],
    "ram:GetResourceShares": [{"resourceOwner": "SELF"}, {"resourceOwner": "OTHER-ACCOUNTS"}],
    "ram:ListPermissions": {"permissionType": "CUSTOMER_MANAGED"},
    "servicecatalog:SearchProvisionedProducts": {"AccessLevelFilter": {"Key": "Account", "Value": "self"}},
    "secretsmanager:ListSecrets": {"IncludePlannedDeletion": True},
    "ssm:DescribePatchBaselines": {"Filters": [{"Key": "OWNER", "Values": ["Self"]}]},
    "ssm:ListDocuments": {"Filters": [{"Key": "Owner", "Values": ["Self"]}]},
    "wafv2:ListIPSets": WAF_SCOPES,
    "wafv2:ListLoggingConfigurations": WAF_SCOPES,
    "wafv2:ListRegexPatternSets": WAF_SCOPES,
    "wafv2:ListRuleGroups": WAF_SCOPES,
    "wafv2:ListWebACLs": WAF_SCOPES,
}

# The list in the reply.
ITEMS = {
    "cloudformation:ListExports": "Exports[]",
    "codebuild:ListProjects": "projects[]",
    "kinesis:ListStreams": "StreamSummaries[]",
    "opensearch:ListDomainNames": "DomainNames[]",
    "rds:DescribeExportTasks": "ExportTasks[]",
    "xray:GetSamplingRules": "SamplingRuleRecords[]",
}

# Further types that an operation lists: kind, the list in the reply, fixed inputs.
FURTHER_LISTS = {
    "cloudwatch:DescribeAlarms": [
        ("composite-alarm", "CompositeAlarms[]", {"AlarmTypes": ["CompositeAlarm"]}),
        ("log-alarm", "LogAlarms[]", {"AlarmTypes": ["LogAlarm"]}),
    ],
}

# Parents of operations whose parameters the model calls optional but the service demands, or whose parent cannot
# be guessed: kind of the parent, and input member to path in the parent's item.
PARENTS = {
    "appsync:ListApiKeys": ("graphql-api", {"apiId": "apiId"}),
    "appsync:ListDataSources": ("graphql-api", {"apiId": "apiId"}),
    "appsync:ListFunctions": ("graphql-api", {"apiId": "apiId"}),
    "autoscaling:DescribeLifecycleHooks": ("auto-scaling-group", {"AutoScalingGroupName": "AutoScalingGroupName"}),
    "backup:ListRecoveryPointsByBackupVault": ("backup-vault", {"BackupVaultName": "BackupVaultName"}),
    "ec2:DescribeLaunchTemplateVersions": ("launch-template", {"LaunchTemplateId": "LaunchTemplateId"}),
    "ecr:DescribeImages": ("repository", {"repositoryName": "repositoryName"}),
    "ecs:ListContainerInstances": ("cluster", {"cluster": "@"}),
    "ecs:ListServices": ("cluster", {"cluster": "@"}),
    "ecs:ListTasks": ("cluster", {"cluster": "@"}),
    "efs:DescribeMountTargets": ("file-system", {"FileSystemId": "FileSystemId"}),
    "elbv2:DescribeListeners": ("load-balancer", {"LoadBalancerArn": "LoadBalancerArn"}),
    "elbv2:DescribeRules": ("listener", {"ListenerArn": "ListenerArn"}),
    "events:ListRules": ("event-bus", {"EventBusName": "Name"}),
    "events:ListTargetsByRule": ("rule", {"Rule": "Name", "EventBusName": "EventBusName"}),
    "iam:ListAccessKeys": ("user", {"UserName": "UserName"}),
    "iam:ListMFADevices": ("user", {"UserName": "UserName"}),
    "iam:ListSSHPublicKeys": ("user", {"UserName": "UserName"}),
    "iam:ListSigningCertificates": ("user", {"UserName": "UserName"}),
    "kinesis:ListStreamConsumers": ("stream", {"StreamARN": "StreamARN"}),
    "lambda:ListLayerVersions": ("layer", {"LayerName": "LayerName"}),
    "lambda:ListVersionsByFunction": ("function", {"FunctionName": "FunctionName"}),
    "opensearch:ListDataSources": ("domain", {"DomainName": "DomainName"}),
    "organizations:ListOrganizationalUnitsForParent": ("root", {"ParentId": "Id"}),
    "pinpoint:GetCampaigns": ("app", {"ApplicationId": "Id"}),
    "pinpoint:GetSegments": ("app", {"ApplicationId": "Id"}),
    "route53:ListResourceRecordSets": ("hosted-zone", {"HostedZoneId": "Id"}),
    "s3vectors:ListIndexes": ("vector-bucket", {"vectorBucketName": "vectorBucketName"}),
}

# How pages follow each other where neither the model nor the names say so.
PAGES = {
    "dynamodbstreams:ListStreams": {"in": ["ExclusiveStartStreamArn"], "out": ["LastEvaluatedStreamArn"]},
    "route53:ListTrafficPolicies": {
        "in": ["TrafficPolicyIdMarker"], "out": ["TrafficPolicyIdMarker"], "more": "IsTruncated",
    },
    "route53:ListTrafficPolicyInstances": {
        "in": ["HostedZoneIdMarker", "TrafficPolicyInstanceNameMarker", "TrafficPolicyInstanceTypeMarker"],
        "out": ["HostedZoneIdMarker", "TrafficPolicyInstanceNameMarker", "TrafficPolicyInstanceTypeMarker"],
        "more": "IsTruncated",
    },
}

# Operations that take a token and whose one page holds everything, with the reason.
ONE_PAGE = {
    "firehose:ListDeliveryStreams": "the page size below is above the account's quota of streams",
}

# Page sizes that the model does not state: (input, size); None for the size sends none. Sources: the API references.
PAGE_SIZES = {
    "ec2:DescribeImages": ("MaxResults", 1000),
    "ec2:DescribeInstances": ("MaxResults", 1000),
    "ec2:DescribeSnapshots": ("MaxResults", 1000),
    "ec2:DescribeVolumes": ("MaxResults", 500),
    # No token comes back unless a page size is given.
    # The token is the last name, and ten are shown unless asked for more; an account has 5,000 at most by default.
    "firehose:ListDeliveryStreams": ("Limit", 10000),
    "s3:ListBuckets": ("MaxBuckets", 1000),
    "sqs:ListQueues": ("MaxResults", 1000),
}
