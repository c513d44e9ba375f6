"""What things cost, measured; a bound is far above what was measured, so that a busy machine passes."""
