"""One resource type while it is derived."""
from dataclasses import dataclass, field


@dataclass
class Entry:
    """Paths are strings: dotted members, `@` for the item itself, `^` in front for the parent's item."""

    service: str
    operation: str
    noun: str
    items: str
    # A path, alternatives joined by ` || `, or a list of these (composite).
    id: object
    item: dict
    members: dict
    inputs: list = field(default_factory=list)
    arn: str = None
    arn_template: str = None
    pages: dict = None
    parent: str = None
    parent_inputs: dict = field(default_factory=dict)
    depth: int = 0
    bindings: dict = field(default_factory=dict)
    detail: dict = None
    enrichments: list = field(default_factory=list)
    cloudformation: dict = None
    # The service's name in ARNs, where the Resource Groups Tagging API must tell the tags.
    tagging: str = None

    @property
    def key(self):
        """The key of the hand-written tables."""
        return f"{self.service}:{self.operation}"

    def calls(self):
        return ([self.detail] if self.detail else []) + self.enrichments
