"""Everything read from the packages, gathered once."""
from ..tables import operations
from . import others, packages
from .iam import IAMFacts
from .service import SUPPORTED_PROTOCOLS, Service


class Facts:
    def __init__(self):
        names = [name for name in packages.service_names() if name not in operations.SKIPPED_SERVICES]
        services = {name: Service(name) for name in names}
        self.all_services = services
        self.services = {name: each for name, each in services.items() if each.protocol in SUPPORTED_PROTOCOLS}
        self.iam = IAMFacts()
        self.boto3 = others.boto3_identifiers()
        self.links = others.link_cloudformation(services, self.iam, others.cloudformation_types())
        self.owned_by_aws, self.no_resources = others.aws_list_all_exclusions()
