"""An explanation made visible: Block Kit for Slack, plain text for notifications and terminals."""
