"""The benchmarks behind `start.py bench`: ratios beside a stock tool in the same run."""
