"""Derives the resource catalogue from AWS's published service models. See README.md."""
