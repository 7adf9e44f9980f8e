from dataclasses import dataclass
from pathlib import Path
import fnmatch
@dataclass
class Found:
    root: Path
    files: list
    problems: list
    def shown(self,p): return str(p)
    def excluded(self,p,pats): return False
def discover(root):
    return Found(root,[root] if root.is_file() else sorted(root.rglob('*.yaml')),[])
def read_bytes(p,shown,limit): return p.read_bytes()
def probe(base,text):
    return (base/text).exists()
