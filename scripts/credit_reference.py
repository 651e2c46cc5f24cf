# Writes the reference of crates/drafting/tests/reference/survival.txt: pip install lifelines==0.30.3; python scripts/credit_reference.py
# Kaplan-Meier reference by lifelines: durations and events of words, intervals log(-log), median and its interval.
import random, sys
from lifelines import KaplanMeierFitter
from lifelines.utils import median_survival_times
import lifelines
random.seed(20261123)
cases=[("leukaemia",[(6,1,3),(6,0,1),(7,1,1),(9,0,1),(10,1,1),(10,0,1),(11,0,1),(13,1,1),(16,1,1),(17,0,1),(19,0,1),(20,0,1),(22,1,1),(23,1,1),(25,0,1),(32,0,2),(34,0,1),(35,0,1)])]
rows=[]
for i in range(40):
    rows.append((random.randint(0,900),int(random.random()<.7),random.randint(1,30)))
rows.append((1000,0,55))
cases.append(("drawn",rows))
cases.append(("all leave",[(1,1,2),(2,1,3),(5,1,1)]))
cases.append(("none leave",[(4,0,7)]))
for name,rows in cases:
    d=[];e=[]
    for t,ev,n in rows: d+= [t]*n; e+=[ev]*n
    k=KaplanMeierFitter(); k.fit(d,e)
    ci=k.confidence_interval_
    print("case",name)
    for t,ev,n in rows: print("life",t,ev,n)
    import math
    # Greenwood error from the event table
    s=0; S=1.0
    for t,r in k.event_table.iterrows():
        if r.observed>0:
            risk,dd=int(r.at_risk),int(r.observed)
            if risk>dd:
                s+=dd/(risk*(risk-dd)); 
            S=float(k.survival_function_at_times(t).iloc[0])
            if risk>dd: print("step",int(t),risk,dd,repr(S),repr(S*math.sqrt(s)),repr(float(ci.loc[t].iloc[0])),repr(float(ci.loc[t].iloc[1])))
            else: print("step",int(t),risk,dd,repr(S),"-","-","-")
    m=median_survival_times(ci)
    f=lambda x: "-" if math.isinf(x) or math.isnan(x) else str(int(x))
    print("half",f(k.median_survival_time_),f(float(m.iloc[0,0])),f(float(m.iloc[0,1])))
print("# lifelines",lifelines.__version__,file=sys.stderr)
