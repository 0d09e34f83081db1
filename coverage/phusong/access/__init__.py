"""Who may see and do what: principals, permissions, sessions, and the questions that data answer to whom."""
