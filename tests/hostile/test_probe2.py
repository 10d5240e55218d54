import json, pytest
from tests.hostile.bodies import *
from tests.hostile.rig import TELEMETRY
CAN="canary-QZX-88371"
VALUES={"nul":"\0","nulmid":"ab\0cd","sur":"\ud800","canary":CAN,"huge":10**400,"int":2**63,"neg":-2**63-1,"float":1e308,"date1":"9999-12-31T23:59:59-23:59","date2":"0001-01-01T00:00:00+23:59","date3":10**18,"list":[CAN],"obj":{CAN:CAN},"fullwidth":"１２","long":"a"*100000,"null":None,"bool":True,"surobj":{"\ud800":1}, "esc":"\x1b[31m\u202e", "nulnum":"1e999999999", "points":"9e999999", "ninf":"NaN", "sc":"１.５"}
def test_all(rig):
    bad=[]
    for s,m,p in ROUTES:
        live=rig[s]; body=BODIES[s][m,p]
        for good in (False,):
            r=live.request(m, live.fill(p), headers=live.headers()|({"if-match":'"1"'})|(TELEMETRY if s=="operations" else {}), json=body)
            print("GOOD", s,m,p,r.status_code, r.text[:160])
        bodies=[(pl,k,spoilt(body,pl,v)) for pl in leaves(body) for k,v in VALUES.items()]
        bodies+= [((k0,),"key",{**body, k0:1}) for k0 in (CAN,"\ud800","\0","11010519491231002X","x"*100000)]
        for pl,k,b in bodies:
            h=live.headers()|({"if-match":'"1"'})|(TELEMETRY if s=="operations" else {})|{"content-type":"application/json"}
            from uuid import UUID
            for who in (0,1):
                if who and s!="registration": continue
                if who:
                    h |= live.headers(institution=UUID(int=77))
                if who and "plan_id" in b and b["plan_id"]==ID: b={**b,"plan_id":live.known["plan_id"]}
                try: r=live.request(m, live.fill(p), headers=h, content=json.dumps(b).encode())
                except BaseException as e: bad.append((s,m,p,pl,k,repr(e)[:200])); continue
                if r.status_code>=500: bad.append((s,m,p,pl,k,r.status_code))
                if r.status_code>=400 and CAN in r.text: bad.append((s,m,p,pl,k,"ECHO",r.text[:400]))
    for b in bad: print("BAD",str(b)[:400])
def test_heads(rig):
    from tests.hostile.seeds import OWN
    from shared.web.pages import encode_cursor
    bad=[]
    for name in ("registration","exam","grading","certificate","operations"):
        live=rig[name]
        for m,p in live.operations():
            op=live.document["paths"][p][m.lower()]
            qs=[x["name"] for x in op.get("parameters",[]) if x["in"]=="query"]
            q={k: live.known.get(k,"x") for k in [x["name"] for x in op.get("parameters",[]) if x["in"]=="query" and x.get("required")]}
            if "cursor" in qs:
                for vals in (["\0"],["\0",1],["9"*30],["9"*30,"9"*30],["1","9"*30],["a","9"*30],["\ud800"],["\ud800",1],["\0","1"]):
                    import base64
                    c=base64.urlsafe_b64encode(json.dumps([str(v) for v in vals]).encode()).decode().rstrip("=")
                    try: r=live.request(m, live.fill(p), params={**q,"cursor":c}, headers=live.headers())
                    except BaseException as e: bad.append((name,m,p,vals,repr(e)[:100])); continue
                    if r.status_code>=500: bad.append((name,m,p,vals,r.status_code))
            for v in ('"99999999999999999999999"','"-1"',"9"*5000, "１"):
                if any(x["name"].lower()=="if-match" for x in op.get("parameters",[])):
                    r=live.request(m, live.fill(p), params=q, headers=live.headers(institution=OWN)|{"if-match":v.encode()}, json=BODIES[name][m,p])
                    if r.status_code>=500: bad.append((name,m,p,v[:9],r.status_code))
        for tok in ("a.b.c",):
            pass
        import base64
        enc=lambda b: base64.urlsafe_b64encode(b).rstrip(b"=").decode()
        hd=enc(b'{"alg":"EdDSA","typ":"JWT"}')
        for k,pl in {"deep":b'{"a":'+b"["*2900+b"]"*2900+b"}","sur":b'{"iss":"\\ud800"}',"nul":b'{"iss":"\\u0000"}',"list":b"[]","utf":b"\xff","big":b'{"exp":'+b"9"*4400+b"}","inf":b'{"iss":1e999}',"issobj":b'{"iss":{"a":1}}'}.items():
            for h in (hd, enc(pl)):
                t=f"{h}.{enc(pl)}.{enc(b'x'*64)}"
                pth=[(m,p) for m,p in live.operations() if live.document["paths"][p][m.lower()].get("security")][0]
                try: r=live.request(pth[0], live.fill(pth[1]), headers={"authorization":"Bearer "+t})
                except BaseException as e: bad.append((name,"jwt",k,len(t),repr(e)[:100])); continue
                if r.status_code!=401: bad.append((name,"jwt",k,len(t),r.status_code,r.text[:100]))
    for b in bad: print("BAD2",b)
