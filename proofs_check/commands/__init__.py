"""The commands of the audit: `bounds` finds them by the names in its table, and imports none."""
