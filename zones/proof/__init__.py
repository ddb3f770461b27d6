"""Receipts: what a number was made from, and the same number made again."""
