"""Broken, oversized and poisoned requests are refused with 4xx in both languages, and nothing sent comes back."""
import json

import pytest

from tests.hostile.rig import Live, TELEMETRY

def test_probe(live: Live) -> None:
    """exploration"""
    import itertools
    bad=[]
    def probe(name, method, path, **kw):
        try:
            r = live.request(method, path, **kw)
        except BaseException as e:
            bad.append((name, method, path, repr(e)[:150])); return
        if r.status_code>=500: bad.append((name, method, path, r.status_code, r.text[:100]))
        return r
    doc = live.document
    for method, path in live.operations():
        op = doc["paths"][path][method.lower()]
        url = live.fill(path)
        q = {p["name"]: live.known.get(p["name"], "x") for p in op.get("parameters", []) if p["in"]=="query" and p.get("required")}
        h = live.headers() | (TELEMETRY if path=="/v1/traces" else {})
        if "requestBody" in op or path=="/oauth/token":
            js = {"content-type":"application/json"}
            for name, body in {
                "deep": b'{"items":' + b"["*100_000 + b"]"*100_000 + b"}",
                "deepobj": b'{"a":'*50_000 + b"1" + b"}"*50_000,
                "utf8": b'{"name":"\xff\xfe"}', "trunc": b'{"name":', "nan": b'{"items": NaN}', "inf": b'[Infinity]',
                "huge": b'{"items":' + b"9"*5000 + b"}", "e400": b'{"items":1e400, "seed": 1e400}', "bom": b'\xef\xbb\xbf{}', "utf16": '{"a":1}'.encode("utf-16"),
                "dup": b'{"items":[],"items":[]}', "surkey": b'{"\\ud800":1}', "surval": b'{"name":"\\ud800","grant_type":"client_credentials","client_secret":"\\ud800"}', "null": b"null", "str": b'"x"', "9mib": b'{"name":"' + b"a"*(9<<20) + b'"}', "empty": b"",
            }.items():
                probe(name, method, url, params=q, headers=h|js, content=body)
            for ct in ("text/plain","application/xml","multipart/form-data","application/json; charset=utf-16","application/json; charset=\"", "/", "application/x-www-form-urlencoded"):
                probe("ct "+ct, method, url, params=q, headers=h|{"content-type":ct}, content=b"{}")
        for n in ("{"+p+"}" for p in ()): pass
        for hdr in ("accept-language","idempotency-key","if-match","traceparent","authorization","content-encoding","content-type","if-none-match","accept"):
            for v in (b"\xff\xfe", b"a"*70000, b"\x00", "张三".encode()):
                probe(f"hdr {hdr} {v[:5]}", method, url, params=q, headers={**h, hdr: v})
        for p in op.get("parameters", []):
            for v in ("\0", "9"*30, "9"*5000, "-1", "张三", "\ud800" if False else "\ufffd", "%00", "1e400", "NaN", "../../etc/passwd"):
                if p["in"]=="query":
                    probe(f"query {p['name']} {v[:5]}", method, url, params={**q, p["name"]: v}, headers=h)
                elif p["in"]=="path":
                    from urllib.parse import quote
                    probe(f"path {p['name']} {v[:5]}", method, path.replace("{"+p["name"]+"}", quote(v, safe="")), params=q, headers=h)
    print("\nBAD", live.name, len(bad))
    for b in bad: print("  BAD", b)
