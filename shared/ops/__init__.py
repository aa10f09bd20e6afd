"""What an operator sees: settings, logs, metrics, health, errors."""
