"""Which types belong to `core`, and which are listed only when named."""

# Of the largest core service, the kinds that most estates have; the rest is in `all`.
EC2_CORE = {
    "address", "customer-gateway", "dhcp-options", "egress-only-internet-gateway", "flow-log", "host", "image", "instance",
    "internet-gateway", "key-pair", "launch-template", "managed-prefix-list", "nat-gateway", "network-acl",
    "network-interface", "placement-group", "reserved-instance", "route-table", "security-group", "snapshot",
    "spot-instance-request", "subnet", "transit-gateway", "transit-gateway-attachment",
    "transit-gateway-peering-attachment", "transit-gateway-route-table", "transit-gateway-vpc-attachment", "volume",
    "vpc", "vpc-endpoint", "vpc-endpoint-service-configuration", "vpc-peering-connection", "vpn-connection",
    "vpn-gateway", "capacity-reservation", "client-vpn-endpoint", "security-group-rule",
}

# Types of core services that few estates have, or that come and go.
NOT_CORE = {
    "cloudformation/generated-template", "cloudformation/resource-scan", "cloudformation/stack-refactor",
    "cloudwatch/insight-rule", "cloudwatch/log-alarm", "config/pending-aggregation-request", "dynamodb/export",
    "dynamodb/import",
    "ecs/attribute", "events/replay", "fsx/data-repository-task", "glue/asset-type", "glue/custom-entity-type",
    "glue/dev-endpoint", "glue/form-type", "glue/glossary", "glue/integration-resource-property",
    "glue/integration-table-property", "guardduty/invitation", "iam/delegation-request", "logs/export-task",
    "logs/import-task", "rds/export-task", "ssm/ops-item", "ssm/ops-metadata",
}

# Children of core services that every estate wants; other children cost a call per parent and are in `all`.
CORE_CHILDREN = {
    "apigateway/stage", "apigatewayv2/stage", "cognito-idp/user-pool-client", "ecs/service", "eks/addon",
    "eks/fargate-profile", "eks/nodegroup", "elbv2/listener", "elbv2/rule", "events/rule", "glue/table",
    "iam/access-key", "iam/mfa-device", "organizations/organizational-unit", "efs/mount-target",
}

# Unbounded, data plane or personal data: only when named.
OPT_IN = {
    # The identifier is the secret itself.
    "appsync/api-key",
    "backup/recovery-point", "chime/user", "codebuild/build", "codebuild/build-batch", "codebuild/report",
    "codebuild/sandbox", "connect/user", "ecr/image", "ec2/launch-template-version", "ecs/task",
    "identitystore/group-membership", "lambda/function-version", "lambda/layer-version", "route53/resource-record-set",
    "sesv2/contact", "wickr/user", "glue/data-quality-result-v2", "storagegateway/tape-archive",
    "opensearchmemory/memory",
}
OPT_IN_PATTERNS = [
    r"/(.*-)?(contact|message|participant|meeting|execution|finding|event|record|recovery-point|partition|shard"
    r"|annotation|conversation|job-run|query-execution|image-version|published-version)$",
    r"^(athena|emr|emr-serverless|glue|gamelift|mpa|nova-act|ssm|devicefarm|sagemaker)/(.*-)?session$",
    r"^(chime|connect|quicksight|wickr|workmail|finspace-data|identitystore|qbusiness|datazone)/(.*-)?user(-profile)?$",
]
