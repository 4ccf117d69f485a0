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
SHARED_ARN = set()
