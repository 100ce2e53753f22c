"""Rebond: SMTP replies and bounces explained in Slack, in English and in French."""
