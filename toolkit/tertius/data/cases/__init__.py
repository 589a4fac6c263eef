"""Invented cases: one module a case, each a rule for making a network with a truth planted in it."""
