"""The page of an API takes everything from us."""

import re


async def test_the_page_and_all_it_loads_come_from_our_own_origin(client):
    page = await client.get("/docs")
    assert page.status_code == 200
    assert "default-src 'self'" in page.headers["content-security-policy"]
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(loaded) >= 3
    for address in loaded:
        assert address.startswith("/docs-assets/"), address
        assert (await client.get(address)).status_code == 200
