"""Tests that drive a map in a real browser."""
