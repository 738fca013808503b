"""What holds for all tests."""

from hypothesis import settings

# how long an example takes says how busy the machine is; benchmarks measure ratios
settings.register_profile("cap90", deadline=None)
settings.load_profile("cap90")
