"""Resources keyed by their bare identifier, and ARNs that are not the resource's alone."""

# Every id has a prefix of its own kind (`vpc-…`).
BARE_SERVICES = {"ec2"}

BARE = {
    # Stored bare by the replaced system.
    "rds/db-instance", "s3/bucket",
    # Unique by AWS's own scheme.
    "cognito-idp/user-pool", "cognito-identity/identity-pool", "ec2/address", "ec2/key-pair", "ec2/security-group",
    "ec2/network-interface",
}

# Their member's name is that of another kind too.
NOT_BARE = {"ec2/coip-pool", "ec2/declarative-policies-report", "ec2/image-usage-report", "ec2/public-ipv4-pool"}

# Members that are no ids but cannot equal one either.
DISTINCT = {"PublicIp"}

# The member called ARN is another resource's, or one of many.
SHARED_ARN = {
    "databrew/recipe",  # the working and the published version have one
    "glue/integration-table-property",  # the integration's target
    # A device that a user has is listed by user and by ListVirtualMFADevices.
    "iam/mfa-device",
    "license-manager/license-version",
    "networkflowmonitor/performance-monitor",
    "resiliencehub/app-input-source",  # one stack may be in many applications
    # The web ACL's.
    "waf/logging-configuration", "waf-regional/logging-configuration", "wafv2/logging-configuration",
}

# Members in which several types of the service have their ARN; ARNs there name the kind or hold a random part.
ARN_OF_SEVERAL = {
    "batch": {"jobArn"}, "bedrock": {"jobArn", "modelArn"}, "bedrock-agentcore-control": {"credentialProviderArn"},
    "comprehend": {"JobArn"}, "entityresolution": {"workflowArn"}, "fms": {"ListArn"},
    "globalaccelerator": {"AcceleratorArn", "EndpointGroupArn", "ListenerArn"},
    "inspector2": {"scanConfigurationArn"}, "iot": {"certificateArn", "groupArn"}, "omics": {"storeArn"},
    "sagemaker": {"JobArn", "MonitoringJobDefinitionArn"}, "securityhub": {"ConnectorArn"},
}

# Types that are listed by several calls and whose identifier is nevertheless the resource's alone: random, or an ARN.
UNIQUE_OVER_CALLS = {
    "healthlake/data-transformation-profile", "omics/share", "opensearchserverless/security-config", "ssm/session",
    "wafv2/logging-configuration",
}
