"""The commands of ``cap90``, one module per group.

Each command imports what it needs when it runs, so that help and refusals answer at once.
"""
