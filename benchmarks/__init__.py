"""What things cost, in CPU seconds: `python -m benchmarks [NAME ...]`; figures are in docs/benchmarks.md."""
