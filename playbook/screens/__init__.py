"""The full screens, one a module with its style sheet beside it."""
