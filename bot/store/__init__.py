"""What Rebond remembers: for now, which events it has answered."""

from bot.store.seen import Seen

__all__ = ["Seen"]
