"""The end of an upload: files stand in a message."""

from bot.playground.arguments import Arguments
from bot.playground.composer import Composed, compose, normalise
from bot.playground.errors import SlackError
from bot.playground.hub import Hub
from bot.playground.workspace import Channel, Json, Member, Message


def share_files(hub: Hub, sender: Member, channel: Channel | None, arguments: Arguments) -> Json:
    """Complete an upload as files.completeUploadExternal does; with a channel the files are posted there."""
    named = arguments.structure("files")
    if not isinstance(named, list) or not all(isinstance(each, dict) for each in named):
        raise SlackError("invalid_arguments")
    described = []
    for each in named:
        file = hub.files.find(str(each.get("id")))
        file.title = str(each.get("title") or file.title)
        described.append(hub.files.describe(file, sender.id))
    if channel:
        comment = arguments.text("initial_comment")
        said = Composed(normalise(comment), []) if sender.is_bot else compose(comment, hub.workspace.directory())
        hub.workspace.add(
            Message(
                channel=channel,
                ts=hub.workspace.next_ts(),
                sender=sender,
                text=said.text,
                blocks=said.blocks,
                files=described,
                thread_ts=arguments.text("thread_ts") or None,
                subtype="file_share",
            )
        )
    return {"ok": True, "files": described}
