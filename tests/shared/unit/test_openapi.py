import pytest


@pytest.fixture
async def document(client):
    return (await client.get("/openapi.json")).json()


async def test_the_title_is_in_both_languages(document):
    assert document["info"]["title"] == "考证 · 考务 Exam"
    assert "Accept-Language" in document["info"]["description"]


async def test_every_refusal_is_documented_as_a_problem(document):
    schemas = document["components"]["schemas"]
    assert {"Problem", "ProblemError"} <= schemas.keys()
    assert "HTTPValidationError" not in schemas
    for path, operations in document["paths"].items():
        if not path.startswith("/health"):
            for operation in operations.values():
                refused = operation["responses"]["default"]["content"]["application/problem+json"]
                assert refused["schema"] == {"$ref": "#/components/schemas/Problem"}


async def test_the_scopes_of_a_route_are_documented(document):
    assert document["paths"]["/v1/me"]["get"]["security"] == [{"bearer": ["plans:read"]}]
    assert document["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"


async def test_the_document_has_no_dangling_references(document):
    def references(node):
        if isinstance(node, dict):
            yield from ([node["$ref"]] if "$ref" in node else [])
            for item in node.values():
                yield from references(item)
        elif isinstance(node, list):
            for item in node:
                yield from references(item)

    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert set(references(document)) <= known
