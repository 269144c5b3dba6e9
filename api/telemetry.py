"""OpenTelemetry, where `telemetry` is set: a span for each request, sent where the OTEL_ variables say."""

from typing import Any

from fastapi import FastAPI

from knowledge.errors import OperatorError

_SILENT = "healthz,readyz,metrics"


def instrument(app: FastAPI, provider: Any = None) -> None:
    """Trace the application's requests. OperatorError where the extra `telemetry` is not installed."""
    try:
        from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor
    except ImportError:
        raise OperatorError("TALLY_TELEMETRY is set; install `tally-assistant[telemetry]`, or unset it") from None
    FastAPIInstrumentor.instrument_app(app, tracer_provider=provider or _provider(), excluded_urls=_SILENT)


def _provider() -> Any:
    """The process's provider; one that exports by OTLP where none is set up yet."""
    from opentelemetry import trace
    from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    if not isinstance(trace.get_tracer_provider(), TracerProvider):
        provider = TracerProvider(resource=Resource.create({"service.name": "tally"}))
        provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        trace.set_tracer_provider(provider)
    return trace.get_tracer_provider()
