"""Draws which households are asked."""
