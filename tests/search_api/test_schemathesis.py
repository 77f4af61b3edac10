"""schemathesis calls every operation with valid and invalid input and checks every answer."""

import pytest
import schemathesis
from fastapi import FastAPI
from schemathesis.engine import Status, events, from_schema

from search_api.app import add_api


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_schemathesis_finds_nothing(engine):
    app = FastAPI()
    add_api(app, engine)
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    schema.config.generation.update(max_examples=25)
    failed, operations = [], set()
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            operations.add(event.label)
            if event.status in (Status.FAILURE, Status.ERROR):
                failed.append(event)
        if isinstance(event, events.NonFatalError | events.FatalError):
            failed.append(event)
    assert not failed, [_describe(event) for event in failed[:3]]
    assert {"GET /api/search", "GET /api/documents/{id}", "GET /health"} <= operations


def _describe(event):
    checks = getattr(getattr(event, "recorder", None), "checks", {})
    return [
        f"{node.name}: {node.failure_info and node.failure_info.failure} "
        f"{event.recorder.cases[case].value.as_curl_command()}"
        for case, nodes in checks.items()
        for node in nodes
        if node.status == Status.FAILURE
    ] or repr(event)
