"""Hand-written facts, one reviewable line each, where derivation fails or AWS publishes nothing.

Keys are `service:Operation` or `service/kind`.
"""
