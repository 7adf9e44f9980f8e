from dataclasses import dataclass
import yaml
from isocheck.location import Location
from isocheck.errors import InputError, Problem
@dataclass(frozen=True)
class Limits:
    bytes:int=16*1024*1024
class Document:
    def __init__(self,data,name,marks): self.data=data;self.name=name;self.marks=marks
    def locate(self,path):
        d=self.data; loc=Location(self.name,1,1,1,1)
        for s in path:
            m=self.marks.get((id(d),s))
            if m is None: break
            loc=Location(self.name,*m)
            try: d=d[s]
            except Exception: break
        return loc
def read_yaml(raw,name,limits=Limits()):
    marks={}
    def m(n): return (n.start_mark.line+1,n.start_mark.column+1,n.end_mark.line+1,n.end_mark.column+1)
    def build(n):
        if isinstance(n,yaml.ScalarNode):
            if not n.style:
                if n.value in('','~','null'): return None
                if n.value in('true','false'): return n.value=='true'
            return n.value
        if isinstance(n,yaml.SequenceNode):
            r=[]
            for i,c in enumerate(n.value): r.append(build(c)); marks[(id(r),i)]=m(c)
            return r
        r={}
        for k,v in n.value: r[k.value]=build(v); marks[(id(r),k.value)]=m(k)
        return r
    try: n=yaml.compose(raw.decode('utf-8-sig'),Loader=yaml.CSafeLoader)
    except Exception as e: raise InputError([Problem(str(e),Location(name,1,1,1,1))])
    return Document(build(n) if n else None,name,marks)
