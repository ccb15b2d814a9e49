"""The rooms of the Policy Digest; plugins/README.md says which of them are Pelican plugins."""
