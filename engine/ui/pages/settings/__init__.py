"""Settings: one's own, the studio's, and the machine's; a module for each section."""
