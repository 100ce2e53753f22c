"""The judge: does a message or a view keep Slack's limits, and does it go where Slack shows it?"""

from bot.playground.limits.checks import Complaint
from bot.playground.limits.judge import MOST_TEXT, judge_message, judge_view, refusal

__all__ = ["MOST_TEXT", "Complaint", "judge_message", "judge_view", "refusal"]
