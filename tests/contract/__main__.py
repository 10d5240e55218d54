"""`python -m tests.contract`: write the OpenAPI documents anew."""

from shared.telemetry import logs
from tests.contract import openapi

logs.configure("contract", "ERROR")
openapi.FOLDER.mkdir(exist_ok=True)
for service in openapi.SERVICES:
    openapi.path(service).write_text(openapi.text(service), "utf-8")
