"""Where benches keep their last tables."""
