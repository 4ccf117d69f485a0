"""IAM's names where they differ from the API's."""

# Services whose IAM prefix is not their signing or endpoint name.
PREFIXES = {
    "amp": ["aps"],
    "apigatewayv2": ["apigateway"],
    "appintegrations": ["app-integrations"],
    "bedrock-agent": ["bedrock"],
    "bedrock-agentcore-control": ["bedrock-agentcore"],
    "cloudwatch": ["cloudwatch"],
    "connectcampaignsv2": ["connect-campaigns"],
    "connectcases": ["cases"],
    "cur": ["cur"],
    "customer-profiles": ["profile"],
    "docdb": ["rds"],
    "efs": ["elasticfilesystem"],
    "elb": ["elasticloadbalancing"],
    "elbv2": ["elasticloadbalancing"],
    "emr": ["elasticmapreduce"],
    "keyspaces": ["cassandra"],
    "kinesisanalyticsv2": ["kinesisanalytics"],
    "lex-models": ["lex"],
    "lexv2-models": ["lex"],
    "location": ["geo"],
    "mwaa": ["airflow"],
    "neptune": ["rds"],
    "opensearch": ["es"],
    "opensearchserverless": ["aoss"],
    "pinpoint": ["mobiletargeting"],
    "qconnect": ["wisdom"],
    "resourcegroupstaggingapi": ["tag"],
    "rum": ["rum"],
    "s3control": ["s3"],
    "sesv2": ["ses"],
    "sso-admin": ["sso"],
    "stepfunctions": ["states"],
    "timestream-query": ["timestream"],
    "timestream-write": ["timestream"],
}

# Services that authorise what has no action of its own as one thing: API Gateway by HTTP method, Keyspaces as a query
# of its system tables (botocore's documentation of each operation says so).
WHOLE_SERVICE = {"apigateway": "apigateway:GET", "apigatewayv2": "apigateway:GET", "keyspaces": "cassandra:Select"}

# Actions that are not called like the operation.
ACTIONS = {
    "applicationcostprofiler:ListReportDefinitions": "application-cost-profiler:ListReportDefinitions",
    "budgets:DescribeBudgets": "budgets:ViewBudget",
    "cloudwatch:ListTagsForResource": "cloudwatch:ListTagsForResource",
    "dms:DescribeDataProviders": "dms:ListDataProviders",
    "dms:DescribeInstanceProfiles": "dms:ListInstanceProfiles",
    "dms:DescribeMigrationProjects": "dms:ListMigrationProjects",
    "neptunedata:GetMLEndpoint": "neptune-db:GetMLEndpointStatus",
    "opensearch:DescribeDomains": "es:DescribeDomains",
    "s3:GetBucketAccelerateConfiguration": "s3:GetAccelerateConfiguration",
    "s3:GetBucketCors": "s3:GetBucketCORS",
    "s3:GetBucketEncryption": "s3:GetEncryptionConfiguration",
    "s3:GetBucketLifecycleConfiguration": "s3:GetLifecycleConfiguration",
    "s3:GetBucketNotificationConfiguration": "s3:GetBucketNotification",
    "s3:GetBucketReplication": "s3:GetReplicationConfiguration",
    "s3:GetPublicAccessBlock": "s3:GetBucketPublicAccessBlock",
    "s3:ListBucketAnalyticsConfigurations": "s3:GetAnalyticsConfiguration",
    "s3:ListBucketIntelligentTieringConfigurations": "s3:GetIntelligentTieringConfiguration",
    "s3:ListBucketInventoryConfigurations": "s3:GetInventoryConfiguration",
    "s3:ListBucketMetricsConfigurations": "s3:GetMetricsConfiguration",
    "s3:ListBuckets": "s3:ListAllMyBuckets",
    "s3:ListDirectoryBuckets": "s3express:ListAllMyDirectoryBuckets",
}

# The other direction, for CloudFormation's list permissions.
OPERATIONS = {"s3:ListAllMyBuckets": "ListBuckets"}

# Actions that the pinned references lack, and where they stand.
ELSEWHERE = {
    "application-cost-profiler:ListReportDefinitions":
        "AWS's service reference for application-cost-profiler, version 1.2; later ones lack the service",
}

# Actions that read whatever the references say of them.
READING = {
    "route53globalresolver:ListTagsForResource",
}
