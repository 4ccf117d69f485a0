"""Where services live, which every estate uses, and what our own client calls."""

# Services run once for a partition although their endpoint rules would build a host in every region.
HOME_REGIONS = {
    "billingconductor": "us-east-1",
    "budgets": "us-east-1",
    "ce": "us-east-1",
    "chime": "us-east-1",
    "cur": "us-east-1",
    "ecr-public": "us-east-1",
    "globalaccelerator": "us-west-2",
    "networkmanager": "us-west-2",
    "route53-recovery-control-config": "us-west-2",
    "route53-recovery-readiness": "us-west-2",
    "route53domains": "us-east-1",
    "savingsplans": "us-east-1",
    "shield": "us-east-1",
    "support": "us-east-1",
}

# Regional hosts, but any of them lists the resources of all regions.
GLOBAL_LISTINGS = {"s3"}

# The region that answers for a partition, where it is not the first by name.
HOMES = {"aws": "us-east-1", "aws-cn": "cn-north-1", "aws-us-gov": "us-gov-west-1"}

# Where the region lists are wrong.
REGIONS = {"devicefarm": ["us-west-2"]}

# The services every estate uses.
CORE = {
    "acm", "apigateway", "apigatewayv2", "athena", "autoscaling", "backup", "cloudformation", "cloudfront", "cloudtrail",
    "cloudwatch", "codebuild", "codepipeline", "cognito-identity", "cognito-idp", "config", "dynamodb", "ec2", "ecr",
    "ecs", "efs", "eks", "elasticache", "elb", "elbv2", "emr", "events", "firehose", "fsx", "glue", "guardduty", "iam",
    "kafka", "kinesis", "kms", "lambda", "logs", "opensearch", "organizations", "rds", "redshift", "route53",
    "route53domains", "s3", "secretsmanager", "sns", "sqs", "ssm", "stepfunctions", "wafv2",
}

# Headers that the AWS SDKs add to every request of a service.
HEADERS = {
    "apigateway": {"Accept": "application/json"},
    "glacier": {"x-amz-glacier-version": "2012-06-01"},
}

# Operations our client needs, whatever types are listed.
EXTRA_OPERATIONS = {
    "account": ["ListRegions"],
    "dynamodb": [
        "BatchGetItem", "BatchWriteItem", "CreateTable", "DeleteItem", "DescribeTable", "DescribeTimeToLive", "GetItem", "PutItem", "Query",
        "Scan", "UpdateItem", "UpdateTimeToLive",
    ],
    "ec2": ["DescribeRegions"],
    "iam": ["SimulatePrincipalPolicy"],
    "organizations": [
        "DescribeOrganization", "ListAccounts", "ListAccountsForParent", "ListChildren",
        "ListOrganizationalUnitsForParent", "ListRoots",
    ],
    "resourcegroupstaggingapi": ["GetResources"],
    "sts": ["AssumeRole", "GetCallerIdentity"],
}
