"""What is read from the pinned packages: service models, CloudFormation's registry, IAM's actions, other tools' lists."""
