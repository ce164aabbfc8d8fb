"""What every layer may use: errors, messages, events, clock, folders, logs. Knows no debating."""
