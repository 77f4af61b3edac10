"""schemathesis calls every operation with valid and invalid input and checks every answer."""

import pytest
import schemathesis
from admin_desk import PLAN, client_of, make_desk
from fastapi import FastAPI
from schemathesis.engine import Status, events, from_schema

from search_api.app import add_api


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_schemathesis_finds_nothing(engine):
    app = FastAPI()
    add_api(app, engine)
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    operations = _attacked(schema, examples=25)
    assert {"GET /api/search", "GET /api/documents/{id}", "GET /health"} <= operations


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_schemathesis_finds_nothing_in_what_an_administrator_may_do(tmp_path):
    desk = make_desk(tmp_path / "library")
    client = client_of(desk)
    client.post("/api/admin/files", params={"name": "plan.txt"}, content=PLAN.encode())
    schema = schemathesis.openapi.from_asgi("/openapi.json", client.app).include(path_regex="^/api/admin")
    # No schema can say which suffixes a name may have, or that February has 28 days.
    schema.config.checks.update(excluded_check_names=["positive_data_acceptance"])
    operations = _attacked(schema, examples=6)
    assert {"POST /api/admin/files", "PUT /api/admin/documents/{id}/corrections"} <= operations
    desk.library.close()


def _attacked(schema, examples):
    """Call every operation; the labels of those called."""
    schema.config.generation.update(max_examples=examples)
    failed, operations = [], set()
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            operations.add(event.label)
            if event.status in (Status.FAILURE, Status.ERROR):
                failed.append(event)
        if isinstance(event, events.NonFatalError | events.FatalError):
            failed.append(event)
    assert not failed, [_describe(event) for event in failed[:6]]
    return operations


def _describe(event):
    checks = getattr(getattr(event, "recorder", None), "checks", {})
    return [
        f"{node.name}: {node.failure_info and node.failure_info.failure} "
        f"{event.recorder.cases[case].value.as_curl_command()}"
        for case, nodes in checks.items()
        for node in nodes
        if node.status == Status.FAILURE
    ] or repr(event)
