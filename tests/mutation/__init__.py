"""Every small way to break the decision is noticed by a test, or stands in equivalent.toml with a proof."""
