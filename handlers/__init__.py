"""What Rebond listens to in Slack: one listener, one file."""

from slack_bolt.async_app import AsyncApp

from handlers.direct_message import direct_message
from handlers.explain_shortcut import explain_shortcut
from handlers.mention import mention
from handlers.share_button import share_button
from handlers.smtp_command import smtp_command


def register(app: AsyncApp) -> None:
    """Register every listener, in the order of manifest.yml; the buttons of our answers come last."""
    app.command("/smtp")(smtp_command)
    app.shortcut("explain_this_bounce")(explain_shortcut)
    app.event("app_mention")(mention)
    app.event("message")(direct_message)  # only message.im is subscribed to
    app.action("share_in_channel")(share_button)
