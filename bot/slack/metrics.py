"""What is counted while Rebond runs, for Prometheus: numbers only, nothing about a person or a message."""

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

_BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3)


class Metrics:
    """The counters, in a registry of their own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._answers = Counter(
            "rebond_answers",
            "Answers given, by surface and kind.",
            ["surface", "kind"],
            registry=self._registry,
        )
        self._faults = Counter("rebond_faults", "Answers that failed.", registry=self._registry)
        self._seconds = Histogram(
            "rebond_request_seconds",
            "Time from a request of Slack's to its acknowledgement.",
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self.took = self._seconds.observe

    def answered(self, surface: str, kind: str) -> None:
        """Count an answer: where it was given, and what kind of text it explains."""
        self._answers.labels(surface, kind).inc()

    def failed(self) -> None:
        """Count a fault."""
        self._faults.inc()

    def text(self) -> bytes:
        """Return every number in Prometheus's text format."""
        return generate_latest(self._registry)
