"""Tests of the pages of indexes."""
