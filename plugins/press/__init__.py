"""Publishing: what is published, whether it changed, and writing it safely."""
