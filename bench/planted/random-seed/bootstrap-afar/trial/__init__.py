"""A field trial's figures."""
