"""What handlers build on: the text of messages, the place of answers, what is under way, who we are."""
