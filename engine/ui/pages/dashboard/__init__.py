"""The dashboard: what needs somebody now, what was spent, what was made lately."""
