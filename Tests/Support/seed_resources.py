"""The resources of one account: a function for each service, called with `client(service)`, account and region."""
import io
import json
import zipfile

TRUST = json.dumps({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]})
READ_POLICY = json.dumps({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Action": ["s3:Get*", "s3:List*"], "Resource": "*"}]})
TEAMS = ("plattform", "données", "検索")
VISIBILITY = {"SampledRequestsEnabled": False, "CloudWatchMetricsEnabled": False, "MetricName": "requests"}


def tags(number, **more):
    """Tags as most services take them, with characters that XML and JSON must escape."""
    values = {"team": TEAMS[number % len(TEAMS)], "environment": "prod" if number % 2 else "test & <stage>", **more}
    return [{"Key": key, "Value": value} for key, value in values.items()]


def plain(number):
    """The same tags as a map."""
    return {each["Key"]: each["Value"] for each in tags(number)}


def code():
    """A smallest deployable archive, the same bytes at each call."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo("index.py"), "def handler(event, context):\n    return event\n")
    return packed.getvalue()


def iam(client, account, region):
    it = client("iam")
    for number in range(6):
        it.create_role(RoleName=f"service-{number}", AssumeRolePolicyDocument=TRUST, Path="/services/",
                       Description=f"Rôle n° {number}", Tags=tags(number))
    for number in range(3):
        it.create_user(UserName=f"user-{number}", Tags=tags(number))
        policy = it.create_policy(PolicyName=f"read-{number}", PolicyDocument=READ_POLICY)["Policy"]["Arn"]
        it.attach_role_policy(RoleName=f"service-{number}", PolicyArn=policy)
    it.create_group(GroupName="engineers")
    it.add_user_to_group(GroupName="engineers", UserName="user-0")
    it.create_instance_profile(InstanceProfileName="web")
    it.put_role_policy(RoleName="service-0", PolicyName="inline", PolicyDocument=READ_POLICY)


def s3(client, account, region):
    it = client("s3")
    for number, place in enumerate(("us-east-1", "eu-west-1", "us-east-1", "eu-central-1")):
        name = f"data-{account.id}-{number}"
        where = {} if place == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": place}}
        it.create_bucket(Bucket=name, **where)
        if number:
            it.put_bucket_tagging(Bucket=name, Tagging={"TagSet": tags(number)})
    it.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})


def cloudfront(client, account, region):
    client("cloudfront").create_distribution_with_tags(DistributionConfigWithTags={
        "Tags": {"Items": tags(0)},
        "DistributionConfig": {
            "CallerReference": account.id, "Comment": "Website – Ümläute & more", "Enabled": True,
            "Origins": {"Quantity": 1, "Items": [{
                "Id": "origin", "DomainName": f"data-{account.id}-0.s3.amazonaws.com",
                "S3OriginConfig": {"OriginAccessIdentity": ""}}]},
            "DefaultCacheBehavior": {
                "TargetOriginId": "origin", "ViewerProtocolPolicy": "redirect-to-https", "MinTTL": 0,
                "ForwardedValues": {"QueryString": False, "Cookies": {"Forward": "none"}}}}})


def route53(client, account, region):
    it = client("route53")
    for number in range(2):
        zone = it.create_hosted_zone(
            Name=f"zone{number}.{account.id}.example.com.", CallerReference=f"{account.id}-{number}",
            HostedZoneConfig={"Comment": f"Zone {number} für {account.name}", "PrivateZone": False})
        it.change_tags_for_resource(ResourceType="hostedzone", ResourceId=zone["HostedZone"]["Id"].split("/")[-1],
                                    AddTags=tags(number))
    it.create_health_check(CallerReference=account.id, HealthCheckConfig={
        "Type": "HTTPS", "FullyQualifiedDomainName": "www.example.com", "Port": 443, "ResourcePath": "/"})


def ec2(client, account, region):
    it = client("ec2")
    vpc = it.create_vpc(CidrBlock="10.20.0.0/16")["Vpc"]["VpcId"]
    it.create_tags(Resources=[vpc], Tags=tags(0, Name="haupt-netz"))
    subnets = [it.create_subnet(VpcId=vpc, CidrBlock=f"10.20.{number}.0/24", AvailabilityZone=region + zone)
               ["Subnet"]["SubnetId"] for number, zone in enumerate("ab")]
    group = it.create_security_group(GroupName="web", Description="web servers", VpcId=vpc, TagSpecifications=[
        {"ResourceType": "security-group", "Tags": tags(1, Name="web")}])["GroupId"]
    it.authorize_security_group_ingress(GroupId=group, IpPermissions=[{
        "IpProtocol": "tcp", "FromPort": 443, "ToPort": 443,
        "IpRanges": [{"CidrIp": "0.0.0.0/0", "Description": "HTTPS from everywhere"}]}])
    gateway = it.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    it.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    address = it.allocate_address(Domain="vpc")["AllocationId"]
    it.create_nat_gateway(SubnetId=subnets[0], AllocationId=address)
    it.allocate_address(Domain="vpc", TagSpecifications=[{"ResourceType": "elastic-ip", "Tags": tags(2)}])
    table = it.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    it.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
    for number in range(3):
        it.run_instances(
            ImageId="ami-12c6146b", MinCount=2, MaxCount=2, InstanceType="t3.micro", SubnetId=subnets[number % 2],
            SecurityGroupIds=[group],
            TagSpecifications=[{"ResourceType": "instance", "Tags": tags(number, Name=f"web-{number}-größe")}])
    for number in range(3):
        volume = it.create_volume(AvailabilityZone=region + "a", Size=10 + number, TagSpecifications=[
            {"ResourceType": "volume", "Tags": tags(number)}])["VolumeId"]
    it.create_snapshot(VolumeId=volume, Description="nightly")
    it.create_key_pair(KeyName="operators")
    it.create_launch_template(LaunchTemplateName="web", LaunchTemplateData={"InstanceType": "t3.micro"})


def rds(client, account, region):
    it = client("rds")
    for number in range(2):
        it.create_db_instance(
            DBInstanceIdentifier=f"orders-{number}", DBInstanceClass="db.t3.micro", Engine="postgres",
            AllocatedStorage=20, MasterUsername="postgres", MasterUserPassword="not-a-secret", Tags=tags(number))
    it.create_db_cluster(DBClusterIdentifier="events", Engine="aurora-postgresql", MasterUsername="postgres",
                         MasterUserPassword="not-a-secret", Tags=tags(2))
    it.create_db_snapshot(DBInstanceIdentifier="orders-0", DBSnapshotIdentifier="before-upgrade")
    it.create_db_parameter_group(DBParameterGroupName="tuned", DBParameterGroupFamily="postgres15",
                                 Description="tuned for orders")


def dynamodb(client, account, region):
    for number in range(3):
        client("dynamodb").create_table(
            TableName=f"table-{number}", KeySchema=[{"AttributeName": "key", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "key", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST", Tags=tags(number))


def lambda_(client, account, region):
    it = client("lambda")
    for number in range(4):
        it.create_function(
            FunctionName=f"function-{number}", Runtime="python3.12", Handler="index.handler", Tags=plain(number),
            Role=f"arn:aws:iam::{account.id}:role/services/service-0", Code={"ZipFile": code()},
            Description=f"Größe {number}", Environment={"Variables": {"PASSWORD": "not-to-be-stored"}})


def ecs(client, account, region):
    it = client("ecs")
    for number in range(2):
        it.create_cluster(clusterName=f"cluster-{number}", tags=[
            {"key": key, "value": value} for key, value in plain(number).items()])
    it.register_task_definition(family="web", containerDefinitions=[
        {"name": "web", "image": "nginx:1.25", "memory": 128, "environment": [{"name": "A", "value": "b"}]}])
    it.create_service(cluster="cluster-0", serviceName="web", taskDefinition="web", desiredCount=0)


def eks(client, account, region):
    it = client("eks")
    role = f"arn:aws:iam::{account.id}:role/services/service-1"
    it.create_cluster(name="kubernetes", roleArn=role, tags=plain(0),
                      resourcesVpcConfig={"subnetIds": ["subnet-1", "subnet-2"]})
    it.create_nodegroup(clusterName="kubernetes", nodegroupName="nodes", nodeRole=role, subnets=["subnet-1"])


def elbv2(client, account, region):
    it, networks = client("elbv2"), client("ec2")
    subnets = networks.describe_subnets(Filters=[{"Name": "defaultForAz", "Values": ["true"]}])["Subnets"][:2]
    balancer = it.create_load_balancer(Name="web", Subnets=[each["SubnetId"] for each in subnets], Tags=tags(0))
    group = it.create_target_group(Name="web", Protocol="HTTP", Port=80, VpcId=subnets[0]["VpcId"])
    it.create_listener(
        LoadBalancerArn=balancer["LoadBalancers"][0]["LoadBalancerArn"], Protocol="HTTP", Port=80,
        DefaultActions=[{"Type": "forward", "TargetGroupArn": group["TargetGroups"][0]["TargetGroupArn"]}])


def acm(client, account, region):
    for number in range(2):
        client("acm").request_certificate(DomainName=f"www{number}.example.com", Tags=tags(number))


def apigateway(client, account, region):
    it = client("apigateway")
    api = it.create_rest_api(name="orders", description="Bestellungen & mehr", tags=plain(0))["id"]
    it.create_api_key(name="partner")
    it.create_usage_plan(name="basic")
    root = it.get_resources(restApiId=api)["items"][0]["id"]
    it.put_method(restApiId=api, resourceId=root, httpMethod="GET", authorizationType="NONE")
    it.put_integration(restApiId=api, resourceId=root, httpMethod="GET", type="MOCK")
    deployment = it.create_deployment(restApiId=api)["id"]
    it.create_stage(restApiId=api, stageName="prod", deploymentId=deployment)


def apigatewayv2(client, account, region):
    it = client("apigatewayv2")
    api = it.create_api(Name="events", ProtocolType="HTTP", Tags=plain(1))["ApiId"]
    it.create_stage(ApiId=api, StageName="prod")


def cognito(client, account, region):
    pool = client("cognito-idp").create_user_pool(PoolName="customers", UserPoolTags=plain(0))["UserPool"]["Id"]
    client("cognito-idp").create_user_pool_client(UserPoolId=pool, ClientName="web")
    client("cognito-identity").create_identity_pool(IdentityPoolName="visitors", AllowUnauthenticatedIdentities=True)


def wafv2(client, account, region):
    it = client("wafv2")
    for scope in ("REGIONAL", "CLOUDFRONT") if region == "us-east-1" else ("REGIONAL",):
        it.create_web_acl(Name=f"guard-{scope.lower()}", Scope=scope, DefaultAction={"Allow": {}},
                          VisibilityConfig=VISIBILITY, Tags=tags(0))
        it.create_ip_set(Name=f"offices-{scope.lower()}", Scope=scope, IPAddressVersion="IPV4",
                         Addresses=["192.0.2.0/24"], Tags=tags(1))


def messages(client, account, region):
    queues, topics = client("sqs"), client("sns")
    for number in range(4):
        queues.create_queue(QueueName=f"queue-{number}", tags=plain(number))
    for number in range(3):
        topic = topics.create_topic(Name=f"topic-{number}", Tags=tags(number))["TopicArn"]
    topics.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=f"arn:aws:sqs:{region}:{account.id}:queue-0")


GLOBAL_SEEDS = (iam, s3, cloudfront, route53)
REGIONAL_SEEDS = (ec2, rds, dynamodb, lambda_, ecs, eks, elbv2, acm, apigateway, apigatewayv2, cognito, wafv2, messages)

# The resource types of which there is something, all of them known to the emulator.
SEEDED_TYPES = """
acm/certificate apigateway/api-key apigateway/rest-api apigateway/stage apigateway/usage-plan apigatewayv2/api
apigatewayv2/stage cloudfront/distribution cognito-identity/identity-pool cognito-idp/user-pool
cognito-idp/user-pool-client dynamodb/table ec2/address ec2/instance ec2/internet-gateway ec2/key-pair
ec2/launch-template ec2/nat-gateway ec2/network-acl ec2/network-interface ec2/route-table ec2/security-group
ec2/snapshot ec2/subnet ec2/volume ec2/vpc ecs/cluster ecs/service ecs/task-definition eks/cluster eks/nodegroup
elbv2/listener elbv2/load-balancer elbv2/target-group iam/group iam/instance-profile iam/policy iam/role
iam/user lambda/function rds/db-cluster rds/db-instance rds/db-parameter-group rds/db-snapshot
route53/health-check route53/hosted-zone s3/bucket sns/subscription sns/topic sqs/queue wafv2/ip-set
wafv2/web-acl
""".split()
