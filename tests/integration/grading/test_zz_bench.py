"""marks/s in bulk of 1000; release of 5000; run as a pytest so that the fixtures are used."""
import time, pytest, json
from uuid import UUID
from tests.integration.grading.flow import *
async def test_bench(grading):
    N=5000
    plan=grading.plan_id
    people=[Candidate(n) for n in range(N)]
    t=time.perf_counter()
    await grading.deliver([published(plan)])
    for make in (seated, submitted, attended):
        s=time.perf_counter()
        for i in range(0,N,1000):
            await grading.deliver([make(plan,c) for c in people[i:i+1000]], {c.application_id:c.journey_id for c in people})
        print(make.__name__, round(N/(time.perf_counter()-s)),"events/s incl. building")
    await grading.deliver([finished(plan,candidates=N,works=N,interviews=N)])
    await grading.set_up({f"m{i}":None for i in range(10)}, panels=5)
    s=time.perf_counter(); print((await grading.manage("allocate",{"seed":1})).json(), "allocate", round(time.perf_counter()-s,3))
    total=0; spent=0; cpu=0; stm=[]
    for m in range(10):
        codes=await grading.tasks(f"m{m}")
        sc=[scores(practical_points(70 if (int(c[1:])%50) else 60+30*(m%2))) for c in codes]
        body={"plan_id":str(plan),"items":[{"work_code":c,"scores":x} for c,x in zip(codes,sc)]}
        h=grading.staff.headers(f"m{m}","marks:write"); content=json.dumps(body)
        with grading.statements() as st:
            c0=time.process_time(); s=time.perf_counter(); a=await grading.client.post("/v1/marks",content=content,headers=h|{"content-type":"application/json"}); d=time.perf_counter()-s; cpu+=time.process_time()-c0
        assert a.json()["ok"]==len(codes)
        total+=len(codes); spent+=d; stm.append((len(codes),len(st),round(d,3)))
    print("cpu ms per 1000", cpu*100);print("marks/s",round(total/spent),stm)
    while True:
        did=0
        for m in range(10):
            codes=await grading.tasks(f"m{m}")
            if codes:
                did+=1
                await grading.mark(f"m{m}",dict.fromkeys(codes,75))
        if not did: break
    print(await grading.progress())
    arb=[i["work_code"] for i in (await grading.get("/v1/arbitrations","arb","marks:arbitrate",plan_id=plan,limit=1000)).json()["items"]]
    if arb: await grading.mark("arb",dict.fromkeys(arb,75),scope="marks:arbitrate")
    s=time.perf_counter(); n=0
    for p in range(5):
        for e in range(3):
            ex=f"p{p}-e{e}"
            codes=[i["interview_code"] for i in (await grading.get("/v1/interview-tasks",ex,"panels:score",plan_id=plan,limit=1000)).json()["items"]]
            with grading.statements() as st:
                await grading.score_interviews(ex,dict.fromkeys(codes,80.0)); n+=len(codes)
    print("interview scores/s", round(n/(time.perf_counter()-s)), len(st))
    s=time.perf_counter(); print((await grading.manage("close-marking")).json(), "close", round(time.perf_counter()-s,3))
    for i in range(0,N,1000): await grading.deliver([unsealed(plan,c) for c in people[i:i+1000]])
    with grading.statements() as st:
        s=time.perf_counter(); c0=time.process_time(); print((await grading.release()).json(), "cpu", time.process_time()-c0, "release", round(time.perf_counter()-s,3), "statements", len(st))
