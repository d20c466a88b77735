"""What things cost, in CPU seconds: `python -m benchmarks [NAME ...]`. Figures of one machine are in docs/benchmarks.md."""
